import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n/use-words';
import { type LaboratoryLook, type LaboratoryProgram, loadLaboratory } from './laboratory-program';

type Mounted = ReturnType<LaboratoryProgram['mountLaboratory']>;

const pageNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** Room for the laboratory, which comes from the server when somebody asks for it. */
export default function LaboratoryScreen() {
  const { t, ...words } = useWords();
  const language: LaboratoryLook['language'] = words.language === 'en' ? 'en' : 'es';
  const { mode } = useTheme().palette;
  const room = useRef<HTMLDivElement>(null);
  const mounted = useRef<Mounted | null>(null);
  const look = useRef<LaboratoryLook>({ language, mode });
  const [state, setState] = useState<'loading' | 'there' | 'missing'>('loading');

  look.current = { language, mode };
  useEffect(() => mounted.current?.show({ language, mode }), [language, mode]);
  useEffect(() => {
    let isHere = true;
    loadLaboratory().then(
      ({ mountLaboratory }) => {
        if (!isHere || room.current === null) return;
        mounted.current = mountLaboratory(room.current, { ...look.current, nonce: pageNonce() });
        setState('there');
      },
      () => setState('missing'),
    );
    return () => {
      isHere = false;
      mounted.current?.close();
      mounted.current = null;
    };
  }, []);

  return (
    <Box sx={{ height: '100%', minHeight: 0 }}>
      {state === 'loading' && <Typography>{t('laboratory.loading')}</Typography>}
      {state === 'missing' && (
        <Alert
          severity="warning"
          action={<Button onClick={() => window.location.reload()}>{t('laboratory.again')}</Button>}
        >
          <strong>{t('laboratory.missing')}.</strong> {t('laboratory.missingHelp')}
        </Alert>
      )}
      <Box ref={room} sx={{ height: '100%', display: state === 'there' ? 'block' : 'none' }} />
    </Box>
  );
}

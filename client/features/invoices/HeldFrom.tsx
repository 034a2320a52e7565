import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';

/** From which day on invoices are here, and the way to those before; nothing where all of them are. */
export function HeldFrom() {
  const { archive, session } = useDesk();
  const { t, day } = useWords();
  const state = useSubject(session.state$);
  const navigate = useNavigate();
  const [from, setFrom] = useState<string | null>(null);
  useEffect(() => {
    const subscription = archive.heldFrom$.subscribe(setFrom);
    return () => subscription.unsubscribe();
  }, [archive]);
  if (from === null) return null;
  const timeZone = state.kind === 'signedIn' ? state.store.timeZone : undefined;
  return (
    <Alert
      severity="info"
      action={
        <Button color="inherit" onClick={() => navigate('/facturas/anteriores')}>
          {t('archive.open')}
        </Button>
      }
    >
      {t('archive.heldFrom', { day: day(from, timeZone) })}
    </Alert>
  );
}

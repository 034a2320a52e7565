import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import type { Role } from '../../../schemas/users';
import { may } from '../../../shared/roles';
import { useWords } from '../../i18n/use-words';
import { totalPending } from '../../services/status-service';
import { useDesk, useSelected } from '../../services/use-desk';
import { Section } from '../sync-page/Section';
import { ExportDialog } from './ExportDialog';
import { ImportDialog } from './ImportDialog';

/** The way out of a terminal that cannot reach its server, and the way in at another one. */
export function RescueSection({ role }: { role: Role }) {
  const { status } = useDesk();
  const { t } = useWords();
  const pending = useSelected(status.status$, (value) => totalPending(value.pending));
  const [isMaking, setMaking] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  return (
    <Section title={t('rescue.title')}>
      <Typography color="text.secondary" sx={{ mb: 1.5 }}>
        {t('rescue.help')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        {/* Where the number is not known, there may be something. */}
        <Button variant="outlined" disabled={pending === 0} onClick={() => setMaking(true)}>
          {t('rescue.make')}
        </Button>
        {may(role, 'importRescue') && (
          <Button variant="outlined" onClick={() => input.current?.click()}>
            {t('rescue.bringIn')}
          </Button>
        )}
        {pending === 0 && <Typography color="text.secondary">{t('rescue.nothing')}</Typography>}
      </Box>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="rescue-file"
        accept=".mostrador-rescate"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          /* A file that cannot even be read is a damaged one. */
          if (file !== undefined) void file.text().then(setText, () => setText(''));
        }}
      />
      {isMaking && <ExportDialog onClose={() => setMaking(false)} />}
      {text !== null && <ImportDialog text={text} onClose={() => setText(null)} />}
    </Section>
  );
}

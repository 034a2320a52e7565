import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { TerminalList } from '../../../shared/protocol/messages';
import { useWords } from '../../i18n/use-words';

/** What the owner should know of a terminal's identity: that it was copied, that nothing but a cookie proves it. */
export function TerminalMarks({ terminal }: { terminal: TerminalList['terminals'][number] }) {
  const { t, dateTime } = useWords();
  if (terminal.copiedAt !== '') {
    return (
      <Stack spacing={0.5} sx={{ mt: 0.5, alignItems: 'flex-start' }}>
        <Chip size="small" color="error" label={t('identity.copiedChip')} />
        <Typography color="error">
          {t('identity.copiedAt', { date: dateTime(terminal.copiedAt) })}
        </Typography>
      </Stack>
    );
  }
  if (terminal.hasKey || terminal.revoked) return null;
  return (
    <Stack spacing={0.5} sx={{ mt: 0.5, alignItems: 'flex-start' }}>
      <Chip size="small" variant="outlined" label={t('identity.noKey')} />
      <Typography color="textSecondary">{t('identity.noKeyHelp')}</Typography>
    </Stack>
  );
}

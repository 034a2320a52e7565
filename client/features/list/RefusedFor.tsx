import Alert from '@mui/material/Alert';
import { useWords } from '../../i18n/use-words';

/** At the top of an editor that was opened over a refused document: what has to be put right. */
export function RefusedFor({ reason }: { reason: string }) {
  const { t } = useWords();
  return (
    <Alert severity="warning">
      {t('attention.refusedFor')}: <strong>{reason}</strong>
    </Alert>
  );
}

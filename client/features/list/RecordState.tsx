import Chip from '@mui/material/Chip';
import { useWords } from '../../i18n/use-words';

/** State of a client or product in a list: pending here, else whether it is in use. */
export function RecordState({ record }: { record: { pending: number; active: boolean } }) {
  const { t } = useWords();
  if (record.pending === 1) return <Chip color="warning" label={t('app.pendingTag')} />;
  return t(record.active ? 'app.active' : 'app.inactive');
}

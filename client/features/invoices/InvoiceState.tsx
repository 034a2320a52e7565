import Chip from '@mui/material/Chip';
import type { Invoice } from '../../../schemas/invoices';
import { useWords } from '../../i18n/use-words';

/** Saved at the server, or still only here; and whether somebody must look. */
export function InvoiceState({ invoice }: { invoice: Invoice }) {
  const { t } = useWords();
  if (invoice.pending === 1) return <Chip color="warning" label={t('app.pendingTag')} />;
  return (
    <Chip
      color={invoice.flags.length > 0 ? 'error' : 'success'}
      variant="outlined"
      label={invoice.flags.length > 0 ? `${t('app.saved')} (!)` : t('app.saved')}
    />
  );
}

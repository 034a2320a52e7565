import Chip from '@mui/material/Chip';
import type { Invoice } from '../../../schemas/invoices';
import { useWords } from '../../i18n/use-words';

/** Whether somebody must look; else whether it is saved at the server, or still only here. */
export function InvoiceState({ invoice }: { invoice: Invoice }) {
  const { t } = useWords();
  if (invoice.pending === 1) return <Chip color="warning" label={t('app.pendingTag')} />;
  const isFlagged = invoice.flags.length > 0;
  return (
    <Chip
      color={isFlagged ? 'error' : 'success'}
      variant="outlined"
      label={isFlagged ? t('attention.alertTag') : t('app.saved')}
      {...(isFlagged
        ? { title: invoice.flags.map((flag) => t(`alerts.${flag}`)).join(' · ') }
        : {})}
    />
  );
}

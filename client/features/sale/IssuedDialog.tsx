import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Invoice } from '../../../schemas/invoices';
import { useWords } from '../../i18n/use-words';
import { PrintReceipt } from '../receipt/PrintReceipt';

/** The document is stored: its number, the change, and its receipt. Only a stored document comes here (F17). */
export function IssuedDialog({ invoice, onNew }: { invoice: Invoice; onNew: () => void }) {
  const { t, money } = useWords();
  return (
    <Dialog open onClose={onNew} aria-labelledby="issued-title">
      <DialogTitle id="issued-title">{t('sale.issued')}</DialogTitle>
      <DialogContent>
        <Stack spacing={1.5}>
          <Typography data-testid="consecutive" sx={{ fontSize: 22, fontWeight: 650 }}>
            {invoice.consecutive}
          </Typography>
          <Alert severity="info">{t('sale.savedHere')}</Alert>
          <Typography color="text.secondary">{t('sale.change')}</Typography>
          <Typography sx={{ fontSize: 52, fontWeight: 750 }}>
            {money(invoice.change, invoice.currency)}
          </Typography>
        </Stack>
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        <PrintReceipt invoice={invoice} />
        <Button variant="contained" size="large" autoFocus onClick={onNew}>
          {t('sale.newSale')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

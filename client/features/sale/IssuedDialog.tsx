import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
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
          <Typography sx={{ fontSize: 20 }}>
            {t(`lists.type${invoice.type}`)}{' '}
            <Box component="strong" data-testid="consecutive" sx={{ fontWeight: 650 }}>
              {invoice.consecutive}
            </Box>
          </Typography>
          <Alert severity="success">{t('sale.savedHere')}</Alert>
          <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', alignItems: 'end', gap: 2 }}>
            <Box>
              <Typography color="textSecondary">{t('sale.charged')}</Typography>
              <Typography sx={{ fontSize: 28, fontWeight: 650 }}>
                {money(invoice.totals.total, invoice.currency)}
              </Typography>
            </Box>
            <Box sx={{ textAlign: 'right' }}>
              <Typography color="textSecondary">{t('sale.change')}</Typography>
              <Typography sx={{ fontSize: 48, fontWeight: 750, lineHeight: 1.15 }}>
                {money(invoice.change, invoice.currency)}
              </Typography>
            </Box>
          </Box>
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

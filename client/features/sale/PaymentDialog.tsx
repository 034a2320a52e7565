import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { Payment } from '../../../schemas/invoices';
import { parseMoney } from '../../../shared/money/money';
import { cutText } from '../../../shared/text/cut-text';
import { useWords } from '../../i18n/use-words';
import { ErrorNotice } from '../session/ErrorNotice';

export interface Settlement {
  payments: Payment[];
  tendered: number;
}

const STEPS = [100_000, 200_000, 500_000, 1_000_000, 2_000_000];

/** Cash, card and transfer, alone or together: card and transfer first, cash is what is left. */
export function PaymentDialog(props: {
  total: number;
  currency: string;
  error: unknown;
  busy: boolean;
  onPay: (settlement: Settlement) => void;
  onClose: () => void;
}) {
  const { t, money, amount: typed } = useWords();
  const [card, setCard] = useState('');
  const [transfer, setTransfer] = useState('');
  const [reference, setReference] = useState('');
  const [tendered, setTendered] = useState('');
  const { total, currency } = props;
  const amount = (text: string): number => (text.trim() === '' ? 0 : (parseMoney(text) ?? -1));
  const electronic = amount(card) + amount(transfer);
  const cash = total - electronic;
  const given = tendered.trim() === '' ? cash : (parseMoney(tendered) ?? -1);
  const valid = amount(card) >= 0 && amount(transfer) >= 0 && cash >= 0 && given >= cash;
  const change = Math.max(0, given - cash);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!valid || props.busy) return;
    const payments: Payment[] = [];
    if (amount(card) > 0) payments.push({ method: 'card', amount: amount(card), reference });
    if (amount(transfer) > 0) {
      payments.push({ method: 'transfer', amount: amount(transfer), reference });
    }
    if (cash > 0 || payments.length === 0)
      payments.push({ method: 'cash', amount: cash, reference: '' });
    props.onPay({ payments, tendered: cash > 0 ? given : 0 });
  };
  const onlyBy = (set: (text: string) => void, clear: (text: string) => void) => (): void => {
    set(typed(total));
    clear('');
    setTendered('');
  };
  const allCard = onlyBy(setCard, setTransfer);
  const allTransfer = onlyBy(setTransfer, setCard);
  const exact = (): void => {
    setCard('');
    setTransfer('');
    setTendered('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = { F6: allCard, F7: allTransfer, F8: exact }[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  /** A note as it is printed: without cents. */
  const note = (step: number): string => money(step, currency).replace(/[.,]00$/, '');
  return (
    <Dialog open onClose={props.onClose} onKeyDown={onKeyDown} aria-labelledby="pay-title">
      <form onSubmit={submit}>
        <DialogTitle id="pay-title" sx={{ fontSize: 30, fontWeight: 750 }}>
          {t('sale.payTitle', { total: money(total, currency) })}
        </DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            <TextField
              label={`${t('sale.cash')} · ${t('sale.tendered')}`}
              value={tendered}
              placeholder={typed(Math.max(0, cash))}
              autoFocus
              error={given < cash}
              onChange={(event) => setTendered(event.target.value)}
              slotProps={{ htmlInput: { inputMode: 'decimal', style: { fontSize: 24 } } }}
            />
            <Box sx={{ display: 'flex', gap: 1, '& > button': { flex: '1 1 0', px: 1 } }}>
              <Button variant="outlined" onClick={exact}>
                {t('sale.exact')} (F8)
              </Button>
              {STEPS.filter((step) => step > cash)
                .slice(0, 3)
                .map((step) => (
                  <Button key={step} variant="outlined" onClick={() => setTendered(typed(step))}>
                    {note(step)}
                  </Button>
                ))}
            </Box>
            <Box sx={{ display: 'flex', gap: 1, '& > button': { flex: '1 1 0' } }}>
              <Button variant="outlined" onClick={allCard}>
                {t('sale.allCard')} (F6)
              </Button>
              <Button variant="outlined" onClick={allTransfer}>
                {t('sale.allTransfer')} (F7)
              </Button>
            </Box>
            <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 1.5 }}>
              <TextField
                label={t('sale.card')}
                value={card}
                error={amount(card) < 0 || cash < 0}
                onChange={(event) => setCard(event.target.value)}
              />
              <TextField
                label={t('sale.transfer')}
                value={transfer}
                error={amount(transfer) < 0 || cash < 0}
                onChange={(event) => setTransfer(event.target.value)}
              />
              <TextField
                label={t('sale.reference')}
                value={reference}
                disabled={electronic <= 0}
                onChange={(event) => setReference(cutText(event.target.value, 40))}
              />
            </Box>
            <Box aria-live="polite" sx={{ minHeight: 76 }}>
              <Typography color="textSecondary">
                {cash < 0
                  ? t('sale.tooMuch')
                  : given < cash
                    ? t('sale.missing', { amount: money(cash - Math.max(0, given), currency) })
                    : t('sale.change')}
              </Typography>
              <Typography data-testid="change" sx={{ fontSize: 40, fontWeight: 750 }}>
                {money(change, currency)}
              </Typography>
            </Box>
            <ErrorNotice error={props.error} />
          </Stack>
        </DialogContent>
        <DialogActions sx={{ p: 2 }}>
          <Button onClick={props.onClose}>{t('app.cancel')}</Button>
          <Button type="submit" variant="contained" size="large" disabled={!valid || props.busy}>
            {t('sale.issue')} (Enter)
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

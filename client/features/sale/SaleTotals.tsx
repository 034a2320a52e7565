import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useWords } from '../../i18n/use-words';
import { type Cart, totalsOf } from './cart';

/** What will be issued, for whom, and what it comes to; the total is read from a metre away. */
export function SaleTotals(props: { cart: Cart; clientName: string | null; currency: string }) {
  const { t, money } = useWords();
  const { cart, clientName, currency } = props;
  const totals = totalsOf(cart);
  const rows = [
    ['sale.subtotal', totals.gross],
    ...(totals.discount > 0 ? [['sale.discounts', 0 - totals.discount] as const] : []),
    ['sale.tax', totals.tax],
  ] as const;
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, mb: 1 }}>
        <Typography noWrap sx={{ fontWeight: 650 }}>
          {clientName === null ? t('lists.type04') : `${t('lists.type01')} · ${clientName}`}
        </Typography>
        <Typography color="textSecondary" sx={{ whiteSpace: 'nowrap' }}>
          {t('sale.lines', { count: cart.lines.length })}
        </Typography>
      </Box>
      {rows.map(([label, amount]) => (
        <Box key={label} sx={{ display: 'flex', justifyContent: 'space-between', py: 0.25 }}>
          <Typography color="textSecondary">{t(label)}</Typography>
          <Typography>{money(amount, currency)}</Typography>
        </Box>
      ))}
      <Box sx={{ borderTop: 1, borderColor: 'divider', mt: 1, pt: 1 }}>
        <Typography color="textSecondary">{t('sale.total')}</Typography>
        <Typography
          data-testid="total"
          sx={{ fontSize: 46, fontWeight: 800, lineHeight: 1.1, textAlign: 'right' }}
        >
          {money(totals.total, currency)}
        </Typography>
      </Box>
    </Paper>
  );
}

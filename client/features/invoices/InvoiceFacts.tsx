import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { Invoice } from '../../../schemas/invoices';
import type { StoreProfile, TerminalProfile } from '../../../shared/protocol/messages';
import { type Key, useWords } from '../../i18n/use-words';
import { groupDigits } from '../receipt/group-digits';

/** What the receipt does not say, or says in small print: where it stands, who made it, and by when it is declared. */
export function InvoiceFacts(props: {
  invoice: Invoice;
  store: StoreProfile;
  terminal: TerminalProfile;
}) {
  const { t, exists, money, dateTime } = useWords();
  const { invoice, store } = props;
  const isOwn = invoice.terminalId === props.terminal.id;
  const approvals = (given: Invoice['approvals']): string =>
    given
      .map(({ permission, userName }) => {
        const what = `auditDetails.${permission}`;
        return `${userName}: ${exists(what) ? t(what as Key) : permission}`;
      })
      .join(' · ');
  const facts = [
    [t('lists.date'), dateTime(invoice.issuedAt, store.timeZone)],
    [t('sale.client'), invoice.client.name || t('sale.walkIn')],
    [t('lists.total'), money(invoice.totals.total, invoice.currency)],
    [
      t('fields.payments'),
      invoice.payments
        .map(({ method, amount }) => `${t(`sale.${method}`)} ${money(amount, invoice.currency)}`)
        .join(' · '),
    ],
    [t('invoice.attendedBy'), invoice.userName],
    ...(invoice.approvals.length === 0
      ? []
      : ([[t('approval.by'), approvals(invoice.approvals)]] as const)),
    [
      t('invoice.terminal'),
      `${Number(invoice.consecutive.slice(3, 8))} (${isOwn ? t('invoice.ownTerminal') : t('invoice.otherTerminal')})`,
    ],
    [t('invoice.situation'), t(`invoice.situation${invoice.situation}`)],
    [t('invoice.deadline'), dateTime(invoice.fiscalDeadline, store.timeZone)],
    [t('invoice.clave'), groupDigits(invoice.clave)],
  ] as const;
  return (
    <Paper
      variant="outlined"
      component="dl"
      sx={{
        m: 0,
        p: 2,
        display: 'grid',
        gridTemplateColumns: 'max-content 1fr',
        columnGap: 3,
        rowGap: 1,
        fontSize: 16,
      }}
    >
      {facts.map(([label, value]) => (
        <Box key={label} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {label}
          </Box>
          <Box component="dd" sx={{ m: 0 }}>
            {value}
          </Box>
        </Box>
      ))}
    </Paper>
  );
}

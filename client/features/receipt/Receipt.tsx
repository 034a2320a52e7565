import Box from '@mui/material/Box';
import type { Invoice } from '../../../schemas/invoices';
import type { StoreProfile } from '../../../shared/protocol/messages';
import { useWords } from '../../i18n/use-words';

/** The receipt on 80 mm paper. Everything on it is text (S9), and all of it comes from the stored document. */
export function Receipt({ invoice, store }: { invoice: Invoice; store: StoreProfile }) {
  const { t, money, quantity, dateTime } = useWords();
  const { currency } = invoice;
  const row = (label: string, value: string, strong = false) => (
    <Box
      key={label}
      sx={{ display: 'flex', justifyContent: 'space-between', fontWeight: strong ? 700 : 400 }}
    >
      <span>{label}</span>
      <span>{value}</span>
    </Box>
  );
  const taxes = new Map<number, number>();
  for (const line of invoice.lines) {
    taxes.set(line.taxRate, (taxes.get(line.taxRate) ?? 0) + line.tax);
  }
  return (
    <Box
      sx={{
        width: '72mm',
        p: '2mm',
        color: '#000',
        bgcolor: '#fff',
        fontSize: 12,
        lineHeight: 1.35,
      }}
    >
      <Box sx={{ textAlign: 'center', mb: 1 }}>
        <strong>{store.name}</strong>
        <br />
        {store.legalName}
        <br />
        {store.issuerId} · {store.phone}
        <br />
        {store.address}
      </Box>
      <strong>{t(`lists.type${invoice.type}`)}</strong> {invoice.consecutive}
      <br />
      {t('invoice.clave')}: {invoice.clave.replaceAll(/(\d{10})(?=\d)/g, '$1 ')}
      <br />
      {dateTime(invoice.issuedAt, store.timeZone)} · {t('invoice.attendedBy')} {invoice.userName}
      <br />
      {invoice.client.name !== '' && (
        <>
          {t('sale.client')}: {invoice.client.name} {invoice.client.identification}
          <br />
        </>
      )}
      {invoice.reference !== undefined && (
        <>
          {t('invoice.reference')}: {invoice.reference.number} ({invoice.reference.reason})
          <br />
        </>
      )}
      <Box sx={{ borderBlock: '1px dashed #000', my: 1, py: 0.5 }}>
        {invoice.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
          <Box key={`${line.productId}:${index}`} sx={{ mb: 0.5 }}>
            {line.description}
            {row(
              `  ${quantity(line.quantity)} ${line.unit} × ${money(line.unitPrice, currency)}${
                line.discountRate > 0 ? ` −${line.discountRate / 100} %` : ''
              }`,
              money(line.net, currency),
            )}
          </Box>
        ))}
      </Box>
      {row(t('sale.subtotal'), money(invoice.totals.net, currency))}
      {[...taxes]
        .filter(([, tax]) => tax > 0)
        .map(([rate, tax]) => row(`${t('sale.tax')} ${rate / 100} %`, money(tax, currency)))}
      {row(t('sale.total'), money(invoice.totals.total, currency), true)}
      {invoice.payments.map((payment) =>
        row(t(`sale.${payment.method}`), money(payment.amount, currency)),
      )}
      {invoice.change > 0 && row(t('sale.tendered'), money(invoice.tendered, currency))}
      {invoice.change > 0 && row(t('sale.change'), money(invoice.change, currency))}
      <Box sx={{ textAlign: 'center', mt: 1 }}>
        {invoice.situation === '3' && <div>{t('invoice.offlineIssued')}</div>}
        <div>
          {t('invoice.seal')} {invoice.chain.hash.slice(0, 16)}
        </div>
        <div>{t('invoice.thanks')}</div>
      </Box>
    </Box>
  );
}

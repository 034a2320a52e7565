import Box from '@mui/material/Box';
import type { Invoice, InvoiceLine } from '../../../schemas/invoices';
import type { StoreProfile } from '../../../shared/protocol/messages';
import { useWords } from '../../i18n/use-words';
import { groupDigits } from './group-digits';
import { SEAL_DIGITS } from './seal-digits';
import { taxBreakdown } from './tax-breakdown';

/** The receipt on 80 mm paper. Everything on it is text (S9), and all of it comes from the stored document. */
export function Receipt({ invoice, store }: { invoice: Invoice; store: StoreProfile }) {
  const { t, money, percent, dateTime } = useWords();
  const { currency, totals, client } = invoice;
  const rule = { borderTop: '1px dashed #000', mt: '2mm', pt: '2mm' } as const;
  return (
    <Box
      data-testid="receipt"
      sx={{
        width: '80mm',
        px: '4mm',
        py: '3mm',
        color: '#000',
        bgcolor: '#fff',
        fontSize: '3.2mm',
        lineHeight: 1.35,
        overflowWrap: 'anywhere',
      }}
    >
      <Box sx={{ textAlign: 'center' }}>
        <Box component="strong" sx={{ display: 'block', fontSize: '4.4mm' }}>
          {store.name}
        </Box>
        <div>{store.legalName}</div>
        <div>
          {t('invoice.identificationShort')} {store.issuerId}
          {store.phone !== '' && ` · ${t('invoice.phoneShort')} ${store.phone}`}
        </div>
        <div>{store.address}</div>
      </Box>
      <Box sx={rule}>
        <Box component="strong" sx={{ display: 'block', fontSize: '3.8mm' }}>
          {t(`lists.type${invoice.type}`)} {invoice.consecutive}
        </Box>
        <div>
          {t('invoice.clave')}: {groupDigits(invoice.clave)}
        </div>
        <div>{dateTime(invoice.issuedAt, store.timeZone)}</div>
        <div>
          {t('invoice.attendedBy')}: {invoice.userName}
        </div>
        {client.name !== '' && (
          <div>
            {t('sale.client')}: {client.name}{' '}
            {client.identification !== '' &&
              `(${t('invoice.identificationShort')} ${client.identification})`}
          </div>
        )}
        {invoice.reference !== undefined && (
          <div>
            {t('invoice.reference')}: {groupDigits(invoice.reference.number)} (
            {invoice.reference.reason})
          </div>
        )}
        {invoice.situation === '3' && <strong>{t('invoice.offlineIssued')}</strong>}
      </Box>
      <Box sx={rule}>
        {invoice.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
          <Line key={`${line.productId}:${index}`} line={line} currency={currency} />
        ))}
      </Box>
      <Box sx={rule}>
        <Row label={t('sale.subtotal')} value={money(totals.gross, currency)} />
        {totals.discount > 0 && (
          <Row label={t('sale.discounts')} value={money(0 - totals.discount, currency)} />
        )}
        {taxBreakdown(invoice.lines).map(({ taxCode, taxRate, net, tax }) => (
          <Row
            key={taxCode}
            label={`${
              taxCode === 'exempt' ? t('lists.exempt') : `${t('sale.tax')} ${percent(taxRate)}`
            } ${t('invoice.base')} ${money(net, currency)}`}
            value={money(tax, currency)}
          />
        ))}
        <Row label={t('sale.total')} value={money(totals.total, currency)} isTotal />
        {invoice.payments.map(({ method, amount, reference }, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a payment has no name but its place
            key={`${method}:${index}`}
            label={`${t(`sale.${method}`)}${reference === '' ? '' : ` ${reference}`}`}
            value={money(amount, currency)}
          />
        ))}
        {invoice.change > 0 && (
          <>
            <Row label={t('sale.tendered')} value={money(invoice.tendered, currency)} />
            <Row label={t('sale.change')} value={money(invoice.change, currency)} />
          </>
        )}
      </Box>
      <Box sx={{ ...rule, textAlign: 'center' }}>
        {invoice.notes !== '' && <div>{invoice.notes}</div>}
        <div>
          {t('invoice.seal')} …{invoice.chain.hash.slice(-SEAL_DIGITS)}
        </div>
        <div>{t('invoice.thanks')}</div>
      </Box>
    </Box>
  );
}

/** A line: its name over the whole width, as long as it is, then how much and what it comes to. */
function Line({ line, currency }: { line: InvoiceLine; currency: string }) {
  const { money, quantity, percent } = useWords();
  const discount = line.discountRate > 0 ? ` −${percent(line.discountRate)}` : '';
  return (
    <Box sx={{ mb: '1mm' }}>
      {line.description}
      <Row
        label={`${quantity(line.quantity)} ${line.unit} × ${money(line.unitPrice, currency)}${discount}`}
        value={money(line.net, currency)}
      />
    </Box>
  );
}

/** A label that may wrap, and a figure that never does. */
function Row(props: { label: string; value: string; isTotal?: boolean }) {
  return (
    <Box
      sx={{
        display: 'flex',
        justifyContent: 'space-between',
        alignItems: 'flex-end',
        gap: '2mm',
        ...(props.isTotal === true ? { fontWeight: 700, fontSize: '4.4mm', my: '1mm' } : {}),
      }}
    >
      <span>{props.label}</span>
      <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
        {props.value}
      </Box>
    </Box>
  );
}

import type { ClientSnapshot, Invoice, InvoiceLine, Payment } from '../../schemas/invoices';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import { AppError } from '../../shared/errors/app-error';
import { businessDateOf } from '../../shared/fiscal/business-date';
import { formatClave } from '../../shared/fiscal/clave';
import { formatConsecutive } from '../../shared/fiscal/consecutive';
import { TAX_RATES } from '../../shared/fiscal/tax-rates';
import { invoiceTotals } from '../../shared/money/invoice-totals';
import { lineAmounts } from '../../shared/money/line-amounts';
import { instant } from '../../shared/ports/clock';
import type { SaleLine } from '../services/sales-service';
import type { Author } from './author';

/** What an invoice says, before it has a place among the others. */
export type InvoiceContent = Pick<
  Invoice,
  'type' | 'clientId' | 'client' | 'lines' | 'totals' | 'payments' | 'tendered' | 'change' | 'notes'
> &
  Pick<Partial<Invoice>, 'reference' | 'approvals'>;

/** Its place: numbers, moment, and what came before. */
export interface InvoicePlace {
  id: string;
  number: number;
  serial: number;
  now: number;
  situation: Invoice['situation'];
  securityCode: string;
  shiftId: string;
  previousHash: string;
}

export const WALK_IN: ClientSnapshot = {
  name: '',
  identificationType: '',
  identification: '',
  email: '',
};

/** A line as it will stay, whatever becomes of the product (F27). */
export function toInvoiceLine(line: SaleLine): InvoiceLine {
  const { product, quantity, unitPrice, discountRate } = line;
  const taxRate = TAX_RATES[product.taxCode];
  return {
    productId: product.id,
    code: product.code,
    description: product.description,
    cabys: product.cabys,
    unit: product.unit,
    stocked: product.stocked,
    quantity,
    unitPrice,
    discountRate,
    taxCode: product.taxCode,
    taxRate,
    ...lineAmounts({ quantity, unitPrice, discountRate, taxRate }),
  };
}

/** Payments must add up to the total, and cash must cover its part: else INVALID_DOCUMENT, and nothing is issued. */
export function settlePayments(
  lines: readonly InvoiceLine[],
  payments: readonly Payment[],
  tendered: number,
): Pick<Invoice, 'totals' | 'payments' | 'tendered' | 'change'> {
  const totals = invoiceTotals(lines);
  const paid = payments.reduce((sum, payment) => sum + payment.amount, 0);
  if (paid !== totals.total) {
    throw new AppError('INVALID_DOCUMENT', { path: '/payments', paid, total: totals.total });
  }
  const cash = payments
    .filter((payment) => payment.method === 'cash')
    .reduce((sum, payment) => sum + payment.amount, 0);
  if (tendered !== 0 && tendered < cash) {
    throw new AppError('INVALID_DOCUMENT', { path: '/tendered', tendered, cash });
  }
  return {
    totals,
    payments: [...payments],
    tendered: tendered === 0 ? cash : tendered,
    change: tendered === 0 ? 0 : tendered - cash,
  };
}

/** The whole document, sealed: nothing of it changes afterwards. */
export function buildInvoice(
  content: InvoiceContent,
  place: InvoicePlace,
  { user, store, terminal }: Author,
): Omit<Invoice, 'ver' | 'edit' | 'pending'> {
  const businessDate = businessDateOf(place.now, store.timeZone);
  const consecutive = formatConsecutive({
    branch: store.branch,
    terminalNumber: terminal.number,
    type: content.type,
    number: place.number,
  });
  const { situation, securityCode } = place;
  const invoice = {
    approvals: [],
    ...content,
    id: place.id,
    consecutive,
    clave: formatClave({
      businessDate,
      issuerId: store.issuerId,
      consecutive,
      situation,
      securityCode,
    }),
    situation,
    terminalId: terminal.id,
    serial: place.serial,
    issuedAt: instant(place.now),
    businessDate,
    currency: store.currency,
    userId: user.id,
    userName: user.displayName,
    shiftId: place.shiftId,
    fiscalDeadline: instant(place.now + store.fiscalDeadlineHours * 3_600_000),
    chain: { prev: place.previousHash, hash: '', signature: '' },
    flags: [],
  };
  const hash = invoiceHash({ ...invoice, ver: 0, edit: '', pending: 1 });
  return { ...invoice, chain: { ...invoice.chain, hash } };
}

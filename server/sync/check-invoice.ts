import type { Invoice } from '../../schemas/invoices';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import type { ErrorCode } from '../../shared/errors/registry';
import { parseClave } from '../../shared/fiscal/clave';
import { parseConsecutive } from '../../shared/fiscal/consecutive';
import { TAX_RATES } from '../../shared/fiscal/tax-rates';
import { invoiceTotals } from '../../shared/money/invoice-totals';
import { type LineAmounts, lineAmounts } from '../../shared/money/line-amounts';
import type { StoreProfile } from '../../shared/protocol/messages';
import type { Sender } from './author';

export interface Refusal {
  code: ErrorCode;
  message: string;
}

const same = (a: LineAmounts, b: LineAmounts): boolean =>
  a.gross === b.gross &&
  a.discount === b.discount &&
  a.net === b.net &&
  a.tax === b.tax &&
  a.total === b.total;

/** Everything about an invoice that follows from itself, recomputed (S3); null when it all fits. */
export function checkInvoice(
  invoice: Invoice,
  { profile, sender }: { profile: StoreProfile; sender: Sender },
): Refusal | null {
  return checkNumbers(invoice, profile, sender) ?? checkAmounts(invoice) ?? checkChain(invoice);
}

function checkNumbers(invoice: Invoice, profile: StoreProfile, sender: Sender): Refusal | null {
  const refuse = (message: string): Refusal => ({ code: 'NUMBER_MISMATCH', message });
  const parts = parseConsecutive(invoice.consecutive);
  if (parts === null) return refuse('consecutive: not of the documented form');
  if (parts.branch !== profile.branch) return refuse('consecutive: of another branch');
  if (parts.terminalNumber !== sender.terminalNumber) {
    return refuse('consecutive: of another terminal');
  }
  if (parts.type !== invoice.type) return refuse('consecutive: of another document type');
  const clave = parseClave(invoice.clave);
  if (
    clave === null ||
    clave.consecutive !== invoice.consecutive ||
    clave.situation !== invoice.situation ||
    clave.businessDate !== invoice.businessDate ||
    clave.issuerId !== profile.issuerId.padStart(12, '0')
  ) {
    return refuse('clave: does not follow from the document');
  }
  if (invoice.currency !== profile.currency) return refuse('currency: not the store’s');
  return null;
}

function checkAmounts(invoice: Invoice): Refusal | null {
  const refuse = (message: string): Refusal => ({ code: 'TOTALS_MISMATCH', message });
  const wrongLine = invoice.lines.findIndex(
    (line) => line.taxRate !== TAX_RATES[line.taxCode] || !same(line, lineAmounts(line)),
  );
  if (wrongLine >= 0) return refuse(`lines/${wrongLine}: amounts do not follow from it`);
  if (!same(invoice.totals, invoiceTotals(invoice.lines))) {
    return refuse('totals: not the sum of the lines');
  }
  const paid = invoice.payments.reduce((sum, payment) => sum + payment.amount, 0);
  if (paid !== invoice.totals.total) return refuse('payments: do not add up to the total');
  return null;
}

function checkChain(invoice: Invoice): Refusal | null {
  return invoice.chain.hash === invoiceHash(invoice)
    ? null
    : { code: 'CHAIN_MISMATCH', message: 'chain: the hash does not follow from the content' };
}

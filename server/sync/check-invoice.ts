import type { Invoice } from '../../schemas/invoices';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import type { ErrorCode } from '../../shared/errors/registry';
import { parseClave } from '../../shared/fiscal/clave';
import { parseConsecutive } from '../../shared/fiscal/consecutive';
import { TAX_RATES } from '../../shared/fiscal/tax-rates';
import { invoiceTotals } from '../../shared/money/invoice-totals';
import { type LineAmounts, lineAmounts } from '../../shared/money/line-amounts';
import type { StoreProfile } from '../../shared/protocol/messages';
import { signatureVerifier } from '../auth/verify-signature';
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
  return (
    checkNumbers(invoice, profile, sender) ?? checkAmounts(invoice) ?? checkChain(invoice, sender)
  );
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

/**
 * The hash follows from the content, and the terminal's key signed it. Unsigned is what was issued before the terminal had
 * its key, and nothing after the first one that was signed: else whoever steals a session could leave signatures out.
 */
function checkChain(invoice: Invoice, sender: Sender): Refusal | null {
  const refuse = (message: string): Refusal => ({ code: 'CHAIN_MISMATCH', message });
  const { hash, signature } = invoice.chain;
  if (hash !== invoiceHash(invoice)) {
    return refuse('chain: the hash does not follow from the content');
  }
  if (sender.publicKey === '') {
    return signature === '' ? null : refuse('chain: signed by a key that the server does not know');
  }
  if (signature === '') {
    const isLate = sender.signedFrom > 0 && invoice.serial >= sender.signedFrom;
    return isLate ? { code: 'SIGNATURE_MISSING', message: 'chain: not signed' } : null;
  }
  const verify = signatureVerifier(sender.publicKey);
  return verify(Buffer.from(hash, 'hex'), signature)
    ? null
    : refuse('chain: the signature is not that of the terminal’s key');
}

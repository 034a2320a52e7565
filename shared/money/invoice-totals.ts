import { AppError } from '../errors/app-error';
import type { LineAmounts } from './line-amounts';

/** Sums of the lines; nothing is rounded here. Throws INVALID_DOCUMENT when a sum is no safe integer. */
export function invoiceTotals(lines: readonly LineAmounts[]): LineAmounts {
  const totals: LineAmounts = { gross: 0, discount: 0, net: 0, tax: 0, total: 0 };
  for (const line of lines) {
    totals.gross += line.gross;
    totals.discount += line.discount;
    totals.net += line.net;
    totals.tax += line.tax;
    totals.total += line.total;
  }
  if (!Object.values(totals).every(Number.isSafeInteger)) {
    throw new AppError('INVALID_DOCUMENT', { overflow: true });
  }
  return totals;
}

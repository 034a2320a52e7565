import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import type { Role } from '../../schemas/users';
import { may } from '../../shared/roles';
import type { CheckedApproval } from './check-approvals';

/** Codes that one entry of the log names. */
const CODES_MAX = 20;

export const priceOf = (json: string): number => (JSON.parse(json) as Product).price;

/**
 * Codes of the lines whose price is not the product's present one, in a sale whose author may not choose prices and that
 * carries no approval of it. It is no reason to refuse: a price that changed while the sale was made without a connection
 * looks just the same (F27). So it is written down.
 */
export function unexplainedPrices(
  { type, lines }: Invoice,
  {
    approvals,
    role,
    prices,
  }: {
    approvals: readonly CheckedApproval[];
    role: Role | null;
    prices: ReadonlyMap<string, number>;
  },
): readonly string[] {
  const isNote = type === '02' || type === '03';
  const isAllowed =
    (role !== null && may(role, 'changePrice')) ||
    approvals.some(({ permission }) => permission === 'changePrice');
  if (isNote || isAllowed) return [];
  return lines
    .filter(({ productId, unitPrice }) => (prices.get(productId) ?? unitPrice) !== unitPrice)
    .slice(0, CODES_MAX)
    .map(({ code }) => code);
}

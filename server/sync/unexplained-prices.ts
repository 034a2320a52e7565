import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import type { Role } from '../../schemas/users';
import { may } from '../../shared/roles';
import type { CheckedApproval } from './check-approvals';

/** Codes that one entry of the log names. */
const CODES_MAX = 20;

export const priceOf = (json: string): number => (JSON.parse(json) as Product).price;

/** Whether somebody may have chosen a sale's prices: this role, or an approval; and a note repeats what it corrects. */
export const mayChoosePrices = (
  { type }: Invoice,
  role: Role | null,
  approvals: readonly CheckedApproval[],
): boolean =>
  type === '02' ||
  type === '03' ||
  (role !== null && may(role, 'changePrice')) ||
  approvals.some(({ permission }) => permission === 'changePrice');

/** A line of a product that the server does not know: its price can be judged when the product comes (F19). */
export interface AwaitedPrice {
  productId: string;
  code: string;
  unitPrice: number;
}

/**
 * Codes of the lines whose price is not the product's present one; a product without a present price is no finding. It is
 * no reason to refuse: a price that changed while the sale was made without a connection looks just the same (F27). So it
 * is written down.
 */
export const unexplainedPrices = (
  lines: readonly AwaitedPrice[],
  prices: ReadonlyMap<string, number>,
): readonly string[] =>
  lines
    .filter(({ productId, unitPrice }) => (prices.get(productId) ?? unitPrice) !== unitPrice)
    .slice(0, CODES_MAX)
    .map(({ code }) => code);

export const awaitedPrices = (
  lines: readonly AwaitedPrice[],
  prices: ReadonlyMap<string, number>,
): readonly AwaitedPrice[] =>
  lines
    .filter(({ productId }) => !prices.has(productId))
    .map(({ productId, code, unitPrice }) => ({ productId, code, unitPrice }));

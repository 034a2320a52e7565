import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import type { Role } from '../../schemas/users';
import { may } from '../../shared/roles';
import type { CheckedApproval } from './check-approvals';

/** Codes that one entry of the log names. */
export const CODES_MAX = 20;

export const priceOf = (json: string): number => (JSON.parse(json) as Product).price;

/** What a sale's prices are judged by. */
export interface PriceJudge {
  approvals: readonly CheckedApproval[];
  role: Role | null;
  /** Present prices of the products that the server knows. */
  prices: ReadonlyMap<string, number>;
}

/** Whether somebody may have chosen the prices: the author's role, or an approval; and a note repeats what it corrects. */
const isAllowed = ({ type }: Invoice, { approvals, role }: PriceJudge): boolean =>
  type === '02' ||
  type === '03' ||
  (role !== null && may(role, 'changePrice')) ||
  approvals.some(({ permission }) => permission === 'changePrice');

/**
 * Codes of the lines whose price is not the product's present one, in a sale whose author may not choose prices and that
 * carries no approval of it. It is no reason to refuse: a price that changed while the sale was made without a connection
 * looks just the same (F27). So it is written down.
 */
export function unexplainedPrices(invoice: Invoice, judge: PriceJudge): readonly string[] {
  if (isAllowed(invoice, judge)) return [];
  return invoice.lines
    .filter(({ productId, unitPrice }) => (judge.prices.get(productId) ?? unitPrice) !== unitPrice)
    .slice(0, CODES_MAX)
    .map(({ code }) => code);
}

/** A line of a product that the server does not know: its price can be judged when the product comes (F19). */
export interface AwaitedPrice {
  productId: string;
  code: string;
  unitPrice: number;
}

/** Those lines, where nobody may have chosen their prices. */
export const awaitedPrices = (invoice: Invoice, judge: PriceJudge): readonly AwaitedPrice[] =>
  isAllowed(invoice, judge)
    ? []
    : invoice.lines
        .filter(({ productId }) => !judge.prices.has(productId))
        .map(({ productId, code, unitPrice }) => ({ productId, code, unitPrice }));

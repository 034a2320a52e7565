import { type Static, Type } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import type { JournalStore } from '../store/port';
import { unexplainedPrices } from './unexplained-prices';

/** Details of an entry `productUnknown`, as `note-row.ts` writes it. */
const detailsSchema = Type.Object({
  invoiceId: Type.String(),
  consecutive: Type.String(),
  prices: Type.Array(
    Type.Object({ productId: Type.String(), code: Type.String(), unitPrice: Type.Integer() }),
  ),
});
type Details = Static<typeof detailsSchema>;

/** A sale whose price is not that of a product which the server only now knows. */
export interface LateFinding {
  invoiceId: string;
  consecutive: string;
  codes: readonly string[];
  [detail: string]: unknown;
}

/**
 * Products have come that sales had named before (F19): were they sold for what they cost? What is awaited stands in the
 * log, which nobody can change, so it is read there: just the entries that name one of these products. A product comes
 * once, so nothing is judged twice.
 */
export async function judgeAwaited(
  journal: JournalStore,
  prices: ReadonlyMap<string, number>,
): Promise<readonly LateFinding[]> {
  if (prices.size === 0) return [];
  return (await journal.awaiting([...prices.keys()])).flatMap(({ details }) => {
    const parsed = validate<Details>(detailsSchema, details);
    if (!parsed.ok) return [];
    const { invoiceId, consecutive, prices: awaited } = parsed.value;
    const codes = unexplainedPrices(awaited, prices);
    return codes.length === 0 ? [] : [{ invoiceId, consecutive, codes }];
  });
}

import type { Invoice } from '../../schemas/invoices';

/** What earlier credit notes have left of each line: index -> thousandths. Lines of one product are used up in order. */
export function remainingQuantities(
  invoice: Invoice,
  notes: readonly Invoice[],
): ReadonlyMap<number, number> {
  const taken = new Map<string, number>();
  for (const note of notes) {
    if (note.type !== '03') continue;
    for (const line of note.lines) {
      const key = `${line.productId}:${line.unitPrice}:${line.discountRate}`;
      taken.set(key, (taken.get(key) ?? 0) + line.quantity);
    }
  }
  const left = new Map<number, number>();
  for (const [index, line] of invoice.lines.entries()) {
    const key = `${line.productId}:${line.unitPrice}:${line.discountRate}`;
    const used = Math.min(line.quantity, taken.get(key) ?? 0);
    taken.set(key, (taken.get(key) ?? 0) - used);
    left.set(index, line.quantity - used);
  }
  return left;
}

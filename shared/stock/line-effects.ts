import type { DocumentType, Invoice } from '../../schemas/invoices';

/** How a document of each type moves stock: what is sold leaves, what a credit note takes back returns. */
const SIGN: Record<DocumentType, -1 | 0 | 1> = { '01': -1, '02': 0, '03': 1, '04': -1 };

export interface StockEffect {
  productId: string;
  /** Thousandths, signed. */
  quantity: number;
}

/** The movements of an invoice: one a product, in the order of its first line; services move nothing. */
export function stockEffects(invoice: Pick<Invoice, 'type' | 'lines'>): StockEffect[] {
  const sign = SIGN[invoice.type];
  if (sign === 0) return [];
  const sums = new Map<string, number>();
  for (const line of invoice.lines) {
    if (!line.stocked) continue;
    sums.set(line.productId, (sums.get(line.productId) ?? 0) + sign * line.quantity);
  }
  return [...sums].map(([productId, quantity]) => ({ productId, quantity }));
}

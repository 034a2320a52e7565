import type { Client } from '../../schemas/clients';
import type { Product } from '../../schemas/products';
import type { RetailKind } from '../../shared/import/retail-sales';
import type { TradeData } from './read-data';

/** One document of the day, as a terminal is asked to issue it. */
export interface DayDocument {
  kind: RetailKind;
  /** Number in the sales file. */
  number: string;
  /** Instant, the shop's time taken as UTC. */
  at: string;
  clientId: string;
  /** Quantity in units as in the file (negative for cancellations), price in minor units. */
  lines: { productId: string; quantity: number; unitPrice: number }[];
}

/** The documents of a date in the file's order; lines of one number and kind are one document. */
export function planDay(
  data: TradeData,
  date: string,
  {
    products,
    clients,
  }: { products: ReadonlyMap<string, Product>; clients: ReadonlyMap<string, Client> },
): DayDocument[] {
  const documents = new Map<string, DayDocument>();
  for (const { kind, row } of data.rows) {
    if (!row.at.startsWith(date)) continue;
    const key = `${kind}:${row.invoiceNo}`;
    const document = documents.get(key) ?? {
      kind,
      number: row.invoiceNo,
      at: `${row.at.replace(' ', 'T')}.000Z`,
      clientId: clients.get(row.customerId)?.id ?? '',
      lines: [],
    };
    const productId = products.get(row.stockCode)?.id ?? '';
    document.lines.push({ productId, quantity: row.quantity, unitPrice: row.unitPrice });
    documents.set(key, document);
  }
  return [...documents.values()];
}

import type { AnyDocument } from '../../schemas/registry';
import type { RescueContent, RescueFacts } from '../../shared/rescue/rescue-file';
import type { DeskDatabase } from '../db/database';
import { pendingStates, WRITTEN_COLLECTIONS } from '../pending/pending-counts';

/** Everything that is pending, by collection, ordered by id. Reads only: nothing is marked. */
export async function readPending(db: DeskDatabase): Promise<RescueContent['documents']> {
  const documents: RescueContent['documents'] = {
    clients: [],
    products: [],
    invoices: [],
    movements: [],
    shifts: [],
  };
  for (const name of WRITTEN_COLLECTIONS) documents[name] = await pendingStates(db, name);
  return documents;
}

export const countsOf = (documents: RescueContent['documents']): RescueFacts['counts'] => ({
  clients: documents.clients.length,
  products: documents.products.length,
  invoices: documents.invoices.length,
  movements: documents.movements.length,
  shifts: documents.shifts.length,
});

/** Sum over invoices, notes and tickets; what was credited (03) counts below zero. */
export function totalOf(invoices: readonly unknown[]): number {
  let sum = 0;
  for (const invoice of invoices as readonly AnyDocument[]) {
    if ('totals' in invoice) sum += invoice.totals.total * (invoice.type === '03' ? -1 : 1);
  }
  return sum;
}

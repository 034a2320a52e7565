import type { MangoQuerySelector } from 'rxdb';
import { firstValueFrom } from 'rxjs';
import type { Invoice } from '../../schemas/invoices';
import type { DeskDatabase } from '../db/database';
import type { ArchiveService } from '../services/archive-service';
import type { InvoiceFilter, InvoicesService } from '../services/invoices-service';
import { normalize } from './normalize';

/** Documents read at a time while a filter looks for matches. */
const CHUNK = 300;

export function createInvoicesService({
  db,
  archive,
}: {
  db: DeskDatabase;
  archive: Pick<ArchiveService, 'heldFrom$' | 'notesOf'>;
}): InvoicesService {
  return {
    changed$: db.invoices.eventBulks$,

    async page(filter, before, limit) {
      const found: Invoice[] = [];
      let cursor = before === null ? null : await issuedAt(db, before);
      while (found.length < limit) {
        const chunk = await readChunk(db, cursor, filter);
        found.push(...chunk.filter((invoice) => matches(invoice, filter)));
        const last = chunk.at(-1);
        if (last === undefined || chunk.length < CHUNK) break;
        cursor = last;
      }
      return found.slice(0, limit);
    },

    async find(id) {
      return (await db.invoices.findOne(id).exec())?.toMutableJSON() ?? null;
    },

    async notesOf({ id, issuedAt: from }) {
      /* A note is never older than what it corrects. */
      const later = await db.invoices
        .find({ selector: { issuedAt: { $gte: from } }, index: ['issuedAt'] })
        .exec();
      const here = later
        .filter((note) => note.reference?.invoiceId === id)
        .map((note) => note.toMutableJSON());
      const heldFrom = await firstValueFrom(archive.heldFrom$);
      if (heldFrom === null || from >= heldFrom) return here;
      const known = new Set(here.map((note) => note.id));
      const there = await archive.notesOf(id);
      return [...here, ...there.filter((note) => !known.has(note.id))];
    },
  };
}

const issuedAt = async (db: DeskDatabase, id: string): Promise<Invoice | null> =>
  (await db.invoices.findOne(id).exec())?.toMutableJSON() ?? null;

async function readChunk(
  db: DeskDatabase,
  after: Invoice | null,
  { onlyPending }: InvoiceFilter,
): Promise<Invoice[]> {
  const selector: MangoQuerySelector<Invoice> = {
    ...(onlyPending ? { pending: 1 } : {}),
    ...(after === null ? { issuedAt: { $gt: '' } } : { issuedAt: { $lte: after.issuedAt } }),
  };
  const documents = await db.invoices
    .find({ selector, sort: [{ issuedAt: 'desc' }, { id: 'desc' }], limit: CHUNK + 1 })
    .exec();
  const invoices = documents.map((document) => document.toMutableJSON());
  if (after === null) return invoices.slice(0, CHUNK);
  const from = invoices.findIndex((invoice) => invoice.id === after.id);
  return invoices.slice(from + 1, from + 1 + CHUNK);
}

function matches(invoice: Invoice, { text, type, onlyAlerts }: InvoiceFilter): boolean {
  if (onlyAlerts && invoice.flags.length === 0) return false;
  if (type !== 'all' && invoice.type !== type) return false;
  const words = normalize(text).split(' ').filter(Boolean);
  const haystack = `${invoice.consecutive} ${normalize(invoice.client.name)}`;
  return words.every((word) => haystack.includes(word));
}

import type { RxCollection } from 'rxdb';
import type { Subscription } from 'rxjs';
import { type AnyDocument, COLLECTION_NAMES, type CollectionName } from '../../schemas/registry';
import type { DeskDatabase } from '../db/database';
import { WRITTEN_COLLECTIONS } from '../pending/pending-counts';
import { plainDocument } from './plain-document';
import { DOCUMENTS_KEPT } from './record-api';
import type { Recorder } from './recorder';
import type { TracedStore, TraceEntry } from './trace-entry';

const BOOKKEEPING = new Set(['id', 'ver', 'edit', 'pending']);

/** Notes every write to the terminal's documents, with what stood there before. */
export function recordChanges(db: DeskDatabase, recorder: Recorder): { close(): void } {
  const subscriptions = COLLECTION_NAMES.map((name): Subscription => {
    const collection = db[name] as unknown as RxCollection<AnyDocument>;
    return collection.eventBulks$.subscribe(({ events, context }) => {
      const listed = events.length > DOCUMENTS_KEPT ? [] : events;
      recorder.add({
        kind: 'stored',
        collection: name,
        by: isLocal(context) ? recorder.writing : null,
        context: context.replace(/[0-9a-f-]{20,}/g, ''),
        rows: listed.map(({ documentData, previousDocumentData }) =>
          storedRow(documentData as AnyDocument, (previousDocumentData ?? null) as AnyDocument),
        ),
        others: events.length - listed.length,
      });
    });
  });
  return {
    close() {
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}

/** What syncing, and what goes with it, writes of its own; by the contexts that it gives its writes. */
const SYNCING = /replication|^(acknowledge|adopt-epoch|cut|passed-over|repair|restamp|sign-late)$/;

/** Not written by syncing. */
export const isLocal = (context: string): boolean => !SYNCING.test(context);

function storedRow(document: AnyDocument, previous: AnyDocument | null): TracedStore {
  const { id, ver, edit, pending } = document;
  const before = previous === null ? null : plainDocument(previous);
  const plain = plainDocument(document);
  const set = Object.fromEntries(
    Object.entries(plain).filter(
      ([field, value]) =>
        !BOOKKEEPING.has(field) && JSON.stringify(value) !== JSON.stringify(before?.[field]),
    ),
  );
  return { id, ver, edit, pending, before, ...(pending === 1 ? { set } : {}) };
}

/**
 * After a crash: what the terminal had written without a note of it. Documents that are pending under an edit that the
 * trace does not know belong to the operation that the crash cut.
 */
export async function recordFound(
  db: DeskDatabase,
  recorder: Recorder,
  page: string,
): Promise<void> {
  const entries = await recorder.entries();
  const known = new Set(entries.flatMap(editsOf));
  const ended = new Set(entries.flatMap((entry) => (entry.kind === 'done' ? [entry.op] : [])));
  const cut = entries.filter(
    (entry) => entry.kind === 'call' && entry.page !== page && !ended.has(entry.op),
  );
  const last = cut.at(-1);
  for (const name of WRITTEN_COLLECTIONS) {
    const pending = await (db[name] as unknown as RxCollection<AnyDocument>)
      .find({ selector: { pending: { $eq: 1 } } as never })
      .exec();
    const found = pending.map((document) => document.toMutableJSON() as AnyDocument);
    const missing = found.filter(({ edit }) => !known.has(edit));
    if (missing.length === 0 || missing.length > DOCUMENTS_KEPT) continue;
    recorder.add({
      kind: 'stored',
      collection: name satisfies CollectionName,
      by: last?.kind === 'call' ? last.op : null,
      context: 'found',
      rows: missing.map((document) => {
        const { id, ver, edit } = document;
        const found: TracedStore = { id, ver, edit, pending: 1, set: plainDocument(document) };
        return ver === 0 ? { ...found, before: null } : found;
      }),
      others: 0,
    });
  }
}

const editsOf = (entry: TraceEntry): string[] => {
  if (entry.kind === 'stored') return entry.rows.map(({ edit }) => edit);
  if (entry.kind === 'sent') return (entry.rows ?? []).map(({ edit }) => edit);
  return [];
};

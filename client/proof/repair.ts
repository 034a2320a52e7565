import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb';
import { type AnyDocument, COLLECTIONS, type CollectionName } from '../../schemas/registry';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { Difference } from '../../shared/proof/classify';
import type { RepairCounts } from '../services/proof-service';
import { fetchDocuments } from './fetch-documents';

/** Documents of one repair; more are for the next one, so that each ends. */
export const REPAIR_MAX = 2000;

type Stored = RxDocumentData<AnyDocument>;

/**
 * Brings just these documents to what they should be: the server's state is taken over what is here, and what the server
 * lacks becomes pending, so that the next push sends it. A document that is pending here by now is left alone: its edit was
 * never sent, and the push settles it. Call it under the sync lock.
 */
export async function repair(options: {
  collection: RxCollection<AnyDocument>;
  name: CollectionName;
  transport: SyncTransport;
  epoch: string;
  signal: AbortSignal;
  differences: readonly Difference[];
}): Promise<RepairCounts> {
  const { name, differences } = options;
  const now = differences.slice(0, REPAIR_MAX);
  const idsOf = (wanted: (difference: Difference) => boolean): string[] =>
    now.filter(wanted).map(({ id }) => id);
  const there = await fetchDocuments({
    ...options,
    ids: idsOf(({ kind }) => kind !== 'missingThere'),
  });
  const received = await write(
    options.collection,
    new Map(there.map(({ document }) => [document.id, () => document])),
  );
  /* What only the server writes and no longer has is not ours to send. */
  const isOurs = COLLECTIONS[name].direction === 'both';
  const kept = await write(
    options.collection,
    new Map(
      idsOf(({ kind }) => kind === 'missingThere').map((id) => [
        id,
        (stored) =>
          stored === undefined || stored._deleted
            ? null
            : { ...stored, ...(isOurs ? { pending: 1 } : { _deleted: true }) },
      ]),
    ),
  );
  return {
    received: received.written,
    toSend: isOurs ? kept.written : 0,
    removed: isOurs ? 0 : kept.written,
    untouched: received.skipped + kept.skipped,
    left: differences.length - now.length,
  };
}

/** Writes what becomes of each document, straight into the storage, unless it is pending or is written at this moment. */
async function write(
  { storageInstance }: RxCollection<AnyDocument>,
  next: ReadonlyMap<string, (stored: Stored | undefined) => AnyDocument | null>,
): Promise<{ written: number; skipped: number }> {
  const stored = new Map<string, Stored>();
  for (const document of await storageInstance.findDocumentsById([...next.keys()], true)) {
    stored.set(document.id, document);
  }
  const rows: BulkWriteRow<AnyDocument>[] = [];
  for (const [id, change] of next) {
    const previous = stored.get(id);
    if (previous?.pending === 1 && !previous._deleted) continue;
    const document = change(previous);
    if (document === null) continue;
    rows.push({
      ...(previous === undefined ? {} : { previous }),
      document: {
        _deleted: false,
        _attachments: {},
        _meta: previous?._meta ?? { lwt: 1 },
        _rev: previous?._rev ?? '',
        ...document,
      } as unknown as Stored,
    });
  }
  if (rows.length === 0) return { written: 0, skipped: next.size };
  const { error } = await storageInstance.bulkWrite(rows, 'repair');
  const written = rows.length - error.length;
  return { written, skipped: next.size - written };
}

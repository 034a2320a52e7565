import type { RxCollection } from 'rxdb';
import { map } from 'rxjs/operators';
import {
  type AnyDocument,
  COLLECTION_NAMES,
  COLLECTIONS,
  isCollectionName,
} from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import {
  addToDigest,
  type Digest,
  digestText,
  documentHash,
  EMPTY_DIGEST,
} from '../../shared/digest';
import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { DeskDatabase } from '../db/database';
import { stampEdit } from '../pending/stamp';
import type { AttentionService, CollectionComparison } from '../services/attention-service';
import { restamp } from '../sync/restamp';

export interface AttentionOptions {
  db: DeskDatabase;
  transport: SyncTransport;
  clock: Clock;
  ids: Ids;
  /** Who decides, for the record; throws SESSION_EXPIRED when nobody is signed in. */
  who: () => { id: string; name: string };
}

export function createAttentionService(options: AttentionOptions): AttentionService {
  const { db, transport, clock, ids, who } = options;
  const collectionOf = (name: string): RxCollection<AnyDocument> => {
    if (!isCollectionName(name)) throw new AppError('UNKNOWN_COLLECTION', { name });
    return db[name] as unknown as RxCollection<AnyDocument>;
  };

  const decide = async (id: string, status: 'applied' | 'kept'): Promise<void> => {
    const record = await db.conflicts.findOne(id).exec();
    await record?.incrementalPatch({
      status,
      decidedAt: instant(clock.now()),
      decidedBy: who().name.slice(0, 120),
    });
  };

  return {
    runs$: (limit) =>
      db.runs
        .find({ sort: [{ startedAt: 'desc' }], limit })
        .$.pipe(map((records) => records.map((record) => record.toMutableJSON()))),
    conflicts$: () =>
      db.conflicts
        .find({ selector: { status: 'open' } })
        .$.pipe(map((records) => records.map((record) => record.toMutableJSON()))),
    rejected$: () =>
      db.rejected.find().$.pipe(map((records) => records.map((record) => record.toMutableJSON()))),

    async applyMine(conflictId) {
      const record = (await db.conflicts.findOne(conflictId).exec())?.toMutableJSON();
      if (record === undefined || record.status !== 'open') return;
      const editor = who();
      const mine = Object.fromEntries(
        record.fields.map(({ field, mine: value }) => [field, value]),
      );
      const document = await collectionOf(record.collectionName).findOne(record.documentId).exec();
      if (document === null) throw new AppError('NOT_FOUND', { id: record.documentId });
      const name = record.collectionName;
      await document.incrementalModify((current) => {
        const next = {
          ...stampEdit(current, ids),
          ...mine,
          ...('editedBy' in current
            ? { editedBy: editor.id, updatedAt: instant(clock.now()) }
            : {}),
        };
        const { _deleted, _meta, _rev, _attachments, ...content } = next as Record<string, unknown>;
        if (isCollectionName(name) && !validateDocument(name, content).ok) {
          throw new AppError('INVALID_DOCUMENT', { id: record.documentId });
        }
        return next as typeof current;
      });
      await decide(conflictId, 'applied');
    },
    keepTheirs: (conflictId) => decide(conflictId, 'kept'),

    async sendAgain(rejectedId) {
      const record = await db.rejected.findOne(rejectedId).exec();
      if (record === null) return;
      /* Under a new edit the document is pending like any other; the record goes when the server has taken it. */
      await restamp(collectionOf(record.collectionName), [record.documentId], ids);
    },

    async compareWithServer() {
      const status = await transport.status(AbortSignal.timeout(30_000));
      const comparisons: CollectionComparison[] = [];
      for (const collection of COLLECTION_NAMES) {
        const server = status.collections[collection];
        if (COLLECTIONS[collection].direction === 'up' || server === undefined) continue;
        const local = await localDigest(collectionOf(collection));
        comparisons.push({
          collection,
          local,
          server: { count: server.count, digest: server.digest },
          equal: local.count === server.count && local.digest === server.digest,
        });
      }
      return comparisons;
    },
  };
}

/** Count and digest of what this terminal holds as acknowledged; a document that was never sent is not part of it. */
export async function localDigest(
  collection: RxCollection<AnyDocument>,
): Promise<{ count: number; digest: string }> {
  let digest: Digest = EMPTY_DIGEST;
  let count = 0;
  for (const document of await collection.find().exec()) {
    if (document.ver === 0) continue;
    count += 1;
    digest = addToDigest(digest, documentHash(document.id, document.ver));
  }
  return { count, digest: digestText(digest) };
}

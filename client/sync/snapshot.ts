import type { RxCollection } from 'rxdb';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import { pendingEdits, type WrittenCollection } from '../pending/pending-counts';
import type { Records } from './records';
import { restamp } from './restamp';

/** Pending documents of one collection when a run began: id -> edit. */
export type Snapshot = ReadonlyMap<string, string>;

interface SnapshotOptions {
  db: DeskDatabase;
  records: Records;
  ids: Ids;
}

/** What a run has to send, the documents that were refused before among it. Call under the sync lock. */
export async function takeSnapshot(
  name: WrittenCollection,
  { db, records, ids }: SnapshotOptions,
): Promise<Snapshot> {
  const refused = await records.rejectedEdits(name);
  const edits = await pendingEdits(db, name);
  /* RxDB holds a refused document to be sent; every run offers it again, the reason may be gone. */
  const again = [...edits].filter(([id, edit]) => refused.get(id) === edit).map(([id]) => id);
  if (again.length === 0) return edits;
  await restamp(db[name] as unknown as RxCollection, again, ids);
  return pendingEdits(db, name);
}

/**
 * Looks at the documents themselves: how many are pending, and the ids of those that were so before the run and were
 * neither acknowledged nor refused in words.
 */
export async function comparePending(
  name: WrittenCollection,
  before: Snapshot,
  { db, records }: Pick<SnapshotOptions, 'db' | 'records'>,
): Promise<{ pending: number; stuck: readonly string[] }> {
  const refused = await records.rejectedEdits(name);
  const now = await pendingEdits(db, name);
  /* By id: a conflict that was resolved in this run is the same edit of a person, under another edit id. */
  const left = [...now].filter(([id, edit]) => before.has(id) && refused.get(id) !== edit);
  return { pending: now.size, stuck: left.map(([id]) => id) };
}

import { setImmediate } from 'node:timers/promises';
import type { CollectionName } from '../../schemas/registry';
import { addVersion, contentsOf, EMPTY_TALLY, type Tally } from '../../shared/proof/tally';
import { LIMITS } from '../../shared/protocol/limits';
import type { DigestsReply } from '../../shared/protocol/messages';
import type { DocumentVersion, Store } from '../store/port';
import { epochToRead } from './epoch-to-read';

/** Rows read at a time; between two reads the server answers others. */
const READ = 2000;

/** Characters that a bucket's prefix has more than the prefix that was asked for. */
const STEP = 2;

/**
 * The documents whose ids begin with `prefix`: listed where they are few, else counted in buckets. They are not read at
 * one moment; each comes with its own sequence number, from which a terminal knows what was written after its checkpoint.
 */
export async function readDigests(options: {
  store: Store;
  storeId: string;
  collection: CollectionName;
  prefix: string;
}): Promise<DigestsReply> {
  const { store, storeId, collection, prefix } = options;
  const epoch = await epochToRead(store, storeId, collection);
  const { documents } = store.scope(storeId);
  const listed: DocumentVersion[] = [];
  const buckets = new Map<string, Tally>();
  let count = 0;
  let after = '';
  for (;;) {
    const rows = await documents.versions(collection, { prefix, after, limit: READ });
    for (const row of rows) {
      count += 1;
      if (count <= LIMITS.listedVersions) listed.push(row);
      const bucket = row.id.slice(0, prefix.length + STEP);
      buckets.set(bucket, addVersion(buckets.get(bucket) ?? EMPTY_TALLY, row.id, row.ver));
    }
    if (rows.length < READ) break;
    after = rows.at(-1)?.id ?? after;
    await setImmediate();
  }
  if (count <= LIMITS.listedVersions) return { epoch, buckets: [], documents: listed };
  return {
    epoch,
    buckets: [...buckets].map(([key, tally]) => ({ prefix: key, ...contentsOf(tally) })),
    documents: [],
  };
}

import { COLLECTIONS, type CollectionName } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import type { Checkpoint } from '../../shared/protocol/messages';
import type { Store } from '../store/port';

/**
 * A page of changes as the bytes of a PullReply. The stored JSON is joined as it is, never parsed and printed again.
 * Throws EPOCH_CHANGED, BAD_CHECKPOINT (from the future), METHOD_NOT_ALLOWED (a collection that is only sent).
 */
export async function readChanges(options: {
  store: Store;
  storeId: string;
  collection: CollectionName;
  checkpoint: Checkpoint;
  limit: number;
}): Promise<Buffer> {
  const { store, storeId, collection, checkpoint, limit } = options;
  if (COLLECTIONS[collection].direction === 'up') throw new AppError('METHOD_NOT_ALLOWED');
  const stored = await store.store(storeId);
  if (stored === null) throw new AppError('SESSION_EXPIRED');
  const { epoch } = stored;
  if (checkpoint.seq > 0 && checkpoint.epoch !== epoch)
    throw new AppError('EPOCH_CHANGED', { epoch });
  const page = await store.scope(storeId).documents.changes(collection, checkpoint.seq, limit);
  if (checkpoint.seq > page.lastSeq) throw new AppError('BAD_CHECKPOINT');
  const { seq, remaining, json } = page;
  const tail = JSON.stringify({ checkpoint: { epoch, seq }, remaining });
  return Buffer.concat([
    Buffer.from('{"documents":['),
    typeof json === 'string' ? Buffer.from(json) : json,
    Buffer.from(`],${tail.slice(1)}`),
  ]);
}

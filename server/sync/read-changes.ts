import type { CollectionName } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import type { Checkpoint } from '../../shared/protocol/messages';
import type { Store } from '../store/port';
import { epochToRead } from './epoch-to-read';

/**
 * A page of changes as the bytes of a PullReply, in pieces. The stored JSON is sent as it is: never parsed, printed or copied.
 * Throws EPOCH_CHANGED, BAD_CHECKPOINT (from the future), METHOD_NOT_ALLOWED (a collection that is only sent).
 */
export async function readChanges(options: {
  store: Store;
  storeId: string;
  collection: CollectionName;
  checkpoint: Checkpoint;
  limit: number;
  /** Told by how many sequence numbers the asking terminal is behind. */
  noteLag?: (behind: number) => void;
}): Promise<Uint8Array[]> {
  const { store, storeId, collection, checkpoint, limit } = options;
  const epoch = await epochToRead(store, storeId, collection);
  if (checkpoint.seq > 0 && checkpoint.epoch !== epoch)
    throw new AppError('EPOCH_CHANGED', { epoch });
  const page = await store.scope(storeId).documents.changes(collection, checkpoint.seq, limit);
  if (checkpoint.seq > page.lastSeq) throw new AppError('BAD_CHECKPOINT');
  options.noteLag?.(page.lastSeq - checkpoint.seq);
  const { seq, remaining, json, lastSeq, contents, cut } = page;
  const tail = JSON.stringify({
    checkpoint: { epoch, seq },
    remaining,
    /* Only where nothing was written after this page: then it is what the collection held at this very checkpoint. */
    ...(seq === lastSeq ? { contents } : {}),
    ...(cut === null ? {} : { cut }),
  });
  return [
    Buffer.from('{"documents":['),
    typeof json === 'string' ? Buffer.from(json) : json,
    Buffer.from(`],${tail.slice(1)}`),
  ];
}

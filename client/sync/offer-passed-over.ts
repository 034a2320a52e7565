import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb';
import type { AnyDocument } from '../../schemas/registry';
import type { ReceivedVersions } from './received-versions';

/**
 * RxDB drops a received document, for good, where it takes the one here for a write that has still to go out. Where it
 * has gone out, and this terminal died before RxDB took note, RxDB finds that write again by its clock; under a clock
 * that was set back it does not. Such documents are written anew as they are, while RxDB listens: the push handler is
 * asked, sees that they need no sending, and answers with the server's present state. Returns how many there were.
 */
export async function offerPassedOver<T extends AnyDocument>(
  collection: RxCollection<T>,
  received: ReceivedVersions,
): Promise<number> {
  const ids = received.overStored();
  if (ids.length === 0) return 0;
  const stored = await collection.storageInstance.findDocumentsById(ids, false);
  const rows: BulkWriteRow<T>[] = stored
    .filter(({ id, ver, pending }) => pending !== 1 && ver < received.versionOf(id))
    .map((previous) => ({ previous, document: { ...previous } as RxDocumentData<T> }));
  if (rows.length > 0) await collection.storageInstance.bulkWrite(rows, 'offer-passed-over');
  return rows.length;
}

import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb';
import type { AnyDocument } from '../../schemas/registry';
import type { Ids } from '../../shared/ports/ids';

/**
 * Gives pending documents an edit id of their own again, so that RxDB sees a new write and pushes it. Needed for what
 * the server refused (RxDB holds it to be sent), and for writes that its push checkpoint, which is a clock, has passed.
 * The content does not change; the server recognises an immutable document by its content.
 */
export async function restamp<T extends AnyDocument>(
  collection: RxCollection<T>,
  documentIds: readonly string[],
  ids: Ids,
): Promise<void> {
  if (documentIds.length === 0) return;
  const stored = await collection.storageInstance.findDocumentsById([...documentIds], false);
  const rows: BulkWriteRow<T>[] = [];
  for (const previous of stored) {
    if (previous.pending !== 1) continue;
    rows.push({
      previous,
      document: { ...previous, edit: ids.newId() } as unknown as RxDocumentData<T>,
    });
  }
  if (rows.length > 0) await collection.storageInstance.bulkWrite(rows, 'restamp');
}

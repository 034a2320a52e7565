import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb';
import type { AnyDocument } from '../../schemas/registry';

/** What the server acknowledged: the edit of the document that was sent, and the version that it got. */
export interface Acknowledgement {
  id: string;
  edit: string;
  ver: number;
}

/**
 * Takes the pending mark off the documents whose very edit was acknowledged. Runs inside of the push handler, before
 * RxDB learns that the push went well: a crash in between leaves the document pending, and it is sent again (F5).
 * A document that was edited meanwhile has another edit and stays pending; so does one that is written at this moment.
 */
export async function acknowledge<T extends AnyDocument>(
  collection: RxCollection<T>,
  acknowledgements: readonly Acknowledgement[],
): Promise<void> {
  if (acknowledgements.length === 0) return;
  const byId = new Map(acknowledgements.map((entry) => [entry.id, entry]));
  const stored = await collection.storageInstance.findDocumentsById([...byId.keys()], false);
  const rows: BulkWriteRow<T>[] = [];
  for (const previous of stored) {
    const entry = byId.get(previous.id);
    if (entry === undefined || previous.edit !== entry.edit) continue;
    rows.push({
      previous,
      document: { ...previous, ver: entry.ver, pending: 0 } as unknown as RxDocumentData<T>,
    });
  }
  if (rows.length > 0) await collection.storageInstance.bulkWrite(rows, 'acknowledge');
}

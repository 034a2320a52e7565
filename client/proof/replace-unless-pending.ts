import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb';
import type { AnyDocument } from '../../schemas/registry';

type Stored = RxDocumentData<AnyDocument>;

/** Writes what becomes of each document, straight into the storage, unless it is pending or is written at this moment. */
export async function replaceUnlessPending(
  { storageInstance }: RxCollection<AnyDocument>,
  next: ReadonlyMap<string, (stored: Stored | undefined) => AnyDocument | null>,
  context: string,
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
  const { error } = await storageInstance.bulkWrite(rows, context);
  const written = rows.length - error.length;
  return { written, skipped: next.size - written };
}

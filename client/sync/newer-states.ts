import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb';
import type { AnyDocument } from '../../schemas/registry';

/**
 * What a pull brings of documents that stand here already.
 *
 * RxDB passes over a pulled document, for good, while it takes the local one for a write that has to go up first. That
 * is so while a push is under way, and after it until RxDB has written its own notes: a state that the server made in
 * that time would never arrive. So a newer state of an acknowledged document is stored here, before RxDB sees the page
 * and moves its checkpoint; of a pending one it is kept in mind until the push is answered (`acknowledge`). A crash in
 * between costs nothing: the push is repeated, and the server answers with the newer state itself.
 */
export class NewerStates<T extends AnyDocument> {
  readonly #seen = new Map<string, T>();

  constructor(private readonly collection: RxCollection<T>) {}

  /** The newest state that a pull brought of a document that was pending then. */
  of(id: string): T | undefined {
    return this.#seen.get(id);
  }

  /** Takes a page before RxDB does. */
  async take(documents: readonly T[]): Promise<void> {
    let open = new Map(documents.map((document) => [document.id, document]));
    /* A row that somebody writes at this very moment is looked at again. */
    while (open.size > 0) {
      const stored = await this.collection.storageInstance.findDocumentsById(
        [...open.keys()],
        false,
      );
      const rows: BulkWriteRow<T>[] = [];
      for (const previous of stored) {
        const next = open.get(previous.id);
        if (next === undefined || next.ver <= previous.ver) continue;
        if (previous.pending === 1) this.#seen.set(next.id, next);
        else rows.push({ previous, document: stateOver(previous, next) });
      }
      if (rows.length === 0) return;
      const { error } = await this.collection.storageInstance.bulkWrite(rows, 'newer-state');
      const again = new Set(error.map(({ documentId }) => documentId));
      open = new Map([...open].filter(([id]) => again.has(id)));
    }
  }
}

/** A state of the server, over what is stored: RxDB's own fields stay. */
export const stateOver = <T extends AnyDocument>(
  previous: RxDocumentData<T>,
  next: T,
): RxDocumentData<T> => {
  const { _meta, _rev, _attachments, _deleted } = previous;
  return { ...next, _meta, _rev, _attachments, _deleted } as RxDocumentData<T>;
};

import type { RxCollection, RxDocumentData } from 'rxdb';
import { getChangedDocumentsSince } from 'rxdb/plugins/core';

/** Documents read at a time: between two of them the screen draws and listens. */
const CHUNK = 1000;

/** A document as its schema has it: RxDB's own fields stay behind. */
export function contentOf<T>(document: RxDocumentData<T>): T {
  const { _deleted, _meta, _rev, _attachments, ...content } = document;
  return content as T;
}

/**
 * Hands over every document of a collection, a chunk at a time, in the order of their last change. Asks the storage
 * itself: RxDB's document objects cost more than the reading does, and all of them at once freeze the screen. What is
 * written meanwhile comes once more, or is heard of by its event alone: subscribe before.
 */
export async function readCollection<T>(
  collection: RxCollection<T>,
  take: (documents: readonly T[]) => void,
): Promise<void> {
  let checkpoint: unknown;
  for (;;) {
    const chunk = await getChangedDocumentsSince(collection.storageInstance, CHUNK, checkpoint);
    take(chunk.documents.filter(({ _deleted }) => !_deleted).map(contentOf));
    if (chunk.documents.length < CHUNK) return;
    checkpoint = chunk.checkpoint;
  }
}

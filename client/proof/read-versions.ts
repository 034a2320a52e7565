import { getChangedDocumentsSince, type RxCollection } from 'rxdb/plugins/core';
import type { AnyDocument } from '../../schemas/registry';
import type { LocalVersion } from '../../shared/proof/classify';

/** Documents read at a time. */
const CHUNK = 2000;

/**
 * The versions of all documents of a collection by id. Asks the storage itself, in the one order that each has an index
 * for (that of changes): RxDB's document objects cost more than the reading does.
 */
export async function readVersions<T extends AnyDocument>(
  collection: RxCollection<T>,
): Promise<Map<string, LocalVersion>> {
  const versions = new Map<string, LocalVersion>();
  let checkpoint: unknown;
  for (;;) {
    const chunk = await getChangedDocumentsSince(collection.storageInstance, CHUNK, checkpoint);
    /* What is edited meanwhile comes once more, later in this order: the last state counts. */
    for (const { id, ver, pending, _deleted } of chunk.documents) {
      if (_deleted) versions.delete(id);
      else versions.set(id, { ver, pending });
    }
    if (chunk.documents.length < CHUNK) return versions;
    checkpoint = chunk.checkpoint;
  }
}

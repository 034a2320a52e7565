import { type FilledMangoQuery, prepareQuery, type RxCollection } from 'rxdb/plugins/core';
import type { AnyDocument } from '../../schemas/registry';
import type { LocalVersion } from '../../shared/proof/classify';

/** Documents read at a time. */
const CHUNK = 5000;

/**
 * The versions of all documents of a collection by id. Asks the storage itself, in the one order that each has an index
 * for (that of changes): RxDB's document objects cost more than the reading does. Its own way to read in that order asks
 * for "later, or as late and with a greater id", which Dexie answers by reading everything that is left, chunk after chunk.
 */
export async function readVersions<T extends AnyDocument>(
  collection: RxCollection<T>,
): Promise<Map<string, LocalVersion>> {
  const { storageInstance } = collection;
  const versions = new Map<string, LocalVersion>();
  let since = 0;
  let limit = CHUNK;
  for (;;) {
    const query = {
      selector: { '_meta.lwt': { $gte: since } },
      sort: [{ '_meta.lwt': 'asc' }, { id: 'asc' }],
      skip: 0,
      limit,
    } as unknown as FilledMangoQuery<T>;
    const { documents } = await storageInstance.query(prepareQuery(storageInstance.schema, query));
    /* What is edited meanwhile comes once more, later in this order: the last state counts. */
    for (const { id, ver, pending, _deleted } of documents) {
      if (_deleted) versions.delete(id);
      else versions.set(id, { ver, pending });
    }
    const last = documents.at(-1)?._meta.lwt;
    if (last === undefined || documents.length < limit) return versions;
    /* More were written at one moment than are read at a time: only more at a time leads past them. */
    if (last === since) limit *= 2;
    since = last;
  }
}

import type { Kysely } from 'kysely';
import type { CollectionName } from '../../schemas/registry';
import { chunks } from './chunks';
import type { DocumentStore } from './port';
import type { Tables } from './tables';

/** `DocumentStore.findEdits` and `forgetEdits`. */
export function kyselyEdits(
  db: Kysely<Tables>,
  storeId: string,
): Pick<DocumentStore, 'findEdits' | 'forgetEdits'> {
  const of = (collection: CollectionName) =>
    db.selectFrom('edits').where('store_id', '=', storeId).where('collection', '=', collection);

  const versionsOf = async (collection: CollectionName, ids: readonly string[]) => {
    const versions = new Map<string, number>();
    for (const chunk of chunks(ids)) {
      const rows = await db
        .selectFrom('documents')
        .where('store_id', '=', storeId)
        .where('collection', '=', collection)
        .where('id', 'in', chunk)
        .select(['id', 'ver'])
        .execute();
      for (const { id, ver } of rows) versions.set(id, Number(ver));
    }
    return versions;
  };

  return {
    async findEdits(collection, edits) {
      const found = new Map<string, { id: string; ver: number }>();
      for (const chunk of chunks(edits)) {
        const rows = await of(collection)
          .where('edit', 'in', chunk)
          .select(['edit', 'id', 'ver'])
          .execute();
        for (const { edit, id, ver } of rows) found.set(edit, { id, ver: Number(ver) });
      }
      return found;
    },

    async forgetEdits(collection, { behind, after, limit }) {
      const page = await of(collection)
        .where('edit', '>', after)
        .orderBy('edit')
        .limit(limit)
        .select(['edit', 'id', 'ver'])
        .execute();
      const versions = await versionsOf(collection, [...new Set(page.map(({ id }) => id))]);
      const old = page.filter(({ id, ver }) => Number(ver) <= (versions.get(id) ?? 0) - behind);
      for (const chunk of chunks(old.map(({ edit }) => edit))) {
        await db
          .deleteFrom('edits')
          .where('store_id', '=', storeId)
          .where('collection', '=', collection)
          .where('edit', 'in', chunk)
          .execute();
      }
      const last = page.length < limit ? undefined : page.at(-1);
      return { forgotten: old.length, after: last?.edit ?? null };
    },
  };
}

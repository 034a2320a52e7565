import type { Kysely } from 'kysely';
import type { CollectionName } from '../../schemas/registry';
import { MERGED_COLLECTIONS } from '../../shared/conflict/merged-collections';
import type { DocumentStore } from './port';
import type { Tables } from './tables';

/**
 * Begins a new life of a store's data, to be called inside of a transaction: the documents that terminals merge are kept
 * as this life began with them. What a terminal has from the life before came from these very states, where that life is
 * the parent of this one: without them nobody could tell what changed on which side.
 */
export async function beginLife(db: Kysely<Tables>, storeId: string, epoch: string): Promise<void> {
  await db
    .updateTable('stores')
    .set(({ ref }) => ({ parent_epoch: ref('epoch'), epoch }))
    .where('store_id', '=', storeId)
    .execute();
  /* Terminals may have rotated on since the backup: that is no copy of them. */
  await db.updateTable('terminals').set({ nonce: '' }).where('store_id', '=', storeId).execute();
  await db.deleteFrom('origins').where('store_id', '=', storeId).execute();
  await db
    .insertInto('origins')
    .columns(['store_id', 'collection', 'id', 'json'])
    .expression(
      db
        .selectFrom('documents')
        .where('store_id', '=', storeId)
        .where('collection', 'in', [...MERGED_COLLECTIONS])
        .select(['store_id', 'collection', 'id', 'json']),
    )
    .execute();
}

/** `DocumentStore.origins`. */
export function kyselyOrigins(db: Kysely<Tables>, storeId: string): DocumentStore['origins'] {
  return async (collection: CollectionName, ids: readonly string[]) => {
    const store = await db
      .selectFrom('stores')
      .where('store_id', '=', storeId)
      .select('parent_epoch')
      .executeTakeFirst();
    const rows =
      ids.length === 0
        ? []
        : await db
            .selectFrom('origins')
            .where('store_id', '=', storeId)
            .where('collection', '=', collection)
            .where('id', 'in', [...ids])
            .select('json')
            .execute();
    return { parent: store?.parent_epoch ?? '', documents: rows.map(({ json }) => json) };
  };
}

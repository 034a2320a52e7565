import type { Kysely } from 'kysely';
import type { LimitStore } from './port';
import type { Tables } from './tables';

export function kyselyLimits(db: Kysely<Tables>, storeId: string): LimitStore {
  return {
    async hit(key, { now, windowMs }) {
      const row = await db
        .insertInto('limits')
        .values({ store_id: storeId, key, hits: 1, resets_at: now + windowMs })
        .onConflict((conflict) =>
          conflict.columns(['store_id', 'key']).doUpdateSet((column) => ({
            hits: column
              .case()
              .when('limits.resets_at', '<=', now)
              .then(column.lit(1))
              .else(column('limits.hits', '+', column.lit(1)))
              .end(),
            resets_at: column
              .case()
              .when('limits.resets_at', '<=', now)
              .then(column.ref('excluded.resets_at'))
              .else(column.ref('limits.resets_at'))
              .end(),
          })),
        )
        .returning(['hits', 'resets_at'])
        .executeTakeFirstOrThrow();
      const hits = Number(row.hits);
      /* Whoever opens a window sweeps those that have passed: the table holds what was tried within one, no more. */
      if (hits === 1) {
        await db
          .deleteFrom('limits')
          .where('store_id', '=', storeId)
          .where('resets_at', '<=', now)
          .execute();
      }
      return { hits, resetsAt: Number(row.resets_at) };
    },

    async undo(key) {
      await db
        .updateTable('limits')
        .set((column) => ({ hits: column('hits', '-', column.lit(1)) }))
        .where('store_id', '=', storeId)
        .where('key', '=', key)
        .where('hits', '>', 0)
        .execute();
    },

    async forget(key) {
      await db
        .deleteFrom('limits')
        .where('store_id', '=', storeId)
        .where('key', '=', key)
        .execute();
    },
  };
}

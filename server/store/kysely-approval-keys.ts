import type { Kysely } from 'kysely';
import type { AuthStore } from './auth-port';
import type { Tables } from './tables';

/** Keys by which users approve; none is ever removed. */
export function kyselyApprovalKeys(
  db: Kysely<Tables>,
  storeId: string,
): Pick<AuthStore, 'addApprovalKey' | 'approvalKeys'> {
  return {
    async addApprovalKey(userId, key) {
      await db
        .insertInto('approval_keys')
        .values({ store_id: storeId, user_id: userId, key_text: key })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async approvalKeys(userId) {
      const rows = await db
        .selectFrom('approval_keys')
        .where('store_id', '=', storeId)
        .where('user_id', '=', userId)
        .select('key_text')
        .execute();
      return rows.map(({ key_text }) => key_text);
    },
  };
}

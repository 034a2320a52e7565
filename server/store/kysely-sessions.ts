import type { Kysely } from 'kysely';
import type { AuthStore } from './auth-port';
import type { Tables } from './tables';

/** Who is logged in, and who ever was, at which terminal. */
export function kyselySessions(
  db: Kysely<Tables>,
  storeId: string,
): Pick<
  AuthStore,
  | 'addSession'
  | 'session'
  | 'extendSession'
  | 'removeSession'
  | 'removeSessionsOf'
  | 'removeSessionsOfUser'
  | 'removeExpiredSessions'
  | 'addLogin'
  | 'hasLoggedIn'
  | 'lastLoginAt'
  | 'lastLogins'
> {
  const lastLoginAt = async (terminalId: string, userId: string): Promise<string | null> => {
    const row = await db
      .selectFrom('logins')
      .where('store_id', '=', storeId)
      .where('terminal_id', '=', terminalId)
      .where('user_id', '=', userId)
      .select('last_at')
      .executeTakeFirst();
    return row?.last_at ?? null;
  };
  return {
    async addSession({ tokenHash, userId, terminalId, expiresAt }) {
      await db
        .insertInto('sessions')
        .values({
          store_id: storeId,
          token_hash: tokenHash,
          user_id: userId,
          terminal_id: terminalId,
          expires_at: expiresAt,
        })
        .execute();
    },
    async session(tokenHash) {
      const row = await db
        .selectFrom('sessions')
        .where('store_id', '=', storeId)
        .where('token_hash', '=', tokenHash)
        .selectAll()
        .executeTakeFirst();
      return row === undefined
        ? null
        : { userId: row.user_id, terminalId: row.terminal_id, expiresAt: row.expires_at };
    },
    async extendSession(tokenHash, expiresAt) {
      await db
        .updateTable('sessions')
        .set({ expires_at: expiresAt })
        .where('store_id', '=', storeId)
        .where('token_hash', '=', tokenHash)
        .execute();
    },
    async removeSession(tokenHash) {
      await db
        .deleteFrom('sessions')
        .where('store_id', '=', storeId)
        .where('token_hash', '=', tokenHash)
        .execute();
    },
    async removeSessionsOf(terminalId) {
      await db
        .deleteFrom('sessions')
        .where('store_id', '=', storeId)
        .where('terminal_id', '=', terminalId)
        .execute();
    },
    async removeSessionsOfUser(userId, exceptTokenHash) {
      await db
        .deleteFrom('sessions')
        .where('store_id', '=', storeId)
        .where('user_id', '=', userId)
        .where('token_hash', '!=', exceptTokenHash)
        .execute();
    },
    async removeExpiredSessions(at) {
      await db
        .deleteFrom('sessions')
        .where('store_id', '=', storeId)
        .where('expires_at', '<=', at)
        .execute();
    },
    async addLogin(terminalId, userId, at) {
      await db
        .insertInto('logins')
        .values({ store_id: storeId, terminal_id: terminalId, user_id: userId, last_at: at })
        .onConflict((conflict) =>
          conflict
            .columns(['store_id', 'terminal_id', 'user_id'])
            .doUpdateSet((column) => ({ last_at: column.ref('excluded.last_at') })),
        )
        .execute();
    },
    hasLoggedIn: async (terminalId, userId) => (await lastLoginAt(terminalId, userId)) !== null,
    lastLoginAt,
    async lastLogins() {
      const rows = await db
        .selectFrom('logins')
        .where('store_id', '=', storeId)
        .groupBy('user_id')
        .select((column) => ['user_id', column.fn.max('last_at').as('last')])
        .execute();
      return new Map(rows.map(({ user_id, last }) => [user_id, String(last)]));
    },
  };
}

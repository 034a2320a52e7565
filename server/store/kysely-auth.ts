import type { Kysely, Selectable, Updateable } from 'kysely';
import type { AuthStore, StoredTerminal } from './auth-port';
import { kyselyApprovalKeys } from './kysely-approval-keys';
import { kyselySessions } from './kysely-sessions';
import type { Tables, TerminalsTable } from './tables';

export const toTerminal = (row: Selectable<TerminalsTable>): StoredTerminal => ({
  storeId: row.store_id,
  id: row.terminal_id,
  number: Number(row.number),
  name: row.name,
  enrolledAt: row.enrolled_at,
  lastSeenAt: row.last_seen_at,
  revokedAt: row.revoked_at,
  publicKey: row.public_key,
  nonce: row.nonce,
  copiedAt: row.copied_at,
  signedFrom: Number(row.signed_from),
});

export function kyselyAuth(db: Kysely<Tables>, storeId: string): AuthStore {
  const setOf = async (
    terminalId: string,
    values: Updateable<TerminalsTable>,
  ): Promise<boolean> => {
    const result = await db
      .updateTable('terminals')
      .set(values)
      .where('store_id', '=', storeId)
      .where('terminal_id', '=', terminalId)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  };
  return {
    async addTerminal(terminal) {
      await db
        .insertInto('terminals')
        .values({
          store_id: storeId,
          terminal_id: terminal.id,
          number: terminal.number,
          name: terminal.name,
          credential_hash: terminal.credentialHash,
          enrolled_at: terminal.enrolledAt,
          last_seen_at: terminal.lastSeenAt,
          revoked_at: terminal.revokedAt,
          public_key: terminal.publicKey,
          nonce: terminal.nonce,
          copied_at: terminal.copiedAt,
          signed_from: terminal.signedFrom,
        })
        .execute();
    },
    async nextTerminalNumber() {
      /* Rows of terminals are never removed, so a number is never given twice. */
      const row = await db
        .selectFrom('terminals')
        .where('store_id', '=', storeId)
        .select((column) => column.fn.max('number').as('highest'))
        .executeTakeFirst();
      return Number(row?.highest ?? 0) + 1;
    },
    async terminals() {
      const rows = await db
        .selectFrom('terminals')
        .where('store_id', '=', storeId)
        .orderBy('number')
        .selectAll()
        .execute();
      return rows.map(toTerminal);
    },
    async touchTerminal(terminalId, at) {
      await setOf(terminalId, { last_seen_at: at });
    },
    renameTerminal: (terminalId, name) => setOf(terminalId, { name }),
    async setPublicKey(terminalId, publicKey) {
      await setOf(terminalId, { public_key: publicKey });
    },
    async setCredential(terminalId, credentialHash) {
      await setOf(terminalId, { credential_hash: credentialHash });
    },
    async setNonce(terminalId, nonce) {
      await setOf(terminalId, { nonce });
    },
    async noteCopy(terminalId, at) {
      await setOf(terminalId, { copied_at: at });
    },
    async noteSigned(terminalId, serial) {
      await db
        .updateTable('terminals')
        .set({ signed_from: serial })
        .where('store_id', '=', storeId)
        .where('terminal_id', '=', terminalId)
        .where((at) => at.or([at('signed_from', '=', 0), at('signed_from', '>', serial)]))
        .execute();
    },
    async addChallenge({ hash, terminalId, expiresAt }) {
      await db
        .insertInto('challenges')
        .values({
          store_id: storeId,
          challenge_hash: hash,
          terminal_id: terminalId,
          expires_at: expiresAt,
        })
        .execute();
    },
    async redeemChallenge(hash, terminalId, at) {
      const result = await db
        .deleteFrom('challenges')
        .where('store_id', '=', storeId)
        .where('challenge_hash', '=', hash)
        .where('terminal_id', '=', terminalId)
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    async removeExpiredChallenges(at) {
      await db
        .deleteFrom('challenges')
        .where('store_id', '=', storeId)
        .where('expires_at', '<=', at)
        .execute();
    },
    async revokeTerminal(terminalId, at) {
      const result = await db
        .updateTable('terminals')
        .set({ revoked_at: at })
        .where('store_id', '=', storeId)
        .where('terminal_id', '=', terminalId)
        .where('revoked_at', '=', '')
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async addCode(codeHash, expiresAt) {
      await db
        .insertInto('enrolment_codes')
        .values({
          store_id: storeId,
          code_hash: codeHash,
          expires_at: expiresAt,
          used_at: '',
          terminal_id: '',
        })
        .execute();
    },
    async redeemCode(codeHash, at, terminalId = '') {
      const result = await db
        .updateTable('enrolment_codes')
        .set({ used_at: at, terminal_id: terminalId })
        .where('store_id', '=', storeId)
        .where('code_hash', '=', codeHash)
        .where('used_at', '=', '')
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async terminalOfCode(codeHash, at) {
      const code = await db
        .selectFrom('enrolment_codes')
        .where('store_id', '=', storeId)
        .where('code_hash', '=', codeHash)
        .where('expires_at', '>', at)
        .select('terminal_id')
        .executeTakeFirst();
      if (code === undefined || code.terminal_id === '') return null;
      const row = await db
        .selectFrom('terminals')
        .where('store_id', '=', storeId)
        .where('terminal_id', '=', code.terminal_id)
        .selectAll()
        .executeTakeFirst();
      return row === undefined ? null : toTerminal(row);
    },
    async countUsableCodes(at) {
      const row = await db
        .selectFrom('enrolment_codes')
        .where('store_id', '=', storeId)
        .where('used_at', '=', '')
        .where('expires_at', '>', at)
        .select((column) => column.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },
    async setPassword({ userId, userName, passwordHash }) {
      await db
        .insertInto('credentials')
        .values({
          store_id: storeId,
          user_id: userId,
          user_name: userName,
          password_hash: passwordHash,
        })
        .onConflict((conflict) =>
          conflict.columns(['store_id', 'user_id']).doUpdateSet((column) => ({
            user_name: column.ref('excluded.user_name'),
            password_hash: column.ref('excluded.password_hash'),
          })),
        )
        .execute();
    },
    async password(userName) {
      const row = await db
        .selectFrom('credentials')
        .where('store_id', '=', storeId)
        .where('user_name', '=', userName)
        .select(['user_id', 'password_hash'])
        .executeTakeFirst();
      return row === undefined ? null : { userId: row.user_id, passwordHash: row.password_hash };
    },
    ...kyselySessions(db, storeId),
    ...kyselyApprovalKeys(db, storeId),
  };
}

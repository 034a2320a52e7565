import { type Kysely, type Selectable, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import { type StoreProfile, storeProfileSchema } from '../../shared/protocol/messages';
import { kyselyAuth, toTerminal } from './kysely-auth';
import { kyselyDocuments } from './kysely-documents';
import { kyselyJournal } from './kysely-journal';
import { kyselyLedger } from './kysely-ledger';
import { migrations } from './migrations';
import type { Store, StoredStore, StoreScope } from './port';
import type { StoresTable, Tables } from './tables';

/** The store over any database that Kysely speaks to; brings the tables up to date first. */
export async function createKyselyStore(db: Kysely<Tables>): Promise<Store> {
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error !== undefined) throw new AppError('INTERNAL', { migration: true }, { cause: error });

  const scopeOver = (executor: Kysely<Tables>, storeId: string): StoreScope => ({
    storeId,
    self: () => findStore(executor, storeId),
    documents: kyselyDocuments(executor, storeId),
    ledger: kyselyLedger(executor, storeId),
    auth: kyselyAuth(executor, storeId),
    journal: kyselyJournal(executor, storeId),
  });

  return {
    async stores() {
      const rows = await db.selectFrom('stores').selectAll().orderBy('store_id').execute();
      return rows.map(toStore);
    },
    async addStore({ id, epoch, profile, demo }) {
      await db
        .insertInto('stores')
        .values({ store_id: id, epoch, profile: JSON.stringify(profile), demo: demo ? 1 : 0 })
        .execute();
    },
    async setEpoch(storeId, epoch) {
      await db.updateTable('stores').set({ epoch }).where('store_id', '=', storeId).execute();
      /* Terminals may have rotated on since the backup: that is no copy of them. */
      await db
        .updateTable('terminals')
        .set({ nonce: '' })
        .where('store_id', '=', storeId)
        .execute();
    },
    store: (storeId) => findStore(db, storeId),
    async terminalByCredential(credentialHash) {
      const row = await db
        .selectFrom('terminals')
        .where('credential_hash', '=', credentialHash)
        .selectAll()
        .executeTakeFirst();
      return row === undefined ? null : toTerminal(row);
    },
    async terminalById(terminalId) {
      const row = await db
        .selectFrom('terminals')
        .where('terminal_id', '=', terminalId)
        .selectAll()
        .executeTakeFirst();
      return row === undefined ? null : toTerminal(row);
    },
    async storeOfCode(codeHash, at) {
      const row = await db
        .selectFrom('enrolment_codes')
        .where('code_hash', '=', codeHash)
        .where('expires_at', '>', at)
        .select('store_id')
        .executeTakeFirst();
      return row?.store_id ?? null;
    },
    scope: (storeId) => scopeOver(db, storeId),
    transaction: (storeId, work) =>
      db.transaction().execute((transaction) => work(scopeOver(transaction, storeId))),
    async ready() {
      try {
        await sql`select 1`.execute(db);
        return true;
      } catch {
        return false;
      }
    },
    close: () => db.destroy(),
  };
}

async function findStore(db: Kysely<Tables>, storeId: string): Promise<StoredStore | null> {
  const row = await db
    .selectFrom('stores')
    .where('store_id', '=', storeId)
    .selectAll()
    .executeTakeFirst();
  return row === undefined ? null : toStore(row);
}

function toStore(row: Selectable<StoresTable>): StoredStore {
  const profile = validate<StoreProfile>(storeProfileSchema, JSON.parse(row.profile));
  if (!profile.ok) throw new AppError('INTERNAL', { store: row.store_id, path: profile.path });
  return {
    id: row.store_id,
    epoch: row.epoch,
    profile: profile.value,
    demo: Number(row.demo) === 1,
  };
}

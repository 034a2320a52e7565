import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely, Selectable } from 'kysely';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import { type StoreProfile, storeProfileSchema } from '../../shared/protocol/messages';
import { isUndone } from './busy-error';
import { lockStore } from './dialect';
import { kyselyArchive } from './kysely-archive';
import { kyselyAuth, toTerminal } from './kysely-auth';
import { kyselyDocuments } from './kysely-documents';
import { kyselyFleet } from './kysely-fleet';
import { kyselyJournal } from './kysely-journal';
import { kyselyLedger } from './kysely-ledger';
import { kyselyLimits } from './kysely-limits';
import { beginLife } from './kysely-origins';
import { migrate } from './migrate';
import type { Store, StoredStore, StoreScope } from './port';
import { readinessOf } from './readiness';
import type { StoresTable, Tables } from './tables';

/** The store over any database that Kysely speaks to; brings the tables up to date first. */
export async function createKyselyStore(db: Kysely<Tables>): Promise<Store> {
  await migrate(db);

  const scopeOver = (executor: Kysely<Tables>, storeId: string): StoreScope => ({
    storeId,
    self: () => findStore(executor, storeId),
    async setProfile(profile) {
      await executor
        .updateTable('stores')
        .set({ profile: JSON.stringify(profile) })
        .where('store_id', '=', storeId)
        .execute();
    },
    documents: kyselyDocuments(executor, storeId),
    ledger: kyselyLedger(executor, storeId),
    auth: kyselyAuth(executor, storeId),
    journal: kyselyJournal(executor, storeId),
    fleet: kyselyFleet(executor, storeId),
    archive: kyselyArchive(executor, storeId),
  });

  return {
    async stores() {
      const rows = await db.selectFrom('stores').selectAll().orderBy('store_id').execute();
      return rows.map(toStore);
    },
    addStore({ id, epoch, profile, demo }, fill) {
      return transact(db, async (transaction) => {
        const added = await transaction
          .insertInto('stores')
          .values({ store_id: id, epoch, profile: JSON.stringify(profile), demo: demo ? 1 : 0 })
          .onConflict((conflict) => conflict.doNothing())
          .returning('store_id')
          .executeTakeFirst();
        if (added === undefined) return false;
        await fill?.(scopeOver(transaction, id));
        return true;
      });
    },
    async setEpoch(storeId, epoch) {
      await transact(db, (transaction) => beginLife(transaction, storeId, epoch));
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
    limits: (storeId) => kyselyLimits(db, storeId),
    transaction: (storeId, work) =>
      transact(db, async (transaction) => {
        await lockStore(transaction, storeId);
        return work(scopeOver(transaction, storeId));
      }),
    readiness: readinessOf(db),
    close: () => db.destroy(),
  };
}

/** Tries of one transaction that the database undoes by itself: a deadlock, or what a distributed one cannot order. */
const TRIES = 5;
const RETRY_MS = 5;

async function transact<T>(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (tries === TRIES || !isUndone(error)) throw error;
      await wait(RETRY_MS * 2 ** tries);
    }
  }
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
  const demo = Number(row.demo) === 1;
  return {
    id: row.store_id,
    epoch: row.epoch,
    profile: { ...profile.value, demo },
    demo,
  };
}

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Kysely } from 'kysely';
import Database from 'libsql';
import { AppError } from '../../../shared/errors/app-error';
import { kyselyJournal } from '../kysely-journal';
import { beginLife } from '../kysely-origins';
import { appliedMigrations, migrate } from '../migrate';
import { type DataPlace, openDatabase, sqliteFile } from '../open-database';
import type { Tables } from '../tables';
import { readBackupFile, writeBackupFile } from './backup-file';
import { loadTables } from './load-tables';
import { atOneMoment, readTables } from './read-tables';

/** In a data folder whose data went to PostgreSQL: a server that went on here would be a second life of the same epoch. */
const MOVED = 'MOVED_TO_POSTGRES';

async function withDatabase<T>(place: DataPlace, work: (db: Kysely<Tables>) => Promise<T>) {
  const db = openDatabase(place, () => {});
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** What `migrate:postgres` left in a data folder, or null: then a server may work there. */
export function movedNotice({ dataDir, databaseUrl }: DataPlace): string | null {
  const marker = path.join(dataDir, MOVED);
  return databaseUrl === undefined && existsSync(marker) ? readFileSync(marker, 'utf8') : null;
}

/** Writes all data, as they are at one moment, to a file; servers may go on working. Returns the number of rows. */
export function backup(place: DataPlace, file: string, at: string): Promise<number> {
  return withDatabase(place, (db) =>
    atOneMoment(db, async (transaction) => {
      const migrations = await appliedMigrations(transaction);
      return writeBackupFile(file, { at, migrations, batches: readTables(transaction) });
    }),
  );
}

/**
 * Fills an empty database from a backup of either database, and begins a new epoch for each store in the same
 * transaction: terminals then send again what the backup lacks (F12).
 */
export async function restore(
  place: DataPlace,
  file: string,
  { newId, at }: { newId: () => string; at: string },
): Promise<{ rows: number; madeAt: string }> {
  const source = await readBackupFile(file);
  const loaded = await withDatabase(place, (db) =>
    loadTables(db, source, async (transaction) => {
      const stores = await transaction.selectFrom('stores').select('store_id').execute();
      for (const { store_id: storeId } of stores) {
        const epoch = newId();
        await beginLife(transaction, storeId, epoch);
        await kyselyJournal(transaction, storeId).audit({
          id: newId(),
          at,
          actor: 'cli',
          action: 'restored',
          details: { epoch, madeAt: source.at },
        });
      }
    }),
  );
  return { rows: total(loaded), madeAt: source.at };
}

/**
 * Moves the data of a folder into an empty PostgreSQL database, epoch, sequence numbers, sessions and all: for the
 * terminals it is the same server. The folder stays as it is, and no server starts there any more. BAD_REQUEST: `inUse`
 * (a server has it open), `notEmpty` (the target).
 */
export async function moveToPostgres(
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl: string },
  at: string,
): Promise<number> {
  const marker = path.join(dataDir, MOVED);
  /* First, so that no server starts while the data are on their way; then see whether one has been running. */
  const wasThere = existsSync(marker);
  writeFileSync(marker, `${at}\n`);
  let isCommitting = false;
  try {
    if (isOpenElsewhere(sqliteFile(dataDir))) throw new AppError('BAD_REQUEST', { inUse: true });
    return await withDatabase({ dataDir }, async (from) => {
      await migrate(from);
      return withDatabase({ dataDir, databaseUrl }, (to) =>
        atOneMoment(from, async (transaction) => {
          const migrations = await appliedMigrations(transaction);
          const batches = readTables(transaction);
          const loaded = await loadTables(to, { migrations, batches }, async () => {
            isCommitting = true;
          });
          return total(loaded);
        }),
      );
    });
  } catch (error) {
    /* From the commit on nobody knows whether the data are there: then no server may go on here until somebody looked. */
    if (!isCommitting && !wasThere) rmSync(marker, { force: true });
    throw error;
  }
}

/** SQLite leaves its WAL mode only for whoever is alone with the file. */
function isOpenElsewhere(file: string): boolean {
  const database = new Database(file, { timeout: 500 });
  try {
    database.exec('pragma journal_mode = delete');
    const [mode] = database.prepare('pragma journal_mode').all() as { journal_mode: string }[];
    return mode?.journal_mode !== 'delete';
  } catch {
    return true;
  } finally {
    database.close();
  }
}

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

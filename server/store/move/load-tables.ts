import type { Kysely } from 'kysely';
import { AppError } from '../../../shared/errors/app-error';
import { appliedMigrations, knownMigrations, migrate } from '../migrate';
import type { Tables } from '../tables';
import { type RowBatch, tablesOf } from './read-tables';

/** Values of one INSERT; SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const VALUES = 30_000;

/** Where rows come from: the migrations that their tables had been through, and the rows. */
export interface RowSource {
  migrations: readonly string[];
  batches: AsyncIterable<RowBatch>;
}

/**
 * Fills an empty database, in one transaction: all of it or nothing. The tables are first brought to where the source's
 * were, and afterwards up to date, so that what is older than this program comes along. `finish` belongs to the same
 * transaction. Returns how many rows each table got. BAD_REQUEST: `notEmpty`, or `migration` (one that is unknown here).
 */
export async function loadTables(
  db: Kysely<Tables>,
  source: RowSource,
  finish?: (transaction: Kysely<Tables>) => Promise<void>,
): Promise<ReadonlyMap<string, number>> {
  const loaded = new Map<string, number>();
  const last = source.migrations.at(-1);
  if (last === undefined) throw new AppError('BAD_REQUEST', { migration: '' });
  await migrateTo(db, source.migrations);
  await db.transaction().execute(async (transaction) => {
    const store = await transaction.selectFrom('stores').select('store_id').executeTakeFirst();
    if (store !== undefined) throw new AppError('BAD_REQUEST', { notEmpty: true });
    const known = new Map(
      (await tablesOf(transaction)).map(({ name, columns }) => [name, columns.join()]),
    );
    for await (const { table, columns, rows } of source.batches) {
      const own = known.get(table)?.split(',').sort().join();
      if (own !== [...columns].sort().join()) throw new AppError('BAD_REQUEST', { table });
      await insert(transaction, { table, columns, rows });
      loaded.set(table, (loaded.get(table) ?? 0) + rows.length);
    }
    await finish?.(transaction);
  });
  await migrate(db);
  return loaded;
}

/** An empty database goes just as far as the source; one that has been further cannot go back. */
async function migrateTo(db: Kysely<Tables>, wanted: readonly string[]): Promise<void> {
  const known = await knownMigrations();
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new AppError('BAD_REQUEST', { migration: unknown });
  const here = await appliedMigrations(db);
  if (here.some((name) => !wanted.includes(name))) {
    throw new AppError('BAD_REQUEST', { notEmpty: true });
  }
  await migrate(db, wanted.at(-1));
}

async function insert(transaction: Kysely<Tables>, { table, columns, rows }: RowBatch) {
  const size = Math.max(1, Math.floor(VALUES / columns.length));
  for (let i = 0; i < rows.length; i += size) {
    const values = rows
      .slice(i, i + size)
      .map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
    await transaction
      .insertInto(table as keyof Tables)
      .values(values as never)
      .execute();
  }
}

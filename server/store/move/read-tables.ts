import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../dialect';
import type { Tables } from '../tables';

export type Value = string | number | null;

/** Rows of one table, each with its values in the order of `columns`. */
export interface RowBatch {
  table: string;
  columns: readonly string[];
  rows: readonly (readonly Value[])[];
}

const BATCH = 500;

/** Every table with its columns, as the database itself lists them: a migration that adds one needs no word here. */
export async function tablesOf(
  db: Kysely<Tables>,
): Promise<readonly { name: string; columns: readonly string[] }[]> {
  const tables = await db.introspection.getTables();
  const parts = new Set(isPostgres(db) ? await partNames(db) : []);
  return tables
    .filter(({ isView, schema }) => !isView && (schema ?? 'public') === 'public')
    .filter(({ name }) => !parts.has(name))
    .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Parts of tables that are partitioned: their rows are those of the whole. */
async function partNames(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relispartition and relnamespace = current_schema()::regnamespace`.execute(db);
  return rows.map(({ name }) => name);
}

/** Reads every row of every table. Call it inside of a transaction that sees one moment (see `atOneMoment`). */
export async function* readTables(transaction: Kysely<Tables>): AsyncGenerator<RowBatch> {
  for (const { name, columns } of await tablesOf(transaction)) {
    yield { table: name, columns, rows: [] };
    const batches = isPostgres(transaction)
      ? byCursor(transaction, name)
      : byRowId(transaction, name);
    for await (const found of batches) {
      const rows = found.map((row) => columns.map((column) => row[column] ?? null));
      yield { table: name, columns, rows };
    }
  }
}

type Row = Record<string, Value>;

async function* byCursor(transaction: Kysely<Tables>, table: string): AsyncGenerator<Row[]> {
  await sql`declare batch no scroll cursor for select * from ${sql.table(table)}`.execute(
    transaction,
  );
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(BATCH)} from batch`.execute(transaction);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close batch`.execute(transaction);
}

async function* byRowId(transaction: Kysely<Tables>, table: string): AsyncGenerator<Row[]> {
  for (let last = 0; ; ) {
    const { rows } = await sql<Row & { row_place: number }>`
      select rowid as row_place, * from ${sql.table(table)}
      where rowid > ${last} order by rowid limit ${BATCH}`.execute(transaction);
    if (rows.length === 0) return;
    yield rows;
    last = Number(rows.at(-1)?.row_place);
  }
}

/** Does the work over one state of everything, however much is written meanwhile; writers are not kept waiting. */
export function atOneMoment<T>(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const transaction = db.transaction();
  return isPostgres(db)
    ? transaction.setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
    : transaction.execute(work);
}

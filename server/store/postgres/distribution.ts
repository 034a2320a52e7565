import { type Kysely, sql } from 'kysely';
import { AppError } from '../../../shared/errors/app-error';

/*
 * How the tables are spread by store. Every key begins with `store_id` and no transaction spans two stores, so it takes no
 * more than to say so; what to say differs by engine. The tables are those that the database has: none can be forgotten.
 */

export const ENGINES = ['partitions', 'citus', 'yugabyte', 'cockroach'] as const;
export type Engine = (typeof ENGINES)[number];

/** Engines whose tables are turned by statements; of the others a role or the engine itself is told. */
export const turnsTables = (engine: Engine): boolean =>
  engine === 'partitions' || engine === 'citus';

interface StoreTable {
  name: string;
  isPartitioned: boolean;
}

/** Tables that are kept by store, `stores` first: the others lie where its rows do. Parts of a table are none. */
export async function storeTables<T>(db: Kysely<T>): Promise<readonly StoreTable[]> {
  const { rows } = await sql<StoreTable>`
    select c.relname as name, c.relkind = 'p' as "isPartitioned"
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'store_id' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname <> 'stores', c.relname`.execute(db);
  return rows;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Statements for a table that is empty or not; `role` is whom the servers connect as. */
export function engineStatements(
  engine: Exclude<Engine, 'partitions'>,
  { tables, role }: { tables: readonly string[]; role: string },
): readonly string[] {
  if (engine === 'yugabyte') {
    return [`alter role ${quoted(role)} set yb_use_hash_splitting_by_default = on`];
  }
  if (engine === 'cockroach') {
    return [`alter role ${quoted(role)} set default_transaction_isolation = 'read committed'`];
  }
  return [
    /* What refuses a change of the audit log is a trigger of each row; it asks nothing beyond that row. */
    'set local citus.enable_unsafe_triggers = on',
    ...tables.map((name) =>
      name === 'stores'
        ? `select create_distributed_table('stores', 'store_id')`
        : `select create_distributed_table('${name}', 'store_id', colocate_with => 'stores')`,
    ),
  ];
}

/** What a table has besides its columns, in words that make it again: whatever a migration gave it, and under the same names. */
async function furnishing<T>(db: Kysely<T>, table: string) {
  const read = async (query: ReturnType<typeof sql<{ text: string }>>): Promise<string[]> =>
    (await query.execute(db)).rows.map(({ text }) => text);
  return {
    constraints: await read(sql`
      select format('alter table %I add constraint %I %s', ${table}::text, conname, pg_get_constraintdef(oid)) as text
      from pg_constraint where conrelid = ${table}::regclass and contype in ('p', 'u') order by conname`),
    indexes: await read(sql`
      select pg_get_indexdef(i.indexrelid) as text from pg_index i
      where i.indrelid = ${table}::regclass
        and not exists (select 1 from pg_constraint where conindid = i.indexrelid) order by i.indexrelid::regclass::text`),
    triggers: await read(sql`
      select pg_get_triggerdef(oid) as text from pg_trigger
      where tgrelid = ${table}::regclass and not tgisinternal order by tgname`),
  };
}

/** Statements that turn one table into `parts` tables by the hash of its store, with all its rows. */
export async function partitionStatements<T>(
  db: Kysely<T>,
  table: string,
  parts: number,
): Promise<readonly string[]> {
  const { constraints, indexes, triggers } = await furnishing(db, table);
  const [own, whole] = [quoted(table), quoted(`${table}_whole`)];
  return [
    `alter table ${own} rename to ${whole}`,
    `create table ${own} (like ${whole} including defaults including constraints including storage) partition by hash (store_id)`,
    ...Array.from(
      { length: parts },
      (_, part) =>
        `create table ${quoted(`${table}_${part}`)} partition of ${own} for values with (modulus ${parts}, remainder ${part})`,
    ),
    `insert into ${own} select * from ${whole}`,
    /* Before its indexes and triggers: the names are free then. */
    `drop table ${whole}`,
    ...constraints,
    ...indexes,
    ...triggers,
  ];
}

const rowsIn = async <T>(db: Kysely<T>, table: string): Promise<number> => {
  const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(table)}`.execute(
    db,
  );
  return Number(rows[0]?.count);
};

/** What was turned, and how many rows it has. */
export interface Turned {
  table: string;
  rows: number;
}

/**
 * Spreads the tables, in one transaction during which nobody else uses them; what is partitioned already stays as it is.
 * A table that has not all its rows afterwards undoes it all: INTERNAL.
 */
export function distribute<T>(
  db: Kysely<T>,
  { engine, parts }: { engine: Engine; parts: number },
): Promise<readonly Turned[]> {
  return db.transaction().execute(async (transaction) => {
    const run = async (statements: readonly string[]): Promise<void> => {
      for (const statement of statements) {
        await sql.raw(statement).execute(transaction);
      }
    };
    await sql`set local statement_timeout = 0`.execute(transaction);
    if (engine !== 'partitions') {
      await run(await statementsOf(transaction, engine));
      return [];
    }
    const turned: Turned[] = [];
    const tables = (await storeTables(transaction)).filter(({ isPartitioned }) => !isPartitioned);
    if (tables.length > 0) {
      const names = tables.map(({ name }) => quoted(name)).join(', ');
      await sql.raw(`lock table ${names} in access exclusive mode`).execute(transaction);
    }
    for (const { name } of tables) {
      const rows = await rowsIn(transaction, name);
      await run(await partitionStatements(transaction, name, parts));
      const found = await rowsIn(transaction, name);
      if (found !== rows) throw new AppError('INTERNAL', { table: name, rows, found });
      turned.push({ table: name, rows });
    }
    return turned;
  });
}

/** The statements that `distribute` would run, to be read or run by hand. */
export async function statementsOf<T>(
  db: Kysely<T>,
  engine: Engine,
  parts = 0,
): Promise<readonly string[]> {
  const tables = await storeTables(db);
  if (engine !== 'partitions') {
    const { rows } = await sql<{ role: string }>`select current_user as role`.execute(db);
    return engineStatements(engine, {
      tables: tables.map(({ name }) => name),
      role: rows[0]?.role ?? '',
    });
  }
  const statements: string[] = [];
  for (const { name, isPartitioned } of tables) {
    if (!isPartitioned) statements.push(...(await partitionStatements(db, name, parts)));
  }
  return statements;
}

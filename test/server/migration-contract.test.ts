import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { knownMigrations, migrate } from '../../server/store/migrate';
import { openSqlite } from '../../server/store/sqlite/open-sqlite';
import type { Tables } from '../../server/store/tables';

/*
 * The contract of migrations: while nodes are updated one after the other, the version before works over tables that the
 * new one has changed. So a migration adds, and takes nothing that the version before reads, nor asks of its writes what
 * they do not bring. What is no longer used may go with a later release, once no node is left that reads it.
 */

interface Shape {
  columns: Map<string, { type: string; isOptional: boolean }>;
  unique: Set<string>;
}

async function shapeOf(db: Kysely<Tables>): Promise<Shape> {
  const columns: Shape['columns'] = new Map();
  for (const table of await db.introspection.getTables()) {
    for (const { name, dataType, isNullable, hasDefaultValue } of table.columns) {
      const isOptional = isNullable || hasDefaultValue;
      columns.set(`${table.name}.${name}`, { type: dataType, isOptional });
    }
  }
  const { rows } = await sql<{ tbl_name: string; sql: string }>`
    select tbl_name, sql from sqlite_master where type = 'index' and sql like 'create unique%'`.execute(
    db,
  );
  return { columns, unique: new Set(rows.map((row) => `${row.tbl_name}: ${row.sql}`)) };
}

const tableOf = (column: string): string => column.split('.')[0] ?? '';

/** What the version before could not work with. */
function breaches(before: Shape, after: Shape): string[] {
  const found: string[] = [];
  const known = new Set([...before.columns.keys()].map(tableOf));
  for (const [name, { type }] of before.columns) {
    const now = after.columns.get(name);
    if (now === undefined) found.push(`${name} is gone`);
    else if (now.type !== type) found.push(`${name} is ${now.type} instead of ${type}`);
  }
  for (const [name, { isOptional }] of after.columns) {
    if (before.columns.has(name) || !known.has(tableOf(name)) || isOptional) continue;
    found.push(`${name} has no default`);
  }
  for (const index of after.unique) {
    const [table = ''] = index.split(':');
    if (known.has(table) && !before.unique.has(index))
      found.push(`${table} has a new rule: ${index}`);
  }
  return found;
}

let db: Kysely<Tables>;
beforeEach(() => {
  db = openSqlite(':memory:');
});
afterEach(() => db.destroy());

test('P97 no migration takes or changes what the version before reads, or asks more of its writes', async () => {
  const [first = '', ...later] = await knownMigrations();
  await migrate(db, first);
  let before = await shapeOf(db);
  expect(before.columns.size).toBeGreaterThan(40);
  for (const name of later) {
    await migrate(db, name);
    const after = await shapeOf(db);
    expect({ name, breaches: breaches(before, after) }).toEqual({ name, breaches: [] });
    before = after;
  }
});

test.each<[string, string, RegExp]>([
  ['drops a column', 'alter table terminals drop column name', /terminals\.name is gone/],
  ['renames one', 'alter table terminals rename column name to label', /terminals\.name is gone/],
  ['drops a table', 'drop table logins', /logins\.user_id is gone/],
  ['renames a table', 'alter table logins rename to entries', /logins\.user_id is gone/],
  [
    'wants a new index to be unique',
    'create unique index one_name on terminals (name)',
    /new rule/,
  ],
])('P97 a migration that %s is seen', async (_, statement, breach) => {
  await migrate(db);
  const before = await shapeOf(db);
  const migration: Migration = { up: async (own) => void (await sql.raw(statement).execute(own)) };
  await migration.up(db);
  expect(breaches(before, await shapeOf(db)).join()).toMatch(breach);
});

test('P97 a column that the version before does not fill in is seen', async () => {
  const shape = (columns: Record<string, boolean>): Shape => ({
    columns: new Map(
      Object.entries(columns).map(([name, isOptional]) => [name, { type: 'text', isOptional }]),
    ),
    unique: new Set(),
  });
  const before = shape({ 'a.id': false });
  expect(breaches(before, shape({ 'a.id': false, 'a.extra': true, 'b.id': false }))).toEqual([]);
  expect(breaches(before, shape({ 'a.id': false, 'a.extra': false }))).toEqual([
    'a.extra has no default',
  ]);
});

test('P97 tables that a newer program has brought further are worked with as they are', async () => {
  await migrate(db);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-newer', '2099')`.execute(
    db,
  );
  await migrate(db);
  expect(await db.selectFrom('stores').selectAll().execute()).toEqual([]);
});

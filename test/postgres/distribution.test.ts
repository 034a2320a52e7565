import { randomUUID } from 'node:crypto';
import type { Product } from '../../schemas/products';
import { examine } from '../../server/store/doctor/examine';
import { createKyselyStore } from '../../server/store/kysely-store';
import { migrate } from '../../server/store/migrate';
import { backup, restore } from '../../server/store/move/move-data';
import { distribute, statementsOf, storeTables } from '../../server/store/postgres/distribution';
import { openPostgres } from '../../server/store/postgres/open-postgres';
import { cutsContract } from '../contract/cuts-contract';
import { type StoreUnderTest, storeContract } from '../contract/store-contract';
import { apiTerminal } from '../kit/api';
import { runCommand } from '../kit/run-command';
import { startServer } from '../kit/start-server';
import { type DatabaseTemplate, postgresDatabase, type TestDatabase } from '../kit/test-database';

jest.setTimeout(60_000);

const open = ({ place }: TestDatabase) =>
  openPostgres({ url: place.databaseUrl ?? '', onIdleError: () => undefined });

async function migrated(): Promise<TestDatabase> {
  const database = await postgresDatabase();
  const db = open(database);
  await migrate(db);
  await db.destroy();
  return database;
}

/** The whole contract once more, over tables in parts. */
let inParts: DatabaseTemplate | null = null;
const setUp = async (): Promise<StoreUnderTest> => {
  if (inParts === null) {
    const database = await migrated();
    const db = open(database);
    await distribute(db, { engine: 'partitions', parts: 2 });
    await db.destroy();
    inParts = await database.asTemplate();
    await database.remove();
  }
  const database = await inParts();
  return { open: () => createKyselyStore(open(database)), remove: database.remove };
};
storeContract('PostgreSQL, tables in parts by store', setUp);
cutsContract('PostgreSQL, tables in parts by store', setUp);

test('P138 a database with sales is turned into parts with all its rows, once, and goes on', async () => {
  const server = await startServer();
  try {
    const terminal = await apiTerminal(server, 'duena');
    const [product] = (await terminal.pull('products')).documents as Product[];
    if (product === undefined) throw new Error('no product');
    await terminal.push('invoices', [terminal.ticket([product]), terminal.ticket([product])]);
    const before = await examine(server.database.place);
    await server.restart(() => {
      const done = runCommand(server, 'distribute', ['--engine', 'partitions', '--parts', '3']);
      expect([done.stderr, done.status]).toEqual(['', 0]);
      expect(done.stdout).toMatch(/^\d+ tablas quedan en 3 partes por sucursal, con sus \d+ filas/);
      const again = runCommand(server, 'distribute', ['--engine', 'partitions']);
      expect([again.stdout.trim(), again.status]).toEqual([
        'Las tablas ya estaban en partes. No se cambió nada.',
        0,
      ]);
    });
    expect(await examine(server.database.place)).toEqual(before);
    expect(await terminal.push('invoices', [terminal.ticket([product])])).toMatchObject({
      rejected: [],
    });
    const page = await terminal.pull('invoices');
    expect(page.documents).toHaveLength(3);
    /* What a migration may do later, and what the log of the owner still refuses. */
    await server.database.run(
      `alter table documents add column later text not null default ''`,
      'create index later_by_id on documents (store_id, later, id)',
    );
    await expect(server.database.run("update audit set actor = 'x'")).rejects.toThrow(
      'audit is append only',
    );
  } finally {
    await server.close();
  }
});

test('P138 a backup of tables in parts has each row once, and fills another database', async () => {
  const server = await startServer();
  const other = await postgresDatabase();
  try {
    const whole = await examine(server.database.place);
    runCommand(server, 'distribute', ['--engine', 'partitions', '--parts', '2']);
    const file = `${server.database.place.dataDir}/copy`;
    const at = '2026-11-28T12:00:00.000Z';
    await backup(server.database.place, file, at);
    await restore(other.place, file, { newId: randomUUID, at });
    expect((await examine(other.place)).documents).toBe(whole.documents);
  } finally {
    await server.close();
    await other.remove();
  }
});

/** What Citus asks of a table and PostgreSQL's catalogue can tell; it notes what it was asked for. */
const STAND_IN = [
  'create table asked (name text, beside text)',
  `create function create_distributed_table(about text, by text, colocate_with text default '') returns void
   language plpgsql as $$
   declare key int2; broken text;
   begin
     select attnum into key from pg_attribute where attrelid = about::regclass and attname = by and attnotnull;
     if key is null then raise exception '% has no % that is never null', about, by; end if;
     select indexrelid::regclass into broken from pg_index
       where indrelid = about::regclass and indisunique and not key = any (indkey::int2[]) limit 1;
     if broken is not null then raise exception '% is unique without %', broken, by; end if;
     if exists (select 1 from pg_constraint where conrelid = about::regclass and contype = 'f')
       then raise exception '% refers to another table', about; end if;
     if exists (select 1 from pg_trigger where tgrelid = about::regclass and not tgisinternal)
       and coalesce(current_setting('citus.enable_unsafe_triggers', true), 'off') <> 'on'
       then raise exception '% has a trigger', about; end if;
     if colocate_with <> '' and not exists (select 1 from asked where name = colocate_with)
       then raise exception '% is not distributed yet', colocate_with; end if;
     insert into asked values (about, colocate_with);
   end $$`,
];

test('P138 every table is given to Citus once, beside its store, and is as Citus asks', async () => {
  const database = await migrated();
  const db = open(database);
  try {
    await database.run(...STAND_IN);
    await distribute(db, { engine: 'citus', parts: 0 });
    const { rows } = await db
      .selectFrom('asked' as never)
      .selectAll()
      .execute()
      .then((found) => ({ rows: found as { name: string; beside: string }[] }));
    const tables = (await storeTables(db)).map(({ name }) => name);
    expect(rows.map(({ name }) => name)).toEqual(tables);
    expect(tables.length).toBeGreaterThan(20);
    expect(rows.map(({ beside }) => beside)).toEqual(
      tables.map((_, i) => (i === 0 ? '' : 'stores')),
    );
    await database.run('create table odd (store_id text not null, id text primary key)');
    await expect(distribute(db, { engine: 'citus', parts: 0 })).rejects.toThrow(
      'odd_pkey is unique without store_id',
    );
  } finally {
    await db.destroy();
    await database.remove();
  }
});

test('P138 what the other engines are told is printed, not run; without a database or an engine it says how it is used', async () => {
  const database = await migrated();
  const db = open(database);
  try {
    const printed = (engine: string) =>
      runCommand({ database }, 'distribute', ['--engine', engine, '--print']);
    expect(printed('yugabyte').stdout).toMatch(
      /^alter role "\w+" set yb_use_hash_splitting_by_default = on;\n$/,
    );
    expect(printed('cockroach').stdout).toMatch(
      /^alter role "\w+" set default_transaction_isolation = 'read committed';\n$/,
    );
    const parts = printed('partitions').stdout;
    expect(parts).toContain('partition by hash (store_id);');
    expect(parts.split('\n')).toHaveLength((await statementsOf(db, 'partitions', 8)).length + 1);
    for (const args of [[], ['--engine', 'oracle'], ['--engine', 'partitions', '--parts', '65']]) {
      const wrong = runCommand({ database }, 'distribute', args);
      expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('Uso:')]);
    }
    expect((await storeTables(db)).some(({ isPartitioned }) => isPartitioned)).toBe(false);
  } finally {
    await db.destroy();
    await database.remove();
  }
});

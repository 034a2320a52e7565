import { Kysely, sql } from 'kysely';
import initSqlite from 'sql.js';
import { createKyselyStore } from '../../server/store/kysely-store';
import { EmbeddedDialect } from '../../server/store/sqlite/sqlite-dialect';
import type { Tables } from '../../server/store/tables';
import { existsSync, rmSync } from '../lab/machine/fs';
import Database, { provideSqlite } from '../lab/machine/libsql';
import { cutsContract } from './cuts-contract';
import { type StoreUnderTest, storeContract } from './store-contract';

let stores = 0;

beforeAll(async () => provideSqlite(await initSqlite()));

/* The store that a browser's world has: SQLite in WebAssembly, over files in memory. */
const setUp = async (): Promise<StoreUnderTest> => {
  stores += 1;
  const file = `/data-${stores}/store.db`;
  let db: Kysely<Tables>;
  const pages = async (): Promise<number> => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    return Number(rows[0]?.page_count ?? 0);
  };
  return {
    open: () => {
      db = new Kysely<Tables>({ dialect: new EmbeddedDialect(new Database(file)) });
      return createKyselyStore(db);
    },
    setFull: async (full) => {
      const limit = full ? (await pages()) + 20 : 1_000_000;
      await sql`pragma max_page_count = ${sql.lit(limit)}`.execute(db);
    },
    remove: async () => rmSync(file),
  };
};

storeContract('SQLite in WebAssembly', setUp);
cutsContract('SQLite in WebAssembly', setUp);

test('a second connection sees what the first has written; the file holds it when both are closed', () => {
  const writer = new Database('/shared.db');
  const reader = new Database('/shared.db');
  writer.prepare('create table kept (n integer)').run();
  writer.prepare('insert into kept values (?)').run(7);
  expect(reader.prepare('select n from kept').all()).toEqual([{ n: 7 }]);
  writer.close();
  expect(existsSync('/shared.db')).toBe(false);
  reader.close();
  const again = new Database('/shared.db');
  expect(again.prepare('select n from kept where n = ?').all([7])).toEqual([{ n: 7 }]);
  again.close();
});

test('what was not committed when the last one closes never was', () => {
  const first = new Database('/cut.db');
  first.prepare('create table kept (n integer)').run();
  first.prepare('begin').run();
  first.prepare('insert into kept values (1)').run();
  expect(first.inTransaction).toBe(true);
  first.close();
  const again = new Database('/cut.db');
  expect(again.prepare('select n from kept').all()).toEqual([]);
  again.close();
});

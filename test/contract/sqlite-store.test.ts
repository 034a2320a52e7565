import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { createKyselyStore } from '../../server/store/kysely-store';
import { openSqlite } from '../../server/store/sqlite/open-sqlite';
import type { Tables } from '../../server/store/tables';
import { cutsContract } from './cuts-contract';
import { type StoreUnderTest, storeContract } from './store-contract';

const setUp = async (): Promise<StoreUnderTest> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-store-'));
  let db: Kysely<Tables>;
  const pages = async (): Promise<number> => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    return Number(rows[0]?.page_count ?? 0);
  };
  return {
    open: () => {
      db = openSqlite(path.join(folder, 'store.db'));
      return createKyselyStore(db);
    },
    setFull: async (full) => {
      const limit = full ? (await pages()) + 20 : 1_000_000;
      await sql`pragma max_page_count = ${sql.lit(limit)}`.execute(db);
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
};

storeContract('SQLite', setUp);
cutsContract('SQLite', setUp);

test('the pragmas that durability rests on are on', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-store-'));
  const db = openSqlite(path.join(folder, 'store.db'));
  const pragma = async (name: string): Promise<unknown> =>
    Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('foreign_keys')).toBe(1);
  expect(await pragma('busy_timeout')).toBe(5000);
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import pg from 'pg';
import { type DataPlace, sqliteFile } from '../../server/store/open-database';

/** Where a test's server keeps its data. All but `place` is for while no server has it open. */
export interface TestDatabase {
  readonly place: DataPlace;
  /** Runs statements that both databases take, behind the server's back; returns how many rows they changed. */
  run(...statements: string[]): Promise<number>;
  /** Keeps a copy of the data, as an administrator would. */
  save(): Promise<void>;
  bringBack(): Promise<void>;
  /** Keeps what it holds, as it is now, as the beginning of other databases. */
  asTemplate(): Promise<DatabaseTemplate>;
  remove(): Promise<void>;
}

/** Makes a database that holds what another one did. */
export type DatabaseTemplate = () => Promise<TestDatabase>;

/** The address that the Jest project `postgres` gives its workers (see postgres-setup). */
export const CLUSTER_URL = 'TEST_POSTGRES_URL';

/** Set by the Jest project `postgres`: its tests are those of the others, over PostgreSQL. */
const isOverPostgres = (): boolean => Reflect.get(globalThis, 'testDatabase') === 'postgres';

export const testDatabase = (): Promise<TestDatabase> =>
  isOverPostgres() ? postgresDatabase() : Promise.resolve(sqliteDatabase());

export function sqliteDatabase(): TestDatabase {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-'));
  const saved = `${dataDir}-saved`;
  return {
    place: { dataDir },
    async run(...statements) {
      const database = new Database(sqliteFile(dataDir));
      const changed = statements.map((sql) => database.prepare(sql).run().changes);
      database.close();
      return changed.reduce((sum, changes) => sum + changes, 0);
    },
    async save() {
      cpSync(dataDir, saved, { recursive: true });
    },
    async bringBack() {
      rmSync(dataDir, { recursive: true });
      cpSync(saved, dataDir, { recursive: true });
    },
    async asTemplate() {
      /* Its log of writes too: libsql leaves what was written last in there. */
      const files = readdirSync(dataDir).map(
        (name) => [name, readFileSync(path.join(dataDir, name))] as const,
      );
      return async () => {
        const copy = sqliteDatabase();
        for (const [name, bytes] of files)
          writeFileSync(path.join(copy.place.dataDir, name), bytes);
        return copy;
      };
    },
    async remove() {
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(saved, { recursive: true, force: true });
    },
  };
}

/** A new database in the cluster, empty or with what another one holds; without a cluster's address, in the one of the Jest project `postgres`. */
export async function postgresDatabase(
  cluster = process.env[CLUSTER_URL] ?? '',
  template = 'template1',
): Promise<TestDatabase> {
  if (cluster === '') throw new Error(`no PostgreSQL: run these tests as the project "postgres"`);
  const name = `t${randomUUID().replaceAll('-', '')}`;
  const saved = `${name}_saved`;
  const databaseUrl = cluster.replace(/\/[^/]*$/, `/${name}`);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-'));
  const administer = (...statements: string[]): Promise<number> => query(cluster, statements);
  await administer(`create database ${name} template ${template}`);
  return {
    place: { dataDir, databaseUrl },
    run: (...statements) => query(databaseUrl, statements),
    async save() {
      await administer(`create database ${saved} template ${name}`);
    },
    async bringBack() {
      await administer(`drop database ${name}`, `create database ${name} template ${saved}`);
    },
    async asTemplate() {
      /* Of a name of its own: it stays until the cluster goes. */
      const kept = `${name}_template`;
      await administer(`create database ${kept} template ${name}`);
      return () => postgresDatabase(cluster, kept);
    },
    async remove() {
      const drop = (database: string): string => `drop database if exists ${database} with (force)`;
      await administer(drop(name), drop(saved));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function query(connectionString: string, statements: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    let changed = 0;
    for (const statement of statements) changed += (await client.query(statement)).rowCount ?? 0;
    return changed;
  } finally {
    await client.end();
  }
}

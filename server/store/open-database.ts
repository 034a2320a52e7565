import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { openPostgres } from './postgres/open-postgres';
import { openSqlite } from './sqlite/open-sqlite';
import type { Tables } from './tables';

/** Where the data of a server are. */
export interface DataPlace {
  /** Folder of the embedded database, made where it is missing. */
  dataDir: string;
  /** `postgres://...`: then there is no embedded database, and nothing is kept in the folder. */
  databaseUrl?: string | undefined;
}

/** The place that the environment names: `DATABASE_URL`, else `DATA_DIR`, else the folder given. */
export const placeOf = (env: NodeJS.ProcessEnv, dataDir: string): DataPlace => ({
  dataDir: path.resolve(env['DATA_DIR'] ?? dataDir),
  databaseUrl: env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'],
});

export const sqliteFile = (dataDir: string): string => path.join(dataDir, 'mostrador.db');

export function openDatabase(
  { dataDir, databaseUrl }: DataPlace,
  onIdleError: (error: Error) => void,
): Kysely<Tables> {
  if (databaseUrl !== undefined) return openPostgres({ url: databaseUrl, onIdleError });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return openSqlite(sqliteFile(dataDir));
}

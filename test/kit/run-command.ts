import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import type { TestServer } from './start-server';

/** Runs a program of `server/cli` (its name without `.ts`) over a server's data, to its end. */
export const runCommand = (
  { database: { place } }: Pick<TestServer, 'database'>,
  name: string,
  args: readonly string[],
): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, ['--import', 'tsx', `server/cli/${name}.ts`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: place.dataDir, DATABASE_URL: place.databaseUrl ?? '' },
  });

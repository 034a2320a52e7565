import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { newCode } from './auth/tokens';
import type { ServerContext } from './context';
import type { ServerPorts } from './ports';
import { createKyselyStore } from './store/kysely-store';
import { openSqlite } from './store/sqlite/open-sqlite';

/** Opens the data of a server under `dataDir`, made where it is missing. */
export async function openContext(options: {
  dataDir: string;
  clientDir: string;
  ports: ServerPorts;
  log: Logger;
  trustProxy?: number;
}): Promise<ServerContext> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const store = await createKyselyStore(openSqlite(path.join(options.dataDir, 'mostrador.db')));
  return {
    store,
    ports: options.ports,
    log: options.log,
    clientDir: existsSync(path.join(options.clientDir, 'index.html')) ? options.clientDir : null,
    setupCode: newCode(options.ports.random),
    trustProxy: options.trustProxy ?? 0,
  };
}

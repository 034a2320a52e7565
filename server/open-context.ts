import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { newCode } from './auth/tokens';
import type { ServerContext } from './context';
import type { AdmissionLimits } from './http/admission';
import type { ServerMetrics } from './metrics/server-metrics';
import type { ServerPorts } from './ports';
import { createKyselyStore } from './store/kysely-store';
import { type DataPlace, openDatabase } from './store/open-database';

/** Opens the data of a server, and brings its tables up to date. */
export async function openContext(
  options: DataPlace & {
    clientDir: string;
    ports: ServerPorts;
    log: Logger;
    trustProxy?: number;
    metrics?: ServerMetrics;
    metricsToken?: string;
    admission?: AdmissionLimits;
  },
): Promise<ServerContext> {
  const { dataDir, databaseUrl, log } = options;
  const db = openDatabase({ dataDir, databaseUrl }, (err) => log.warn({ err }, 'database lost'));
  const store = await createKyselyStore(db).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  return {
    store,
    ports: options.ports,
    log,
    clientDir: existsSync(path.join(options.clientDir, 'index.html')) ? options.clientDir : null,
    setupCode: newCode(options.ports.random),
    trustProxy: options.trustProxy ?? 0,
    metrics: options.metrics ?? null,
    metricsToken: options.metricsToken ?? '',
    life: { phase: 'serving' },
    ...(options.admission === undefined ? {} : { admission: options.admission }),
  };
}

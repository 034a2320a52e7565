import { cpSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { makeCode } from '../../server/auth/enrolment';
import type { ServerContext } from '../../server/context';
import { seedDemo } from '../../server/demo/seed-demo';
import type { AdmissionLimits } from '../../server/http/admission';
import { type ListenOptions, listen, type RunningServer } from '../../server/listen';
import { openContext } from '../../server/open-context';
import { machinePorts, type ServerPorts } from '../../server/ports';
import { type DatabaseTemplate, type TestDatabase, testDatabase } from './test-database';

export interface TestServer {
  readonly url: string;
  readonly context: ServerContext;
  readonly storeId: string;
  /** Its data, for while it is stopped. */
  readonly database: TestDatabase;
  newCode(): Promise<string>;
  /** Stops the server, runs the task over its (closed) data folder, and starts it again at the same address. */
  restart(task?: (dataDir: string) => Promise<void> | void): Promise<void>;
  close(): Promise<void>;
}

/** One node over these data; the caller closes its store, or whatever listens for it. */
export const openNode = (
  { place }: Pick<TestDatabase, 'place'>,
  options: { ports?: ServerPorts; clientDir?: string; admission?: AdmissionLimits } = {},
): Promise<ServerContext> =>
  openContext({
    ...place,
    clientDir: options.clientDir ?? path.join(place.dataDir, 'none'),
    ports: options.ports ?? machinePorts,
    log: pino({ level: process.env['TEST_LOG'] ?? 'fatal' }),
    ...(options.admission === undefined ? {} : { admission: options.admission }),
  });

/** Made once a test file: hashing the passwords of the demo store takes most of a second. */
let seeded: Promise<{ storeId: string; create: DatabaseTemplate }> | undefined;

async function seedTemplate(): Promise<{ storeId: string; create: DatabaseTemplate }> {
  const database = await testDatabase();
  try {
    const context = await openNode(database);
    const storeId = await seedDemo(context);
    await context.store.close();
    return { storeId, create: await database.asTemplate() };
  } finally {
    await database.remove();
  }
}

/**
 * The real server over a database of its own (see testDatabase), on a free port of loopback, with the demo store. With
 * ports of the test's own the store is made by them; else it is a copy, in a life (epoch) of its own.
 */
export async function startServer(
  options: {
    ports?: ServerPorts;
    clientDir?: string;
    https?: ListenOptions['https'];
    admission?: AdmissionLimits;
  } = {},
): Promise<TestServer> {
  if (options.ports === undefined) seeded ??= seedTemplate();
  const template = options.ports === undefined ? await seeded : undefined;
  const database = await (template?.create() ?? testDatabase());
  let context = await openNode(database, options);
  const storeId = template?.storeId ?? (await seedDemo(context));
  if (template !== undefined) await context.store.setEpoch(storeId, context.ports.ids.newId());
  const start = (port: number): Promise<RunningServer> =>
    listen(context, {
      port,
      host: '127.0.0.1',
      drainMs: 500,
      ...(options.https === undefined ? {} : { https: options.https }),
    });
  let running = await start(0);
  const { port } = running;
  return {
    url: `http://127.0.0.1:${port}`,
    get context() {
      return context;
    },
    storeId,
    database,
    newCode: async () => (await makeCode(context, { storeId, actor: 'test' })).code,
    async restart(task) {
      await running.stop();
      await task?.(database.place.dataDir);
      context = await openNode(database, options);
      running = await start(port);
    },
    async close() {
      await running.stop();
      await database.remove();
    },
  };
}

/** Copies a closed data folder's files to another place, or back. */
export const copyData = (from: string, to: string): void => cpSync(from, to, { recursive: true });

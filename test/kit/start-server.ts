import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { makeCode } from '../../server/auth/enrolment';
import type { ServerContext } from '../../server/context';
import { seedDemo } from '../../server/demo/seed-demo';
import { type ListenOptions, listen, type RunningServer } from '../../server/listen';
import { openContext } from '../../server/open-context';
import { machinePorts, type ServerPorts } from '../../server/ports';

export interface TestServer {
  readonly url: string;
  readonly context: ServerContext;
  readonly storeId: string;
  newCode(): Promise<string>;
  /** Stops the server, runs the task over its (closed) data folder, and starts it again at the same address. */
  restart(task?: (dataDir: string) => Promise<void> | void): Promise<void>;
  close(): Promise<void>;
}

/** The real server with real SQLite in a folder of its own, on a free port of loopback, with the demo store. */
export async function startServer(
  options: { ports?: ServerPorts; clientDir?: string; https?: ListenOptions['https'] } = {},
): Promise<TestServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-'));
  const open = () =>
    openContext({
      dataDir,
      clientDir: options.clientDir ?? path.join(dataDir, 'none'),
      ports: options.ports ?? machinePorts,
      log: pino({ level: process.env['TEST_LOG'] ?? 'fatal' }),
    });
  let context = await open();
  const storeId = await seedDemo(context);
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
    newCode: async () => (await makeCode(context, { storeId, actor: 'test' })).code,
    async restart(task) {
      await running.stop();
      await task?.(dataDir);
      context = await open();
      running = await start(port);
    },
    async close() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Copies a closed data folder's files to another place, or back. */
export const copyData = (from: string, to: string): void => cpSync(from, to, { recursive: true });

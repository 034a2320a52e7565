import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app';
import type { ServerContext } from './context';
import { answerBadHttp } from './http/bad-http';

export interface RunningServer {
  port: number;
  /** Stops taking requests, lets those under way end (at most `drainMs`), then closes the database. */
  stop(): Promise<void>;
}

const DRAIN_MS = 10_000;

export async function listen(
  context: ServerContext,
  { port, host, drainMs = DRAIN_MS }: { port: number; host?: string; drainMs?: number },
): Promise<RunningServer> {
  const app = createApp(context);
  const server: Server = createServer(app);
  answerBadHttp(server, { ports: context.ports, app });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  let stopping: Promise<void> | null = null;
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      stopping ??= stop(server, context, drainMs);
      return stopping;
    },
  };
}

async function stop(server: Server, { store }: ServerContext, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const bound = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(bound);
  await store.close();
}

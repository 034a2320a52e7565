import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createApp } from './app';
import type { ServerContext } from './context';
import { answerBadHttp } from './http/bad-http';
import type { HttpsSettings } from './http/require-https';
import type { KeyAndCertificate } from './tls/authority';
import { twoProtocols } from './tls/two-protocols';

export interface RunningServer {
  port: number;
  /** Says that it is not ready (`noticeMs`), stops taking requests, lets those under way end (at most `drainMs`), then closes the database. */
  stop(): Promise<void>;
}

export interface ListenOptions {
  port: number;
  host?: string;
  drainMs?: number;
  /** Before it stops taking requests it says for so long that it is not ready, in ms: a balancer leaves it out first. */
  noticeMs?: number;
  /** With it the port takes HTTPS too. */
  https?: HttpsSettings & KeyAndCertificate;
}

const DRAIN_MS = 10_000;

export async function listen(
  context: ServerContext,
  { port, host, drainMs = DRAIN_MS, noticeMs = 0, https }: ListenOptions,
): Promise<RunningServer> {
  const app = createApp(context, https ?? null, setImmediate);
  const plain = createHttp(app);
  const servers: HttpServer[] = [plain];
  let front: Server & { drop?: () => void } = plain;
  if (https !== undefined) {
    const secure = createHttps({ key: https.key, cert: https.certificate }, app);
    servers.push(secure);
    front = twoProtocols(plain, secure);
  }
  for (const server of servers) answerBadHttp(server, { ports: context.ports, app });
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject);
    front.listen(port, host, resolve);
  });
  let stopping: Promise<void> | null = null;
  return {
    port: (front.address() as AddressInfo).port,
    stop: () => {
      stopping ??= stop({ front, servers, context, drainMs, noticeMs });
      return stopping;
    },
  };
}

async function stop(options: {
  front: Server & { drop?: () => void };
  servers: readonly HttpServer[];
  context: ServerContext;
  drainMs: number;
  noticeMs: number;
}): Promise<void> {
  const { front, servers, context, drainMs, noticeMs } = options;
  if (noticeMs > 0) {
    context.life.phase = 'leaving';
    await wait(noticeMs);
  }
  context.life.phase = 'closing';
  const closed = new Promise<void>((resolve) => front.close(() => resolve()));
  front.drop?.();
  for (const server of servers) {
    /* Of those behind a common front this ends their watch over slow requests; they listen to nothing. */
    if (server !== front) server.close();
    server.closeIdleConnections();
  }
  const bound = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, drainMs);
  await closed;
  clearTimeout(bound);
  await context.store.close();
}

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, pino } from 'pino';
import type { Product } from '../../schemas/products';
import { createApp } from '../../server/app';
import { makeCode } from '../../server/auth/enrolment';
import type { ServerContext } from '../../server/context';
import { seedDemo } from '../../server/demo/seed-demo';
import { listen, type RunningServer } from '../../server/listen';
import { prometheusMetrics } from '../../server/metrics/prometheus-metrics';
import { openContext } from '../../server/open-context';
import { machinePorts } from '../../server/ports';
import { aReport } from '../kit/a-report';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { type TestDatabase, testDatabase } from '../kit/test-database';

jest.setTimeout(60_000);

let database: TestDatabase;
let context: ServerContext;
let node: RunningServer;
let url: string;
let terminal: ApiTerminal;
const lines: Record<string, unknown>[] = [];
const log: Logger = pino(
  { level: 'info' },
  { write: (line: string) => void lines.push(JSON.parse(line)) },
);

beforeAll(async () => {
  database = await testDatabase();
  context = await openContext({
    ...database.place,
    clientDir: '',
    ports: machinePorts,
    log,
    metrics: prometheusMetrics(),
  });
  const storeId = await seedDemo(context);
  node = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  url = `http://127.0.0.1:${node.port}`;
  const newCode = async () => (await makeCode(context, { storeId, actor: 'test' })).code;
  terminal = await apiTerminal({ url, newCode }, 'duena');
});
afterAll(async () => {
  await node.stop();
  await database.remove();
});

/** Asks a server of this context as somebody at that address would. */
async function askFrom(
  remoteAddress: string,
  { own, path, headers }: { own: ServerContext; path: string; headers?: Record<string, string> },
): Promise<Response> {
  const app = createApp(own);
  const server = createServer((request, response) => {
    Object.defineProperty(request.socket, 'remoteAddress', { value: remoteAddress });
    app(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    const { port } = server.address() as AddressInfo;
    return await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { connection: 'close', ...headers },
    });
  } finally {
    server.close();
  }
}

const ready = async (): Promise<[number, string]> => {
  const response = await fetch(`${url}/health/ready`, { headers: { connection: 'close' } });
  return [response.status, ((await response.json()) as { status: string }).status];
};

describe('request ids', () => {
  const idOf = async (given?: string): Promise<string> => {
    const response = await fetch(`${url}/api/sync/status`, {
      headers: {
        'x-mostrador-protocol': '2',
        ...(given === undefined ? {} : { 'x-request-id': given }),
      },
    });
    const id = response.headers.get('x-request-id') ?? '';
    expect(((await response.json()) as { requestId: string }).requestId).toBe(id);
    return id;
  };

  test('P98 one that is well-formed is kept, in the answer, the error and the log', async () => {
    const given = `front-${randomUUID()}`;
    expect(await idOf(given)).toBe(given);
    expect(lines.find(({ requestId }) => requestId === given)).toMatchObject({
      method: 'GET',
      path: '/api/sync/status',
      status: 401,
      msg: 'request',
    });
  });

  test.each([
    '',
    'short',
    'x'.repeat(65),
    'a b c d e f g h',
    '<script>alert(1)</script>',
    '-12345678',
    '{"a":"bcdefgh"}',
  ])('P98 any other is replaced: %j', async (given) => {
    expect(await idOf(given)).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('metrics', () => {
  const asked = async (headers: Record<string, string> = {}): Promise<[number, string]> => {
    const response = await fetch(`${url}/metrics`, { headers });
    return [response.status, await response.text()];
  };
  const valueAt = async (series: string): Promise<number> => {
    const [, text] = await asked();
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return Number(line?.split(' ').at(-1) ?? 0);
  };

  test('P99 they are for this machine, but not through a proxy on it, and for nobody elsewhere', async () => {
    expect((await asked())[0]).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      expect((await asked({ [name]: '127.0.0.1' }))[0]).toBe(404);
    }
    const from = async (remoteAddress: string, trustProxy = 0): Promise<number> =>
      (await askFrom(remoteAddress, { own: { ...context, trustProxy }, path: '/metrics' })).status;
    expect(await from('127.0.0.1')).toBe(200);
    expect(await from('::1')).toBe(200);
    expect(await from('192.168.1.7')).toBe(404);
    expect(await from('127.0.0.1', 1)).toBe(404);
    expect(await from('::ffff:10.0.0.1')).toBe(404);
  });

  test('P99 where a token is set only who shows it reads them, from wherever', async () => {
    const own = { ...context, metricsToken: 'a-long-secret' };
    const from = async (authorization: string, remoteAddress: string): Promise<number> => {
      const headers = authorization === '' ? {} : { authorization };
      return (await askFrom(remoteAddress, { own, path: '/metrics', headers })).status;
    };
    expect(await from('Bearer a-long-secret', '192.168.1.7')).toBe(200);
    for (const wrong of [
      '',
      'Bearer',
      'Bearer a-long-secre',
      'Basic a-long-secret',
      'Bearer a-long-secret x',
    ]) {
      expect(await from(wrong, '127.0.0.1')).toBe(404);
    }
  });

  test('P120 they say how much terminals report as pending; what one could not read is not counted as none', async () => {
    const pending = { clients: 0, products: 0, invoices: 7, movements: null, shifts: 1 };
    const tell = (counter: number) =>
      terminal.request('POST', '/api/terminals/self/report', aReport({ counter, pending }));
    expect((await tell(1)).status).toBe(204);
    await tell(1);
    expect(await valueAt('mostrador_terminal_pending_sum{collection="invoices"}')).toBe(7);
    expect(await valueAt('mostrador_terminal_pending_count{collection="clients"}')).toBe(1);
    expect(await valueAt('mostrador_terminal_pending_count{collection="movements"}')).toBe(0);
  });

  test('they say what was pushed, refused and in conflict, and how far behind terminals are', async () => {
    const products = (await terminal.pull('products', 0, 3)).documents as Product[];
    const [invoice, bad] = [terminal.ticket(products), terminal.ticket(products)];
    const before = await valueAt(
      'mostrador_push_outcomes_total{collection="invoices",outcome="accepted"}',
    );
    await terminal.push('invoices', [invoice, { ...bad, id: 'x' }]);
    const of = (outcome: string) =>
      valueAt(`mostrador_push_outcomes_total{collection="invoices",outcome="${outcome}"}`);
    expect([await of('accepted'), await of('rejected')]).toEqual([before + 1, 1]);
    expect(
      await valueAt('mostrador_push_rejected_total{collection="invoices",code="INVALID_DOCUMENT"}'),
    ).toBe(1);
    expect(await valueAt('mostrador_push_rows_sum{collection="invoices"}')).toBe(2);
    const [product] = products;
    const edited = (notes: string) => ({ ...product, notes, edit: randomUUID(), pending: 1 });
    await terminal.push('products', [edited('a')], [product]);
    await terminal.push('products', [edited('b')], [product]);
    expect(
      await valueAt('mostrador_push_outcomes_total{collection="products",outcome="conflicts"}'),
    ).toBe(1);
    const count = () => valueAt('mostrador_pull_lag_count{collection="invoices"}');
    const sum = () => valueAt('mostrador_pull_lag_sum{collection="invoices"}');
    const [asks, lag] = [await count(), await sum()];
    await terminal.pull('invoices', 0);
    await terminal.pull('invoices', 1);
    expect([await count(), await sum()]).toEqual([asks + 2, lag + 1]);
    expect(
      await valueAt(
        'mostrador_http_requests_total{method="POST",route="/api/sync/:collection",status="200"}',
      ),
    ).toBeGreaterThanOrEqual(3);
    expect(
      await valueAt(
        'mostrador_http_request_seconds_count{method="POST",route="/api/sync/:collection"}',
      ),
    ).toBeGreaterThanOrEqual(3);
  });

  test('nobody makes more series by what they ask for, and nothing in them names a store, a person or a terminal', async () => {
    const series = async () =>
      (await asked())[1].split('\n').filter((line) => line.startsWith('mostrador_'));
    for (let i = 0; i < 30; i++) {
      await terminal.request('GET', `/api/sync/${randomUUID()}`);
      await terminal.request('GET', `/api/${randomUUID()}/x`);
      await terminal.request('GET', `/api/terminals/${randomUUID()}/${randomUUID()}`);
      await terminal.request('PATCH', `/api/users/${randomUUID()}`, {});
    }
    const before = (await series()).length;
    for (let i = 0; i < 30; i++) {
      await terminal.request('GET', `/api/sync/${randomUUID()}`);
      await terminal.request('GET', `/api/${randomUUID()}/x`);
      await terminal.request('GET', `/api/terminals/${randomUUID()}/${randomUUID()}`);
      await terminal.request('PATCH', `/api/users/${randomUUID()}`, {});
    }
    const after = await series();
    expect(after).toHaveLength(before);
    expect(after.join('\n')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|duena|API/);
  });
});

describe('readiness', () => {
  test('P98 it is true that the database answers and takes writes, and looking leaves nothing behind', async () => {
    expect(await ready()).toEqual([200, 'ready']);
    expect(await database.run("delete from limits where key = 'ready'")).toBe(0);
  });

  test('P98 a node whose program wants more of the tables than there is, is not ready', async () => {
    const row = "'0400-limits'";
    await database.run(`update kysely_migration set name = 'x' where name = ${row}`);
    expect(await ready()).toEqual([503, 'behind']);
    await database.run(`update kysely_migration set name = ${row} where name = 'x'`);
    expect(await ready()).toEqual([200, 'ready']);
  });

  test('P98 a database that takes no writes is told from one that is there', async () => {
    const { databaseUrl } = database.place;
    if (databaseUrl === undefined) return;
    const name = new URL(databaseUrl).pathname.slice(1);
    const others = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`;
    await database.run(`alter database ${name} set default_transaction_read_only = on`, others);
    /* Connections that were just ended are heard of one by one. */
    for (let tries = 0; tries < 20 && (await ready())[1] === 'down'; ) tries += 1;
    expect(await ready()).toEqual([503, 'readOnly']);
    await database.run(
      'set default_transaction_read_only = off',
      `alter database ${name} reset default_transaction_read_only`,
      others,
    );
    for (let tries = 0; tries < 20 && (await ready())[1] === 'down'; ) tries += 1;
    expect(await ready()).toEqual([200, 'ready']);
  });

  test('P98 a node that is about to stop says so first, goes on working, and keeps no connection', async () => {
    const leavingContext = await openContext({
      ...database.place,
      clientDir: '',
      ports: machinePorts,
      log,
    });
    const running = await listen(leavingContext, {
      port: 0,
      host: '127.0.0.1',
      drainMs: 500,
      noticeMs: 400,
    });
    const at = `http://127.0.0.1:${running.port}`;
    const stopped = running.stop();
    const health = await fetch(`${at}/health/ready`);
    expect([health.status, await health.json()]).toEqual([503, { status: 'stopping' }]);
    expect(health.headers.get('connection')).toBe('close');
    const api = await fetch(`${at}/api/sync/status`, { headers: { 'x-mostrador-protocol': '2' } });
    expect(api.status).toBe(401);
    await stopped;
    await expect(fetch(`${at}/health/live`)).rejects.toThrow();
    /* What still comes over a connection that was kept. */
    const late = await askFrom('127.0.0.1', { own: leavingContext, path: '/api/sync/status' });
    expect([late.status, await late.json()]).toMatchObject([503, { code: 'SHUTTING_DOWN' }]);
  });
});

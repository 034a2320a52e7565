import { passwordOf } from '../kit/api';
import { loginAndSync, openTerminal, settled, type TestTerminal } from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let terminal: TestTerminal;
let waits: number[];
/** What a wait does: by default it is over at once. */
let onWait: (signal: AbortSignal) => Promise<void>;

beforeEach(async () => {
  waits = [];
  onWait = () => Promise.resolve();
  server = await startServer();
  terminal = await openTerminal({
    url: server.url,
    wait: (ms, signal) => {
      waits.push(ms);
      return onWait(signal);
    },
  });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, { userName: 'cajero1', password: passwordOf('cajero1') });
  await sell(terminal, 0);
});
afterEach(async () => {
  await terminal.close();
  await server.close();
});

const problem = (status: number, code: string, retryAfter?: string): Response =>
  new Response(
    JSON.stringify({ type: 'urn:x', title: 'x', status, code, detail: 'x', requestId: 'r' }),
    {
      status,
      headers: {
        'content-type': 'application/problem+json',
        ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      },
    },
  );

/** The first `times` pushes are answered so, whatever they hold; returns how many came in all. */
function pushesAre(answer: () => Response, times: number): { count: number } {
  const pushes = { count: 0 };
  terminal.network.intercept = async (url, init) => {
    if (init.method !== 'POST' || !url.includes('/api/sync/invoices')) return undefined;
    pushes.count += 1;
    return pushes.count <= times ? answer() : undefined;
  };
  return pushes;
}

const desk = () => terminal.desk;
const pending = () =>
  desk()
    .db.invoices.count({ selector: { pending: { $eq: 1 } } })
    .exec();

/** The stage "Facturas" of "Sincronizar Servidor (Todo)", and how it ended. */
async function syncInvoices(): Promise<{ phase: string; errorCode: string | null }> {
  for (const event of ['askAll', 'accept', 'run'] as const) desk().sync.send({ type: event });
  for (let stage = 0; stage < 2; stage++) {
    await settled(desk());
    desk().sync.send({ type: 'accept' });
    desk().sync.send({ type: 'run' });
  }
  await settled(desk());
  const { phase, errorCode } = desk().sync.run$.getValue();
  return { phase, errorCode };
}

test.each([
  ['SERVER_BUSY', () => problem(503, 'SERVER_BUSY', '2')],
  ['429', () => problem(429, 'TOO_MANY_REQUESTS', '2')],
  ['a proxy', () => new Response('<html>', { status: 503, headers: { 'retry-after': '2' } })],
])(
  'T65 %s with Retry-After: the sync waits with jitter, goes on, and everything is sent once',
  async (_, answer) => {
    const pushes = pushesAre(answer, 3);
    expect(await syncInvoices()).toEqual({ phase: 'done', errorCode: null });
    /* The kit's digits are 7777: 2 s and 0.7777 of that again. */
    expect(waits).toEqual([3555, 3555, 3555]);
    expect([await pending(), pushes.count]).toEqual([0, 4]);
  },
);

test('T66 a server that stays busy: after five waits the run fails with the code, and everything stays pending', async () => {
  const pushes = pushesAre(() => problem(503, 'SERVER_BUSY', '1'), 1000);
  expect(await syncInvoices()).toEqual({ phase: 'failed', errorCode: 'SERVER_BUSY' });
  expect([waits.length, pushes.count, await pending()]).toEqual([5, 6, 1]);
  terminal.network.intercept = undefined;
  desk().sync.send({ type: 'run' });
  await settled(desk());
  expect(await pending()).toBe(0);
});

test('T66 "Cancelar" ends a wait at once', async () => {
  pushesAre(() => problem(503, 'SERVER_BUSY', '60'), 1000);
  onWait = (signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve());
      desk().sync.cancel();
    });
  expect(await syncInvoices()).toEqual({ phase: 'cancelled', errorCode: 'CANCELLED' });
  expect([waits.length, await pending()]).toEqual([1, 1]);
});

test.each([
  ['no Retry-After', 'SERVER_BUSY', () => problem(503, 'SERVER_BUSY')],
  ['a longer one', 'SERVER_BUSY', () => problem(503, 'SERVER_BUSY', '3600')],
  ['a database that is down', 'STORE_BUSY', () => problem(503, 'STORE_BUSY', '5')],
])('T66 %s is not waited for', async (_, errorCode, answer) => {
  pushesAre(answer, 1000);
  expect(await syncInvoices()).toEqual({ phase: 'failed', errorCode });
  expect([waits, await pending()]).toEqual([[], 1]);
});

import { randomUUID } from 'node:crypto';
import { DEMO_LOGINS } from '../../server/demo/seed-demo';
import { isRunning } from '../../shared/sync/run-machine';
import { aNewClient } from '../kit/a-client';
import {
  loginAndSync,
  openTerminal,
  settled,
  syncAll,
  type TestTerminal,
} from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

const login = (userName: string) => {
  const found = DEMO_LOGINS.find((entry) => entry.userName === userName);
  return { userName, password: found?.password ?? '' };
};

let server: TestServer;
let terminals: TestTerminal[] = [];

beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const terminal of terminals) await terminal.close();
  terminals = [];
  await server.close();
});

async function ready(userName: string): Promise<TestTerminal> {
  const terminal = await openTerminal({ url: server.url });
  terminals.push(terminal);
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, login(userName));
  return terminal;
}

const pendingOf = (terminal: TestTerminal, name: 'clients' | 'products' | 'invoices') =>
  terminal.desk.db[name].count({ selector: { pending: { $eq: 1 } } }).exec();

const digestsEqual = async (terminal: TestTerminal): Promise<boolean> =>
  (await terminal.desk.proof.compare()).every(({ equality }) => equality === 'equal');

test('F9 T4 a document of a newer schema stops the run, and nothing is dropped', async () => {
  const a = await openTerminal({ url: server.url });
  terminals.push(a);
  await a.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await real(input, init);
    if (!String(input).includes('/sync/clients')) return response;
    const body = (await response.json()) as { documents: Record<string, unknown>[] };
    const last = body.documents.at(-1);
    if (last !== undefined) last['loyalty'] = 'gold';
    return new Response(JSON.stringify(body), response);
  };
  try {
    await a.desk.session.login(login('cajero1'));
    await settled(a.desk);
  } finally {
    globalThis.fetch = real;
  }
  expect(a.desk.sync.flow$.getValue()).toMatchObject({
    result: { status: 'failed', errorCode: 'SCHEMA_AHEAD' },
  });
  a.desk.sync.send({ type: 'run' });
  await settled(a.desk);
  const { clients } = await server.context.store.scope(server.storeId).documents.status();
  expect(await a.desk.db.clients.count().exec()).toBe(clients?.count);
});

test('a first login receives clients, products with stock, and users', async () => {
  const a = await ready('cajero1');
  const counts = {
    clients: await a.desk.db.clients.count().exec(),
    products: await a.desk.db.products.count().exec(),
    users: await a.desk.db.users.count().exec(),
  };
  expect(counts.clients).toBe(50);
  expect(counts.products).toBeGreaterThan(400);
  expect(counts.users).toBe(5);
  expect(a.desk.sync.flow$.getValue()).toEqual({ kind: 'none' });
  const runs = await a.desk.db.runs.find().exec();
  expect(runs.map((run) => run.status)).toEqual(['done', 'done', 'done']);
});

test('T1 T2 what is sold at one terminal reaches the other, stock counts it once, digests are equal', async () => {
  const a = await ready('cajero1');
  const b = await ready('cajero2');
  const invoice = await sell(a, 0, 2000);
  const productId = invoice.lines[0]?.productId ?? '';
  const before = (await b.desk.stock.shownOf([productId])).get(productId) ?? 0;
  expect((await a.desk.stock.shownOf([productId])).get(productId)).toBe(before - 2000);
  expect(await pendingOf(a, 'invoices')).toBe(1);

  await syncAll(a);
  expect(await pendingOf(a, 'invoices')).toBe(0);
  expect((await a.desk.stock.shownOf([productId])).get(productId)).toBe(before - 2000);

  await syncAll(b);
  expect((await b.desk.db.invoices.findOne(invoice.id).exec())?.consecutive).toBe(
    invoice.consecutive,
  );
  expect((await b.desk.stock.shownOf([productId])).get(productId)).toBe(before - 2000);
  expect(await digestsEqual(a)).toBe(true);
  expect(await digestsEqual(b)).toBe(true);
});

test('F29 T3 T7 two terminals edit one product: different fields merge, the same field is a conflict that can be applied', async () => {
  const a = await ready('duena');
  const b = await ready('supervisora');
  const id = (await a.desk.db.products.findOne({ selector: { code: 'P0001' } }).exec())?.id ?? '';
  await a.desk.products.edit(id, { price: 111_00, notes: 'de A' });
  await b.desk.products.edit(id, { price: 222_00, description: 'Nombre de B' });
  await syncAll(a);
  await syncAll(b);
  await syncAll(a);
  for (const { desk } of [a, b]) {
    const product = (await desk.db.products.findOne(id).exec())?.toMutableJSON();
    expect(product).toMatchObject({ price: 111_00, notes: 'de A', description: 'Nombre de B' });
  }
  const conflicts = await b.desk.db.conflicts.find().exec();
  expect(conflicts).toHaveLength(1);
  expect(conflicts[0]?.toMutableJSON().fields).toEqual([
    expect.objectContaining({ field: 'price', mine: 222_00, theirs: 111_00 }),
  ]);
  await b.desk.attention.applyMine(conflicts[0]?.id ?? '');
  await syncAll(b);
  await syncAll(a);
  expect((await a.desk.db.products.findOne(id).exec())?.price).toBe(222_00);
  expect(await digestsEqual(a)).toBe(true);
});

test('F3 the answer to a push is lost three times after the commit: applied once, stock moved once', async () => {
  const a = await ready('cajero1');
  const invoice = await sell(a, 3);
  const real = globalThis.fetch;
  let swallow = 3;
  globalThis.fetch = async (input, init) => {
    const response = await real(input, init);
    if (String(input).includes('/sync/invoices') && init?.method === 'POST' && swallow > 0) {
      swallow -= 1;
      throw new TypeError('connection reset');
    }
    return response;
  };
  try {
    for (let i = 0; i < 4; i++) await syncAll(a);
  } finally {
    globalThis.fetch = real;
  }
  expect(swallow).toBe(0);
  expect(await pendingOf(a, 'invoices')).toBe(0);
  const scope = server.context.store.scope(server.storeId);
  const productId = invoice.lines[0]?.productId ?? '';
  const stock = JSON.parse(
    (await scope.documents.find('stock', [productId])).get(productId)?.json ?? '{}',
  );
  expect(stock.ver).toBe(2);
  expect((await scope.documents.status()).invoices?.count).toBe(1);
});

test('F20 a session that expires in mid sync asks for the password and goes on', async () => {
  const a = await ready('cajero1');
  await sell(a, 5);
  await server.context.store.scope(server.storeId).auth.removeExpiredSessions('9999');
  a.desk.sync.send({ type: 'askAll' });
  a.desk.sync.send({ type: 'accept' });
  a.desk.sync.send({ type: 'accept' });
  a.desk.sync.send({ type: 'accept' });
  a.desk.sync.send({ type: 'run' });
  await new Promise<void>((resolve) => {
    const subscription = a.desk.sync.run$.subscribe((run) => {
      if (run.phase === 'needs-password') {
        resolve();
        queueMicrotask(() => subscription.unsubscribe());
      }
    });
  });
  await a.desk.sync.reauthenticate(login('cajero1').password);
  await settled(a.desk);
  expect(a.desk.sync.run$.getValue()).toMatchObject({
    phase: 'done',
    pending: 0,
    counts: { sent: 1 },
  });
});

test('F20 T67 who logs in while the sync of whoever left is still ending gets three syncs of their own', async () => {
  const a = await ready('cajero1');
  const { session, sync } = a.desk;
  let isHeld = true;
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  a.network.intercept = async (url) => {
    if (!isHeld || !url.includes('/sync/')) return undefined;
    isHeld = false;
    await held;
    throw new TypeError('too late');
  };
  sync.send({ type: 'askSingle', unit: 'clients' });
  sync.send({ type: 'accept' });
  while (isHeld) await new Promise((resolve) => setTimeout(resolve, 1));
  await session.logout();
  await session.login(login('supervisora'));
  expect(isRunning(sync.run$.getValue())).toBe(true);
  letGo();
  const said: unknown[] = [];
  for (let step = 0; step < 3; step++) {
    await settled(a.desk);
    const flow = sync.flow$.getValue();
    said.push(flow.kind === 'login' ? flow.result?.status : flow.kind);
    sync.send({ type: 'accept' });
  }
  expect(said).toEqual(['done', 'done', 'done']);
});

test('F12 T6 after a restore the epoch changes and the terminal sends again what the server lacks', async () => {
  const a = await ready('duena');
  await server.restart(() => server.database.save());
  await a.desk.status.checkConnection();
  const invoice = await sell(a, 7);
  const client = await a.desk.clients.create(aNewClient({ name: 'Después del respaldo' }));
  await syncAll(a);
  expect(await pendingOf(a, 'invoices')).toBe(0);

  await server.restart(() => server.database.bringBack());
  await server.context.store.setEpoch(server.storeId, randomUUID());
  /* The sockets that the restart cut are noticed by asking once. */
  await a.desk.status.checkConnection();
  await syncAll(a);
  const { documents } = server.context.store.scope(server.storeId);
  expect((await documents.find('invoices', [invoice.id])).has(invoice.id)).toBe(true);
  expect((await documents.find('clients', [client.id])).has(client.id)).toBe(true);
  expect(await pendingOf(a, 'invoices')).toBe(0);
  expect(await pendingOf(a, 'clients')).toBe(0);
});

test('F2 T5 a clock set back hides a sale from the push checkpoint; the run notices and sends it all the same', async () => {
  const a = await ready('cajero1');
  await sell(a, 1);
  await syncAll(a);
  const real = Date.now;
  const back = 400 * 24 * 3600 * 1000;
  Date.now = () => real() - back;
  try {
    await a.reload();
    await sell(a, 2);
    await syncAll(a);
    expect(await pendingOf(a, 'invoices')).toBe(0);
  } finally {
    Date.now = real;
  }
});

test('F18 a first sync that is cut resumes at its checkpoint', async () => {
  const a = await openTerminal({ url: server.url });
  terminals.push(a);
  await a.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  a.network.intercept = async (url) => {
    if (url.includes('/sync/products')) throw new TypeError('offline');
    return undefined;
  };
  await a.desk.session.login(login('cajero1'));
  await settled(a.desk);
  a.desk.sync.send({ type: 'accept' });
  await settled(a.desk);
  expect(a.desk.sync.flow$.getValue()).toMatchObject({
    kind: 'login',
    step: 1,
    result: { status: 'failed', errorCode: 'NETWORK' },
  });
  a.network.intercept = undefined;
  await a.reload();
  expect(a.desk.session.state$.getValue().kind).toBe('signedIn');
  a.desk.sync.send({ type: 'run' });
  await settled(a.desk);
  expect(a.desk.sync.flow$.getValue()).toMatchObject({ step: 1, result: { status: 'done' } });
});

test('a user whose record was synced logs in without a connection, and a wrong password does not', async () => {
  const a = await ready('cajero1');
  await a.desk.session.logout();
  a.network.intercept = () => Promise.reject(new TypeError('offline'));
  await expect(
    a.desk.session.login({ userName: 'cajero1', password: 'wrong' }),
  ).rejects.toMatchObject({ code: 'OFFLINE_LOGIN_FAILED' });
  await a.desk.session.login(login('cajero1'));
  expect(a.desk.session.state$.getValue()).toMatchObject({ kind: 'signedIn', mode: 'offline' });
  expect(a.desk.sync.flow$.getValue()).toMatchObject({
    kind: 'login',
    result: { errorCode: 'NETWORK' },
  });
  for (let i = 0; i < 3; i++) a.desk.sync.send({ type: 'accept' });
  const invoice = await sell(a, 0);
  expect(invoice.situation).toBe('3');
  expect(invoice.clave).toHaveLength(50);
});

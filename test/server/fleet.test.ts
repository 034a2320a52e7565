import { randomUUID } from 'node:crypto';
import type { Product } from '../../schemas/products';
import { enrol, makeCode } from '../../server/auth/enrolment';
import { machinePorts } from '../../server/ports';
import type { FleetReply, TerminalReport } from '../../shared/protocol/fleet-messages';
import { aReport } from '../kit/a-report';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { runCommand } from '../kit/run-command';
import { startServer, type TestServer } from '../kit/start-server';

const SELF = '/api/terminals/self/report';
let server: TestServer;
let owner: ApiTerminal;
let cashier: ApiTerminal;

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
  cashier = await apiTerminal(server, 'cajero1');
});
afterAll(() => server.close());

const now = (): string => new Date().toISOString();
const tell = async (terminal: ApiTerminal, change: Partial<TerminalReport>): Promise<number> =>
  (await terminal.request('POST', SELF, aReport({ at: now(), ...change }))).status;
const board = async (): Promise<FleetReply> => {
  const reply = await owner.request('GET', '/api/fleet');
  expect(reply.status).toBe(200);
  return reply.body;
};
const ofCashier = async () => {
  const { terminals } = await board();
  return terminals.find(({ id }) => id === cashier.session.terminal.id);
};

test('P120 a terminal says how it stands; the server notes when it came and how far its clock is off', async () => {
  expect((await ofCashier())?.last).toBeNull();
  const at = new Date(Date.now() - 600_000).toISOString();
  const pending = { clients: 1, products: 0, invoices: 2, movements: null, shifts: 0 };
  expect(await tell(cashier, { counter: 1, at, pending, conflicts: 4 })).toBe(204);
  const known = await ofCashier();
  expect(known).toMatchObject({
    number: cashier.session.terminal.number,
    revoked: false,
    last: { report: { pending, conflicts: 4 } },
  });
  expect(known?.lastContactAt).toBe(known?.last?.receivedAt);
  /* Ten minutes behind, and whatever the request took. */
  expect(known?.last?.skewMs).toBeLessThanOrEqual(-600_000);
  expect(known?.last?.skewMs).toBeGreaterThan(-660_000);
  expect((await board()).alerts).toContainEqual(
    expect.objectContaining({ kind: 'clockSkew', terminalId: cashier.session.terminal.id }),
  );
});

test('P121 the highest counter stays: a repeat and a late one change nothing, and count no sync twice', async () => {
  const syncs = async (): Promise<number> =>
    (await board()).hours.reduce((sum, hour) => sum + hour.syncs, 0);
  const before = await syncs();
  expect(await tell(cashier, { counter: 8, rejected: 3 })).toBe(204);
  const kept = (await ofCashier())?.last;
  for (const late of [{ counter: 8 }, { counter: 7 }]) {
    expect(await tell(cashier, { ...late, rejected: 0 })).toBe(204);
  }
  expect((await ofCashier())?.last).toEqual(kept);
  expect(await syncs()).toBe(before + 1);
  expect(await tell(cashier, { counter: 9, reason: 'login' })).toBe(204);
  expect((await ofCashier())?.last?.report).toMatchObject({ counter: 9, rejected: 0 });
  expect(await syncs()).toBe(before + 1);
});

const HOSTILE: [string, unknown][] = [
  ['nothing', null],
  ['a list', []],
  ['no counter', { ...aReport(), counter: undefined }],
  ['counter 0', aReport({ counter: 0 })],
  ['half a counter', aReport({ counter: 1.5 })],
  ['a counter beyond what is exact', aReport({ counter: 2 ** 53 })],
  ['another terminal', { ...aReport(), terminalId: randomUUID() }],
  ['a day that is none', aReport({ at: '2026-13-45T99:00:00.000Z' })],
  ['a pending day that is none', aReport({ oldestPending: '2026-11-99T00:00:00.000Z' })],
  ['fewer than none', aReport({ rejected: -1 })],
  ['a program that is markup', aReport({ program: '<b>1</b>' })],
  ['a schema of no name', { ...aReport(), schemas: { 'a b': 1 } }],
  ['a schema of many', { ...aReport(), schemas: Object.fromEntries(range(30)) }],
  ['an unknown kind of pending', { ...aReport(), pending: { ...aReport().pending, users: 1 } }],
  [
    'an end that is none',
    { ...aReport(), syncs: [{ unit: 'clients', endedAt: '', status: 'x', errorCode: '' }] },
  ],
];
function range(count: number): [string, number][] {
  return Array.from({ length: count }, (_, i) => [
    String.fromCharCode(97 + (i % 26))
      .repeat(i + 1)
      .slice(0, 20),
    1,
  ]);
}

test.each(HOSTILE)('P120 S5 a report with %s is refused, and the board stays', async (_, body) => {
  const before = await ofCashier();
  const reply = await cashier.request('POST', SELF, undefined, JSON.stringify(body));
  expect([reply.status, (reply.body as { code: string }).code]).toEqual([400, 'BAD_REQUEST']);
  expect(await ofCashier()).toEqual(before);
});

test('P120 S5 a body that is too large or no JSON is refused', async () => {
  const large = { ...aReport(), program: 'x'.repeat(20_000) };
  expect((await cashier.request('POST', SELF, large)).status).toBe(413);
  expect((await cashier.request('POST', SELF, undefined, '{"counter":')).status).toBe(400);
});

test('P120 nobody reports without a session, nor for a revoked terminal', async () => {
  const other = await apiTerminal(server, 'cajero2');
  const session = [...other.jar.keys()].find((name) => /session/i.test(name)) ?? '';
  const token = other.jar.get(session) ?? '';
  other.jar.delete(session);
  expect(await tell(other, {})).toBe(401);
  other.jar.set(session, token);
  expect(await tell(other, {})).toBe(204);
  await owner.request('DELETE', `/api/terminals/${other.session.terminal.id}`);
  expect([401, 403]).toContain(await tell(other, { counter: 2, rejected: 5 }));
  const gone = (await board()).terminals.at(-1);
  expect(gone).toMatchObject({ id: other.session.terminal.id, revoked: true });
  expect(gone?.last?.report.rejected).toBe(0);
});

test.each(['supervisora', 'cajero1', 'cajero2'])(
  'P122 S1 the board is the owner’s, not for %s',
  async (name) => {
    const terminal = await apiTerminal(server, name);
    const reply = await terminal.request('GET', '/api/fleet');
    expect([reply.status, (reply.body as { code: string }).code]).toEqual([403, 'FORBIDDEN']);
  },
);

test('P122 S2 another store’s terminals, sales and alerts never appear', async () => {
  const { context, storeId } = server;
  const { store } = context;
  const other = randomUUID();
  const profile = (await store.store(storeId))?.profile;
  if (profile === undefined) throw new Error('no store');
  await store.addStore({
    id: other,
    epoch: randomUUID(),
    profile: { ...profile, id: other, name: 'Otra' },
    demo: false,
  });
  const { code } = await makeCode(context, { storeId: other, actor: 'test' });
  const { reply } = await enrol(context, { code, name: 'Ajena' });
  const { fleet } = store.scope(other);
  const before = await board();
  /* Under the very same id too. */
  for (const terminalId of [reply.terminal.id, cashier.session.terminal.id]) {
    await fleet.keepReport({
      terminalId,
      counter: 99,
      receivedAt: now(),
      skewMs: 9e6,
      body: JSON.stringify(aReport({ counter: 99, rejected: 7 })),
    });
  }
  await fleet.countHour(now().slice(0, 13), 5);
  const after = await board();
  expect({ ...after, at: '' }).toEqual({ ...before, at: '' });
  expect(JSON.stringify(after)).not.toContain('Ajena');
  expect((await fleet.reports()).length).toBe(2);
});

test('P123 sales by the hour, oversold products and repeated consecutives follow from the documents', async () => {
  const sold = async () => (await board()).hours.reduce((sum, { sales }) => sum + sales, 0);
  const before = await sold();
  const { documents } = await cashier.pull('products');
  const [product] = documents as Product[];
  if (product === undefined) throw new Error('no product');
  const first = cashier.ticket([product]);
  expect((await cashier.push('invoices', [first])).accepted).toHaveLength(1);
  expect((await cashier.push('invoices', [cashier.ticket([product])])).accepted).toHaveLength(1);
  expect(await sold()).toBe(before + 2);
  await server.context.store.transaction(server.storeId, async (scope) => {
    const put = (id: string, json: object) => ({
      id,
      ver: 1,
      edit: id,
      json: JSON.stringify(json),
    });
    const stock = { id: product.id, ver: 9, edit: 'e', pending: 0, onHand: -5000, seen: [] };
    await scope.documents.write('stock', [{ ...put(product.id, stock), ver: 9 }]);
    const flagged = { ...first, id: randomUUID(), flags: ['DUPLICATE_CONSECUTIVE'] };
    const quoting = {
      ...first,
      id: randomUUID(),
      consecutive: '9'.repeat(20),
      notes: '"DUPLICATE_CONSECUTIVE"',
    };
    await scope.documents.write('invoices', [put(flagged.id, flagged), put(quoting.id, quoting)]);
  });
  const { alerts } = await board();
  expect(alerts).toContainEqual(
    expect.objectContaining({ kind: 'oversold', count: 1, names: [product.description] }),
  );
  expect(alerts).toContainEqual(
    expect.objectContaining({
      kind: 'duplicateConsecutive',
      count: 1,
      names: [first.consecutive],
    }),
  );
});

test('P123 the command prints the board in words and as JSON, and ends with 1 while an alert is open', async () => {
  const command = (...args: string[]) => runCommand(server, 'fleet', args);
  await tell(cashier, { counter: 20, rejected: 2, conflicts: null });
  const shown = await board();
  const json = command('--store', server.storeId, '--json');
  expect(json.status).toBe(1);
  expect({ ...JSON.parse(json.stdout), at: shown.at }).toEqual(shown);
  const text = command('--store', server.storeId);
  expect(text.status).toBe(1);
  expect(text.stdout).toContain('documentos rechazados por el servidor: 2.');
  expect(text.stdout).toMatch(/API: pendientes 0; rechazados 2; conflictos ¿\?; reloj en hora/);
  const stores = await server.context.store.stores();
  const other = stores.find(({ id }) => id !== server.storeId)?.id ?? '';
  const { fleet } = server.context.store.scope(other);
  for (const { terminalId } of await fleet.reports()) {
    const receivedAt = now();
    const body = JSON.stringify(aReport());
    await fleet.keepReport({ terminalId, counter: 100, receivedAt, skewMs: 0, body });
  }
  const well = command('--store', other);
  expect([well.status, well.stdout]).toEqual([0, expect.stringContaining('Nada necesita')]);
  expect(command('--store', randomUUID()).status).toBe(1);
});

test('P124 sales count in the hour in which they were issued, notes not at all, syncs in the hour in which they were told', async () => {
  const clock = { ms: Date.parse('2026-11-25T18:00:00.000Z') };
  const ports = { ...machinePorts, clock: { now: () => clock.ms } };
  const own = await startServer({ ports });
  try {
    const { fleet, documents } = own.context.store.scope(own.storeId);
    const put = (issuedAt: string, type: string) => {
      const id = randomUUID();
      return { id, ver: 1, edit: id, json: JSON.stringify({ id, issuedAt, type, flags: [] }) };
    };
    await documents.write('invoices', [put('2026-11-24T20:00:00.000Z', '04')]);
    await fleet.countHour('2026-11-24T21', 1);
    await documents.write('invoices', [
      /* Came today, issued yesterday: without a connection. */
      put('2026-11-24T22:00:00.000Z', '04'),
      put('2026-11-25T15:10:00.000Z', '04'),
      put('2026-11-25T15:50:00.000Z', '01'),
      put('2026-11-25T15:55:00.000Z', '03'),
      put('2026-11-25T16:00:00.000Z', '01'),
    ]);
    expect(await fleet.salesSince('2026-11-25T06')).toEqual(
      expect.arrayContaining([
        { hour: '2026-11-25T15', count: 2 },
        { hour: '2026-11-25T16', count: 1 },
      ]),
    );
    expect(await fleet.salesSince('2026-11-25T06')).toHaveLength(2);
    await fleet.countHour('2026-11-25T15', 1);
    await fleet.countHour('2026-11-25T15', 1);
    expect(await fleet.syncsSince('2026-11-25T00')).toEqual([{ hour: '2026-11-25T15', count: 2 }]);
    await fleet.removeHoursBefore('2026-11-25T00');
    expect(await fleet.syncsSince('2026-11-01T00')).toHaveLength(1);
  } finally {
    await own.close();
  }
});

import { startReports } from '../../client/report/start-reports';
import { validate } from '../../schemas/validate';
import { type TerminalReport, terminalReportSchema } from '../../shared/protocol/fleet-messages';
import { passwordOf } from '../kit/api';
import {
  loginAndSync,
  openTerminal,
  settled,
  syncAll,
  type TestTerminal,
} from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let terminal: TestTerminal;
let reports: ReturnType<typeof startReports>;
/** What the terminal said, and how it was answered. */
let told: { report: TerminalReport; status: number }[];
/** Set by a test: what happens to a report on its way. */
let onTheWay: (() => Promise<Response> | undefined) | undefined;

const OWNER = { userName: 'duena', password: passwordOf('duena') };
const PATH = '/api/terminals/self/report';

/** The browser's: the terminal's own cookies, and nothing of its desk's connection. */
const asBrowser: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('cookie', [...terminal.jar].map(([name, value]) => `${name}=${value}`).join('; '));
  const answer = (await onTheWay?.()) ?? (await fetch(input, { ...init, headers }));
  const report = JSON.parse(String(init?.body)) as TerminalReport;
  told.push({ report, status: answer.status });
  return answer;
};
const begin = (): void => {
  reports = startReports(terminal.desk, {
    fetch: asBrowser,
    baseUrl: server.url,
    clock: { now: () => Date.now() },
  });
};
const single = async (unit: 'clients' | 'products'): Promise<void> => {
  terminal.desk.sync.send({ type: 'askSingle', unit });
  terminal.desk.sync.send({ type: 'accept' });
  await settled(terminal.desk);
  terminal.desk.sync.send({ type: 'accept' });
  await reports.idle();
};

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  told = [];
  onTheWay = undefined;
  terminal = await openTerminal({ url: server.url });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja', isTrial: true });
  begin();
});
afterEach(async () => {
  reports.close();
  await terminal.close();
});

test('T70 a terminal tells how it stands at login and after each run, under growing numbers', async () => {
  await loginAndSync(terminal, OWNER);
  await reports.idle();
  expect(told.map(({ report }) => report.reason)).toEqual(['login', 'run', 'run', 'run']);
  expect(told.map(({ report }) => report.counter)).toEqual([1, 2, 3, 4]);
  expect(told.every(({ status }) => status === 204)).toBe(true);
  const sold = await sell(terminal, 0);
  await sell(terminal, 1);
  await single('clients');
  const pending = told.at(-1)?.report;
  expect(pending).toMatchObject({
    pending: { clients: 0, products: 0, invoices: 2, movements: 0, shifts: 0 },
    oldestPending: sold.issuedAt,
    rejected: 0,
    conflicts: 0,
    alerts: 0,
    schemas: { invoices: 1, clients: 0 },
  });
  const ended = pending?.syncs.map(({ unit, status }) => [unit, status]);
  expect(ended).toEqual([
    ['clients', 'done'],
    ['products', 'done'],
    ['users', 'done'],
  ]);
  expect(pending?.syncs[0]?.completeAt).not.toBe('');
  expect(validate(terminalReportSchema, pending).ok).toBe(true);
  await syncAll(terminal);
  await reports.idle();
  expect(told.at(-1)?.report).toMatchObject({ pending: { invoices: 0 }, oldestPending: '' });
  expect(told.at(-1)?.report.syncs).toHaveLength(4);
  const [kept] = await server.context.store.scope(server.storeId).fleet.reports();
  expect(JSON.parse(kept?.body ?? '')).toEqual(told.at(-1)?.report);
});

test('T70 a run that fails is told of with its reason, once the server is there', async () => {
  await loginAndSync(terminal, OWNER);
  await reports.idle();
  terminal.network.intercept = async (url) =>
    url.includes('/sync/clients') ? new Response('<html>', { status: 502 }) : undefined;
  await single('clients');
  const last = told.at(-1)?.report.syncs.find(({ unit }) => unit === 'clients');
  expect(last?.status).toBe('failed');
  expect(last?.errorCode).not.toBe('');
  expect(last?.completeAt).not.toBe('');
});

test('T71 a report that fails, or hangs, or is refused costs nothing: runs end as ever, and the next one goes out', async () => {
  onTheWay = () => Promise.reject(new TypeError('reset'));
  await loginAndSync(terminal, OWNER);
  await reports.idle();
  expect(told).toEqual([]);
  expect(terminal.desk.status.status$.getValue().connection).toBe('online');
  onTheWay = () => Promise.resolve(new Response('{}', { status: 500 }));
  await single('clients');
  let release = (): void => undefined;
  onTheWay = () =>
    new Promise((_, reject) => {
      release = () => reject(new TypeError('late'));
    });
  terminal.desk.sync.send({ type: 'askSingle', unit: 'products' });
  terminal.desk.sync.send({ type: 'accept' });
  await settled(terminal.desk);
  expect(terminal.desk.sync.run$.getValue().phase).toBe('done');
  terminal.desk.sync.send({ type: 'accept' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  onTheWay = undefined;
  release();
  await single('clients');
  expect(told.at(-1)?.status).toBe(204);
  expect(told.at(-1)?.report.counter).toBeGreaterThan(4);
});

test('T71 without a connection nothing is sent, nor by whoever is not signed in', async () => {
  terminal.network.intercept = () => Promise.reject(new TypeError('down'));
  await terminal.desk.session.login(OWNER).catch(() => undefined);
  await reports.idle();
  expect(told).toEqual([]);
  terminal.network.intercept = undefined;
  await loginAndSync(terminal, OWNER);
  await reports.idle();
  const before = told.length;
  terminal.network.intercept = () => Promise.reject(new TypeError('down'));
  await single('clients');
  expect(terminal.desk.status.status$.getValue().connection).toBe('offline');
  expect(told.length).toBe(before);
});

test('T71 a report is no message of the desk: its own doors never carry one', async () => {
  const asked: string[] = [];
  terminal.network.intercept = async (url) => {
    asked.push(url);
    return undefined;
  };
  await loginAndSync(terminal, OWNER);
  await single('products');
  expect(told.length).toBeGreaterThan(3);
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter((url) => url.includes(PATH))).toEqual([]);
});

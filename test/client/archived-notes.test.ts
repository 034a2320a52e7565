import type { Invoice } from '../../schemas/invoices';
import { passwordOf } from '../kit/api';
import { makeCut } from '../kit/make-cut';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

jest.setTimeout(60_000);

const DAY = 24 * 3_600_000;
const START = Date.now() - 100 * DAY;
const day = (n: number): string => new Date(START + n * DAY).toISOString();
const login = { userName: 'supervisora', password: passwordOf('supervisora') };

let today = 0;
let server: TestServer;
let a: TestTerminal;
let b: TestTerminal;
/** Three units, one of which came back under a note of the other terminal; both are archived. */
let sold: Invoice;
let note: Invoice;

const ready = async (): Promise<TestTerminal> => {
  const clock = { now: () => START + today * DAY + 3_600_000 };
  const terminal = await openTerminal({ url: server.url, clock });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, login);
  return terminal;
};
const credit = ({ desk }: TestTerminal, invoice: Invoice, quantity: number) =>
  desk.sales.creditNote(invoice, { reason: 'devuelto', quantities: new Map([[0, quantity]]) });
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'issued',
    (error: { code: string }) => error.code,
  );
const held = async ({ desk }: TestTerminal): Promise<string[]> =>
  (await desk.db.invoices.find().exec()).map(({ id }) => id).sort();

beforeEach(async () => {
  today = 0;
  server = await startServer();
  a = await ready();
  b = await ready();
  sold = await sell(a, 0, 3000);
  await syncAll(a);
  await syncAll(b);
  today = 1;
  note = await credit(b, sold, 1000);
  await syncAll(b);
  today = 2;
  const later = [await sell(a, 0), await credit(b, sold, 500)];
  await syncAll(b);
  await syncAll(a);
  today = 20;
  expect(await makeCut(server, day(10))).toBe(2);
  for (const terminal of [a, b]) await syncAll(terminal);
  expect(await held(a)).toEqual(later.map(({ id }) => id).sort());
});
afterEach(async () => {
  for (const terminal of [a, b]) await terminal.close();
  await server.close();
});

test('T87 an invoice that only the server has is corrected over what all its notes left of it', async () => {
  const found = await a.desk.archive.find(sold.id);
  if (found === null) throw new Error('the server has lost it');
  const notes = await a.desk.invoices.notesOf(found);
  expect(notes.map(({ id }) => id)).toContain(note.id);
  expect(notes).toHaveLength(2);
  expect(await outcome(credit(a, found, 2000))).toBe('INVALID_DOCUMENT');
  const stockOf = async (id: string) => (await b.desk.db.stock.findOne(id).exec())?.onHand ?? 0;
  const productId = found.lines[0]?.productId ?? '';
  const before = await stockOf(productId);
  const issued = await credit(a, found, 1500);
  await syncAll(a);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
  await syncAll(b);
  expect([await held(b), await stockOf(productId)]).toEqual([
    expect.arrayContaining([issued.id]),
    before + 1500,
  ]);
  expect(await outcome(credit(b, found, 500))).toBe('INVALID_DOCUMENT');
});

test('T87 without a connection nothing is issued over one that is older than what is held, though it be here', async () => {
  const [kept] = await a.desk.invoices.page(
    { text: '', type: 'all', onlyPending: false, onlyAlerts: false },
    null,
    10,
  );
  a.network.intercept = () => Promise.reject(new TypeError('offline'));
  const before = await held(a);
  for (const invoice of [sold, kept]) {
    if (invoice === undefined) throw new Error('nothing was kept');
    expect(await outcome(credit(a, invoice, 500))).toBe('NETWORK');
  }
  expect(await held(a)).toEqual(before);
  /* What was sold since is here with all its notes. */
  expect(await outcome(credit(a, await sell(a, 0), 500))).toBe('issued');
});

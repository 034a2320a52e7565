import { randomUUID } from 'node:crypto';
import { beginEpoch } from '../../server/begin-epoch';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import { apiTerminal, passwordOf } from '../kit/api';
import { changeUser } from '../kit/change-user';
import {
  loginAndSync,
  openTerminal,
  settled,
  syncAll,
  type TestTerminal,
} from '../kit/open-terminal';
import { startServer, type TestServer } from '../kit/start-server';

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

const credentials = (userName: string) => ({ userName, password: passwordOf(userName) });

async function ready(userName: string): Promise<TestTerminal> {
  const terminal = await openTerminal({ url: server.url });
  terminals.push(terminal);
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, credentials(userName));
  return terminal;
}

const firstProduct = async ({ desk }: TestTerminal) => {
  const found = await desk.db.products.findOne({ selector: { code: 'P0001' } }).exec();
  if (found === null) throw new Error('no product');
  return found.toMutableJSON();
};

/** A ticket of so many thousandths of the first product. */
async function sell(terminal: TestTerminal, quantity: number) {
  const product = await firstProduct(terminal);
  const { toInvoiceLine } = require('../../client/desk/build-invoice');
  const line = { product, quantity, unitPrice: product.price, discountRate: 0 };
  const { total } = toInvoiceLine(line);
  return terminal.desk.sales.issue({
    type: '04',
    clientId: '',
    lines: [line],
    payments: [{ method: 'cash', amount: total, reference: '' }],
    tendered: total,
    notes: '',
  });
}

const next = async <T>(source: {
  subscribe: (take: (value: T) => void) => { unsubscribe: () => void };
}): Promise<T> =>
  new Promise((resolve) => {
    const subscription = source.subscribe((value) => {
      resolve(value);
      queueMicrotask(() => subscription.unsubscribe());
    });
  });

async function syncProducts({ desk }: TestTerminal): Promise<void> {
  desk.sync.send({ type: 'askSingle', unit: 'products' });
  desk.sync.send({ type: 'accept' });
  await settled(desk);
  desk.sync.send({ type: 'accept' });
}

test('F6 a refused product is corrected where it was made: the refusal goes, the correction is accepted', async () => {
  const terminal = await ready('supervisora');
  const { desk } = terminal;
  const product = await firstProduct(terminal);
  await desk.products.edit(product.id, { price: 99_900 });
  await changeUser(server, 'supervisora', { role: 'cashier' });
  await syncProducts(terminal);
  const [refused] = await next(desk.attention.rejected$());
  expect(refused).toMatchObject({ code: 'ROLE_NOT_ALLOWED', documentId: product.id });
  expect(refused?.isWaiting).toBe(false);
  expect(
    await desk.attention.document({ collectionName: 'products', documentId: product.id }),
  ).toMatchObject({
    price: 99_900,
    pending: 1,
  });

  /* Somebody who may corrects it, at this very terminal. */
  await desk.session.logout();
  await loginAndSync(terminal, credentials('duena'));
  await desk.products.edit(product.id, { price: 88_800 });
  expect(await next(desk.attention.rejected$())).toEqual([]);
  await syncProducts(terminal);
  expect(await next(desk.attention.rejected$())).toEqual([]);
  expect(await firstProduct(terminal)).toMatchObject({ price: 88_800, pending: 0 });
});

test('a refused invoice that is sent again waits for the next sync, and goes when its author may sell again', async () => {
  const terminal = await ready('cajero1');
  const { desk } = terminal;
  const invoice = await sell(terminal, 1000);
  await changeUser(server, 'cajero1', { role: 'qa' });
  await syncAll(terminal);
  const [refused] = await next(desk.attention.rejected$());
  expect(refused).toMatchObject({ collectionName: 'invoices', isWaiting: false });
  await desk.attention.sendAgain(refused?.id ?? '');
  expect((await next(desk.attention.rejected$()))[0]?.isWaiting).toBe(true);
  await changeUser(server, 'cajero1', { role: 'cashier' });
  await syncAll(terminal);
  expect(await next(desk.attention.rejected$())).toEqual([]);
  expect(await desk.invoices.find(invoice.id)).toMatchObject({
    pending: 0,
    consecutive: invoice.consecutive,
  });
});

test('F29 a conflict: who may not edit products cannot apply it, a supervisor can', async () => {
  const a = await ready('supervisora');
  const b = await ready('duena');
  const { id } = await firstProduct(a);
  await a.desk.products.edit(id, { price: 111_100 });
  await b.desk.products.edit(id, { price: 222_200, notes: 'de b' });
  await syncProducts(b);
  await syncProducts(a);
  const [open] = await next(a.desk.attention.conflicts$());
  expect(open?.fields).toEqual([
    { field: 'price', base: expect.any(Number), mine: 111_100, theirs: 222_200 },
  ]);
  expect(await firstProduct(a)).toMatchObject({ price: 222_200, notes: 'de b' });

  await a.desk.session.logout();
  await loginAndSync(a, credentials('cajero1'));
  await expect(a.desk.attention.applyMine(open?.id ?? '')).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await a.desk.session.logout();
  await loginAndSync(a, credentials('supervisora'));
  await a.desk.attention.applyMine(open?.id ?? '');
  expect(await next(a.desk.attention.conflicts$())).toEqual([]);
  await syncProducts(a);
  await syncProducts(b);
  expect(await firstProduct(b)).toMatchObject({ price: 111_100, notes: 'de b' });
});

test('F26 an oversold invoice is an alert at every terminal until somebody attends to it, and stays attended', async () => {
  const a = await ready('cajero1');
  const b = await ready('supervisora');
  const invoice = await sell(a, 900_000);
  await syncAll(a);
  await syncAll(b);
  const [alert] = await next(b.desk.attention.alerts$());
  expect(alert).toMatchObject({ invoiceId: invoice.id, flags: ['OVERSOLD'] });
  await expect(a.desk.attention.attend(invoice.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await b.desk.attention.attend(invoice.id);
  expect(await next(b.desk.attention.alerts$())).toEqual([]);
  /* Another life of the server's data: everything is read afresh, and what was attended to is not news. */

  await beginEpoch(server.context, { storeId: server.storeId, actor: 'test' });
  await syncAll(b);
  expect(await next(b.desk.attention.alerts$())).toEqual([]);
  const page = { text: '', type: 'all', onlyPending: false, onlyAlerts: true } as const;
  expect((await b.desk.invoices.page(page, null, 10)).map(({ id }) => id)).toEqual([invoice.id]);
});

test('F21 F24 what the server noticed of other terminals’ invoices arrives as alerts too', async () => {
  const b = await ready('supervisora');
  const copied = await apiTerminal(server, 'cajero2');
  const { documents } = await copied.pull('products', 0, 1);
  const first = copied.ticket(documents);
  const twin = { ...first, id: randomUUID(), serial: first.serial + 500, edit: randomUUID() };
  twin.chain = { prev: '', hash: invoiceHash(twin), signature: '' };
  await copied.push('invoices', [first, twin]);
  await changeUser(server, 'cajero2', { active: false });
  await copied.request('POST', '/api/session', credentials('cajero1'));
  const late = copied.ticket(documents);
  await copied.push('invoices', [late]);
  await syncAll(b);
  const alerts = await next(b.desk.attention.alerts$());
  expect(new Map(alerts.map(({ invoiceId, flags }) => [invoiceId, flags]))).toEqual(
    new Map([
      [twin.id, ['DUPLICATE_CONSECUTIVE']],
      [late.id, ['USER_INACTIVE']],
    ]),
  );
});

test('a debit note charges an amount with the line’s tax, refers to the original, and moves no stock', async () => {
  const terminal = await ready('supervisora');
  const { desk } = terminal;
  const invoice = await sell(terminal, 2000);
  const before = await desk.stock.shownOf([invoice.lines[0]?.productId ?? '']);
  const note = await desk.sales.debitNote(invoice, {
    reason: 'Precio mal marcado',
    line: 0,
    amount: 25_000,
    method: 'card',
  });
  expect(note).toMatchObject({
    type: '02',
    totals: { net: 25_000, tax: 250, total: 25_250 },
    payments: [{ method: 'card', amount: 25_250 }],
    reference: { invoiceId: invoice.id, reason: 'Precio mal marcado', documentType: '04' },
  });
  expect(note.consecutive.slice(8)).toBe('020000000001');
  expect(await desk.stock.shownOf([invoice.lines[0]?.productId ?? ''])).toEqual(before);
  await syncAll(terminal);
  expect(await next(desk.attention.rejected$())).toEqual([]);
  expect(await desk.invoices.find(note.id)).toMatchObject({ pending: 0 });
  expect((await desk.invoices.notesOf(invoice)).map(({ id }) => id)).toEqual([note.id]);
  await expect(
    desk.sales.debitNote(invoice, { reason: 'x', line: 0, amount: 0, method: 'cash' }),
  ).rejects.toMatchObject({ code: 'INVALID_DOCUMENT' });
});

test('a debit note takes the role that a credit note takes, at the terminal and at the server', async () => {
  const cashier = await ready('cajero1');
  const invoice = await sell(cashier, 1000);
  await expect(
    cashier.desk.sales.debitNote(invoice, { reason: 'x', line: 0, amount: 100, method: 'cash' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const forged = await apiTerminal(server, 'cajero2');
  const { documents } = await forged.pull('products', 0, 1);
  const ticket = forged.ticket(documents);
  const note = {
    ...ticket,
    type: '02',
    consecutive: ticket.consecutive.replace(/^(.{8})04/, '$102'),
  };
  const reply = await forged.push('invoices', [note]);
  expect(reply.rejected.map(({ code }) => code)).toEqual(['ROLE_NOT_ALLOWED']);
});

test('F16 a browser that does not promise to keep the data is not enrolled; the code stays good', async () => {
  const terminal = await openTerminal({ url: server.url, persist: () => Promise.resolve(false) });
  terminals.push(terminal);
  const { desk } = terminal;
  const code = await server.newCode();
  await expect(desk.session.enrol({ code, name: 'Caja' })).rejects.toMatchObject({
    code: 'STORAGE_NOT_KEPT',
  });
  expect(desk.session.state$.getValue().kind).toBe('unenrolled');
  await desk.session.enrol({ code, name: 'Caja', isTrial: true });
  expect(desk.session.state$.getValue().kind).toBe('signedOut');
});

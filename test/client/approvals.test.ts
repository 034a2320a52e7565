import type { SaleLine } from '../../client/services/sales-service';
import type { AuditEntry } from '../../server/store/port';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { changeUser } from '../kit/change-user';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { startServer, type TestServer } from '../kit/start-server';

const SUPERVISOR = { userName: ' Supervisora ', password: passwordOf('supervisora') };
const CASHIER = { userName: 'cajero1', password: passwordOf('cajero1') };

let server: TestServer;
let terminal: TestTerminal;

beforeEach(async () => {
  server = await startServer();
  /* The server keeps the key of a password that it has seen. */
  await apiTerminal(server, 'supervisora');
  terminal = await openTerminal({ url: server.url });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, CASHIER);
});
afterEach(async () => {
  await terminal.close();
  await server.close();
});

const goOffline = (): void => {
  terminal.network.intercept = () => Promise.reject(new TypeError('offline'));
};
const goOnline = (): void => {
  terminal.network.intercept = undefined;
};

async function lines(change: Partial<SaleLine>): Promise<SaleLine[]> {
  const product = await terminal.desk.db.products.findOne({ sort: [{ code: 'asc' }] }).exec();
  if (product === null) throw new Error('no product');
  const json = product.toMutableJSON();
  return [{ product: json, quantity: 1000, unitPrice: json.price, discountRate: 0, ...change }];
}

async function sell(sold: readonly SaleLine[], approver = SUPERVISOR) {
  const { sales } = terminal.desk;
  const approval = await sales.approveSale({ type: '04', lines: sold, approver });
  const { toInvoiceLine } = await import('../../client/desk/build-invoice');
  const total = sold.reduce((sum, line) => sum + toInvoiceLine(line).total, 0);
  return sales.issue({
    type: '04',
    clientId: '',
    lines: sold,
    payments: [{ method: 'cash', amount: total, reference: '' }],
    tendered: total,
    notes: '',
    approval,
  });
}

const audits = async (action: string): Promise<readonly AuditEntry[]> =>
  server.context.store.scope(server.storeId).journal.audits(action);
const rejected = () => terminal.desk.db.rejected.count().exec();

test('P76 a cashier sells above the limit with a supervisor’s approval, offline; the server takes it and writes it down', async () => {
  goOffline();
  const sold = await lines({ discountRate: 2500, unitPrice: 100 });
  expect(terminal.desk.sales.needs(sold)).toEqual(['changePrice', 'discountAboveLimit']);
  const invoice = await sell(sold);
  expect(invoice.approvals.map(({ permission, userName }) => [permission, userName])).toEqual([
    ['changePrice', 'Rosa (supervisora)'],
    ['discountAboveLimit', 'Rosa (supervisora)'],
  ]);
  goOnline();
  await syncAll(terminal);
  expect(await rejected()).toBe(0);
  expect((await audits('approvalUsed')).map(({ details }) => details['permission'])).toEqual([
    'changePrice',
    'discountAboveLimit',
  ]);
  expect(await audits('priceDiffers')).toEqual([]);
});

test('P76 without an approval nothing is issued, and an approval of other lines is refused by the server', async () => {
  const sold = await lines({ discountRate: 2500 });
  const { sales } = terminal.desk;
  const approval = await sales.approveSale({ type: '04', lines: sold, approver: SUPERVISOR });
  const bare = {
    type: '04' as const,
    clientId: '',
    lines: sold,
    payments: [],
    tendered: 0,
    notes: '',
  };
  await expect(sales.issue(bare)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const dearer = await lines({ discountRate: 9000 });
  const { toInvoiceLine } = await import('../../client/desk/build-invoice');
  const total = dearer.reduce((sum, line) => sum + toInvoiceLine(line).total, 0);
  await sales.issue({
    ...bare,
    lines: dearer,
    payments: [{ method: 'cash', amount: total, reference: '' }],
    approval,
  });
  await syncAll(terminal);
  expect(await rejected()).toBe(1);
});

test.each([
  ['a wrong password', { ...SUPERVISOR, password: 'otra' }],
  ['nobody of the store', { ...SUPERVISOR, userName: 'nadie' }],
  ['the cashier', CASHIER],
])('P76 %s approves nothing, and all failures look the same', async (_who, approver) => {
  const sold = await lines({ discountRate: 2500 });
  await expect(
    terminal.desk.sales.approveSale({ type: '04', lines: sold, approver }),
  ).rejects.toMatchObject({ code: 'APPROVAL_FAILED' });
});

test('P76 a credit note of a cashier carries its approval', async () => {
  const invoice = await sell(await lines({ discountRate: 2500 }));
  const { sales } = terminal.desk;
  await expect(sales.creditNote(invoice, { reason: 'x' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const note = await sales.creditNote(invoice, { reason: 'x', approver: SUPERVISOR });
  expect(note.approvals).toMatchObject([{ permission: 'creditNote' }]);
  await syncAll(terminal);
  expect(await rejected()).toBe(0);
});

test('T62 what is cancelled while its approval is checked, or before its turn, takes no number and allows nothing', async () => {
  const sold = await lines({});
  const { sales, approvals, db, sync } = terminal.desk;
  const total = (await import('../../client/desk/build-invoice')).toInvoiceLine(
    sold[0] as SaleLine,
  ).total;
  const sale = {
    type: '04' as const,
    clientId: '',
    lines: sold,
    payments: [{ method: 'cash' as const, amount: total, reference: '' }],
    tendered: total,
    notes: '',
  };
  const cancelled = async (call: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
    const stop = new AbortController();
    const called = call(stop.signal);
    stop.abort();
    await expect(called).rejects.toMatchObject({ code: 'CANCELLED' });
  };
  const invoice = await sales.issue(sale);
  await cancelled((signal) => sales.issue(sale, signal));
  const note = { reason: 'x', approver: SUPERVISOR };
  await cancelled((signal) => sales.creditNote(invoice, note, signal));
  const debit = { ...note, line: 0, amount: 100, method: 'cash' as const };
  await cancelled((signal) => sales.debitNote(invoice, debit, signal));
  const request = { type: '04' as const, lines: sold, approver: SUPERVISOR };
  await cancelled((signal) => sales.approveSale(request, signal));
  expect(await db.invoices.count().exec()).toBe(1);
  expect((await sales.issue(sale)).serial).toBe(invoice.serial + 1);

  await cancelled((signal) => approvals.approveLogout(SUPERVISOR, signal));
  sync.send({ type: 'askLogout', pending: 2 });
  sync.send({ type: 'logoutAnyway' });
  while (terminal.desk.session.state$.getValue().kind !== 'signedOut') {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect((await audits('loggedOutPending'))[0]?.details).not.toHaveProperty('approvedBy');
});

test('T30 a logout with documents pending is told to the log with who allowed it, as soon as the server is there', async () => {
  goOffline();
  await sell(await lines({ discountRate: 2500 }));
  await terminal.desk.approvals.approveLogout(SUPERVISOR);
  terminal.desk.sync.send({ type: 'askLogout', pending: 1 });
  terminal.desk.sync.send({ type: 'logoutAnyway' });
  while (terminal.desk.session.state$.getValue().kind !== 'signedOut') {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await audits('loggedOutPending')).toEqual([]);
  goOnline();
  await loginAndSync(terminal, CASHIER);
  const supervisor: ApiTerminal = await apiTerminal(server, 'supervisora');
  /* It is told beside the login's syncs, which wait for nothing. */
  while ((await audits('loggedOutPending')).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await audits('loggedOutPending')).toMatchObject([
    { details: { pending: 1, approvedBy: supervisor.session.user.id } },
  ]);
});

test('T31 P74 a user who may log in at other terminals only is refused here, offline too; the session ends', async () => {
  const other = await apiTerminal(server, 'duena');
  await changeUser(server, 'cajero1', { terminals: [other.session.terminal.id] });
  await expect(terminal.desk.session.login(CASHIER)).rejects.toMatchObject({
    code: 'TERMINAL_NOT_ALLOWED',
  });
  await loginAndSync(terminal, { userName: 'duena', password: passwordOf('duena') });
  goOffline();
  await expect(terminal.desk.session.login(CASHIER)).rejects.toMatchObject({
    code: 'TERMINAL_NOT_ALLOWED',
  });
});

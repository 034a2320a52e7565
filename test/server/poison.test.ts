import { randomUUID } from 'node:crypto';
import type { Movement } from '../../schemas/movements';
import type { Product } from '../../schemas/products';
import type { Shift } from '../../schemas/shifts';
import { writeUser } from '../../server/auth/users';
import { findUser } from '../../server/sync/author';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { makeCut } from '../kit/make-cut';
import { startServer, type TestServer } from '../kit/start-server';

/* Rows that pass the schema and would still stop a server that trusts it: each must fail alone (F6). */
let server: TestServer;
let owner: ApiTerminal;
let cashier: ApiTerminal;
let products: Product[];

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
  cashier = await apiTerminal(server, 'cajero1');
  products = (await owner.pull('products')).documents as unknown as Product[];
});
afterAll(() => server.close());

const product = (index: number): Product => {
  const found = products[index];
  if (found === undefined) throw new Error('no such product');
  return found;
};

let serial = 1000;
const movement = (terminal: ApiTerminal, change: Partial<Movement>): Movement => {
  serial += 1;
  return {
    id: randomUUID(),
    ver: 0,
    edit: randomUUID(),
    pending: 1,
    productId: product(20).id,
    kind: 'adjustment',
    quantity: 1000,
    reason: 'conteo',
    terminalId: terminal.session.terminal.id,
    serial,
    userId: terminal.session.user.id,
    at: '2026-11-24T12:00:00.000Z',
    businessDate: '2026-11-24',
    ...change,
  };
};

const results = (reply: {
  accepted: { id: string }[];
  rejected: { id: string; code: string }[];
}): { accepted: string[]; rejected: [string, string][] } => ({
  accepted: reply.accepted.map(({ id }) => id),
  rejected: reply.rejected.map(({ id, code }) => [id, code]),
});

test('F6 an invoice whose amounts no integer holds is refused alone', async () => {
  const good = cashier.ticket([product(0)]);
  const bad = cashier.ticket([product(1)]);
  const [line] = bad.lines;
  if (line === undefined) throw new Error('no line');
  bad.lines = [{ ...line, quantity: 1_000_000_000_000, unitPrice: Number.MAX_SAFE_INTEGER }];
  bad.chain = { prev: '', hash: invoiceHash(bad), signature: '' };
  const reply = await cashier.push('invoices', [bad, good]);
  expect(results(reply)).toEqual({
    accepted: [good.id],
    rejected: [[bad.id, 'TOTALS_MISMATCH']],
  });
});

test('F6 a movement that takes stock out of the integers is refused, and the product still sells', async () => {
  const huge = movement(owner, { quantity: Number.MAX_SAFE_INTEGER });
  const good = movement(owner, { quantity: 2000 });
  expect(results(await owner.push('movements', [huge, good]))).toEqual({
    accepted: [good.id],
    rejected: [[huge.id, 'INVALID_DOCUMENT']],
  });
  const sale = cashier.ticket([product(20)]);
  expect((await cashier.push('invoices', [sale])).accepted).toHaveLength(1);
});

test('F6 an invoice under the id of a movement: both count, each in its own ledger line', async () => {
  const moved = movement(owner, { productId: product(21).id, quantity: 3000 });
  await owner.push('movements', [moved]);
  const sale = owner.ticket([product(21)]);
  sale.id = moved.id;
  sale.chain = { prev: '', hash: invoiceHash(sale), signature: '' };
  const next = owner.ticket([product(22)]);
  expect((await owner.push('invoices', [sale, next])).accepted).toHaveLength(2);
});

test('F6 an edit id that a database column would cut short is refused', async () => {
  const client = (await owner.pull('clients')).documents[0] as unknown as object;
  const rows = ['a\u0000b', 'a\ud800', ' '].map((edit) => ({ ...client, edit, pending: 1 }));
  const reply = await owner.push('clients', rows, [client, client, client]);
  expect(reply.rejected.map(({ message }) => message.slice(0, 6))).toEqual([
    '/edit:',
    '/edit:',
    '/edit:',
  ]);
});

test('F7 a document over the size limit is refused, and a long key does not make a long answer', async () => {
  const client = (await owner.pull('clients')).documents[1] as unknown as Record<string, unknown>;
  const keyed = { ...client, edit: randomUUID(), [`k${'x'.repeat(100_000)}`]: 1 };
  const reply = await owner.push('clients', [keyed], [client]);
  expect(reply.rejected[0]?.message.length).toBeLessThanOrEqual(300);
  const big = cashier.ticket([product(2)]);
  const [line] = big.lines;
  if (line === undefined) throw new Error('no line');
  const description = 'ñ'.repeat(200);
  big.lines = Array.from({ length: 1000 }, () => ({ ...line, description }));
  const [refused] = (await cashier.push('invoices', [big])).rejected;
  expect([refused?.code, refused?.message]).toEqual([
    'INVALID_DOCUMENT',
    expect.stringContaining('larger'),
  ]);
});

test('F3 what was accepted stays acknowledged when its author may no longer do it', async () => {
  const supervisor = await apiTerminal(server, 'supervisora');
  const base = product(30);
  const edit = { ...base, notes: 'antes', edit: randomUUID(), pending: 1 };
  const moved = movement(supervisor, { productId: product(31).id });
  await supervisor.push('products', [edit], [base]);
  await supervisor.push('movements', [moved]);
  const scope = server.context.store.scope(server.storeId);
  const user = await findUser(scope, supervisor.session.user.id);
  if (user === null) throw new Error('no user');
  await writeUser(scope, { ...user, ver: user.ver + 1, edit: randomUUID(), role: 'cashier' });
  expect((await supervisor.push('products', [edit], [base])).accepted).toEqual([
    { id: base.id, ver: 2 },
  ]);
  expect((await supervisor.push('movements', [moved])).accepted).toEqual([
    { id: moved.id, ver: 1 },
  ]);
  const later = { ...edit, notes: 'después', edit: randomUUID() };
  expect((await supervisor.push('products', [later], [edit])).rejected[0]?.code).toBe(
    'ROLE_NOT_ALLOWED',
  );
});

test('a shift is written by its own terminal only, whatever terminal the row claims', async () => {
  const shift: Shift = {
    id: randomUUID(),
    ver: 0,
    edit: randomUUID(),
    pending: 1,
    terminalId: cashier.session.terminal.id,
    userId: cashier.session.user.id,
    userName: '',
    status: 'open',
    openedAt: '2026-11-24T12:00:00.000Z',
    openingCash: 1000,
    closedAt: '',
    expectedCash: 0,
    countedCash: 0,
    difference: 0,
    notes: '',
  };
  expect((await cashier.push('shifts', [shift])).accepted).toHaveLength(1);
  const taken = {
    ...shift,
    ver: 1,
    edit: randomUUID(),
    terminalId: owner.session.terminal.id,
    userId: owner.session.user.id,
  };
  expect((await owner.push('shifts', [taken], [{ ...shift, ver: 1 }])).rejected[0]?.code).toBe(
    'FOREIGN_TERMINAL',
  );
});

test('F26 serials with too many gaps are refused before the stock document outgrows its schema', async () => {
  const scope = server.context.store.scope(server.storeId);
  const terminal = await apiTerminal(server, 'duena');
  const gaps = Array.from({ length: 5000 }, (_, index) => 1_000_001 + index * 2);
  await scope.ledger.setSerials(
    terminal.session.terminal.id,
    gaps.flatMap((n) => [n, n]),
  );
  const gap = movement(terminal, { serial: 5 });
  const joining = movement(terminal, { serial: 1_000_002 });
  expect(results(await terminal.push('movements', [gap, joining]))).toEqual({
    accepted: [joining.id],
    rejected: [[gap.id, 'INVALID_DOCUMENT']],
  });
});

test('F6 a NUL and half a character in a text are stored and archived like any other', async () => {
  const odd = ['a\u0000b', 'x\ud83d'].map((notes) => {
    const sale = owner.ticket([product(23)], { notes });
    return { ...sale, chain: { ...sale.chain, hash: invoiceHash(sale) } };
  });
  const last = owner.ticket([product(23)]);
  const whole = { ...last, chain: { ...last.chain, prev: odd[1]?.chain.hash ?? '' } };
  whole.chain.hash = invoiceHash(whole);
  const { accepted, rejected } = await owner.push('invoices', [...odd, whole]);
  expect([accepted.length, rejected]).toEqual([3, []]);
  expect(await makeCut(server, new Date(Date.now() + 60_000).toISOString())).toBeGreaterThan(1);
  const { archive, documents } = server.context.store.scope(server.storeId);
  const [first] = odd;
  expect((await documents.find('invoices', [first?.id ?? ''])).size).toBe(1);
  expect(
    await archive.invoices({ filter: { notesOf: first?.id ?? '' }, before: null, limit: 5 }),
  ).toEqual([]);
});

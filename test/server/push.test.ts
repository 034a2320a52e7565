import { randomUUID } from 'node:crypto';
import type { Product } from '../../schemas/products';
import type { Stock } from '../../schemas/stock';
import { addToDigest, digestText, documentHash, EMPTY_DIGEST } from '../../shared/digest';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

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
const stockOf = async (id: string): Promise<Stock> => {
  const found = await server.context.store.scope(server.storeId).documents.find('stock', [id]);
  return JSON.parse(found.get(id)?.json ?? 'null') as Stock;
};
const sumOfMoves = (id: string) => server.context.store.scope(server.storeId).ledger.sumOfMoves(id);
const edited = (from: Product, change: Partial<Product>): Product => ({
  ...from,
  ...change,
  edit: randomUUID(),
  pending: 1,
});

test('P10 P11 pages follow the checkpoint, and what remains is exact', async () => {
  const first = await owner.pull('products', 0, 100);
  expect(first.documents).toHaveLength(100);
  expect(first.remaining).toBe(products.length - 100);
  const second = await owner.pull('products', first.checkpoint.seq, 1000);
  expect(second.documents).toHaveLength(products.length - 100);
  expect(second.remaining).toBe(0);
  const after = await owner.pull('products', second.checkpoint.seq, 1000);
  expect(after).toMatchObject({ documents: [], remaining: 0, checkpoint: second.checkpoint });
});

test('F3 P21 a push that is repeated changes nothing: one invoice, stock moved once', async () => {
  const invoice = cashier.ticket([product(0)]);
  const before = await stockOf(product(0).id);
  const first = await cashier.push('invoices', [invoice]);
  for (let i = 0; i < 3; i++) expect(await cashier.push('invoices', [invoice])).toEqual(first);
  expect(first.accepted).toEqual([{ id: invoice.id, ver: 1 }]);
  const after = await stockOf(product(0).id);
  expect(after.onHand).toBe(before.onHand - 1000);
  expect(after.seen).toEqual([{ terminalId: cashier.session.terminal.id, ranges: [1, 1] }]);
});

test('F4 F6 P20 row 7 of 20 fails: 19 stored, 1 reported with its reason', async () => {
  const rows: Record<string, unknown>[] = Array.from({ length: 20 }, (_, index) =>
    edited(product(index + 10), { notes: `fila ${index}` }),
  );
  rows[6] = { ...rows[6], price: -5 };
  const reply = await owner.push(
    'products',
    rows,
    rows.map((_, index) => product(index + 10)),
  );
  expect(reply.accepted).toHaveLength(19);
  expect(reply.rejected).toEqual([
    { id: rows[6]?.['id'], code: 'INVALID_DOCUMENT', message: expect.stringContaining('/price') },
  ]);
});

test('F29 P23 P24 an edit over an older state is answered with the current document, and changes nothing', async () => {
  const base = product(40);
  const mine = edited(base, { price: 100 });
  expect((await owner.push('products', [mine], [base])).accepted).toHaveLength(1);
  const late = edited(base, { price: 200 });
  const reply = await owner.push('products', [late], [base]);
  expect(reply.conflicts).toEqual([{ ...mine, ver: 2, pending: 0 }]);
});

test('P22 an edit whose answer was lost and that others built on is superseded, not in conflict', async () => {
  const base = product(41);
  const first = edited(base, { notes: 'uno' });
  await owner.push('products', [first], [base]);
  const second = edited({ ...first, ver: 2, pending: 0 }, { notes: 'dos' });
  await owner.push('products', [second], [{ ...first, ver: 2 }]);
  const again = await owner.push('products', [first], [base]);
  expect(again.conflicts).toEqual([]);
  expect(again.superseded).toEqual([{ ...second, ver: 3, pending: 0 }]);
});

test('P22 a flagged invoice whose answer was lost: the sender is given the flags', async () => {
  const rare = product(5);
  const { onHand } = await stockOf(rare.id);
  const lines = Array.from({ length: Math.floor(onHand / 1000) + 1 }, () => rare);
  const invoice = cashier.ticket(lines);
  expect((await cashier.push('invoices', [invoice])).accepted).toHaveLength(1);
  const again = await cashier.push('invoices', [invoice]);
  expect(again.accepted).toEqual([]);
  expect(again.superseded).toEqual([
    expect.objectContaining({ id: invoice.id, ver: 2, flags: ['OVERSOLD'] }),
  ]);
});

test('P23 the correction of a refused edit is accepted over the version that both were made from', async () => {
  const base = product(42);
  const refused = { ...edited(base, { notes: 'uno' }), price: -1 };
  expect((await owner.push('products', [refused], [base])).rejected).toHaveLength(1);
  const correction = edited({ ...refused, price: base.price }, { notes: 'dos' });
  expect((await owner.push('products', [correction], [refused])).accepted).toEqual([
    { id: base.id, ver: 2 },
  ]);
});

test('F12 a document that the server lacks is stored whatever version the terminal names', async () => {
  const client = (await owner.pull('clients')).documents[0] as unknown as Record<string, unknown>;
  const unknown = { ...client, id: randomUUID(), ver: 9, edit: randomUUID(), pending: 1 };
  expect((await owner.push('clients', [unknown], [unknown])).accepted).toEqual([
    { id: unknown.id, ver: 1 },
  ]);
});

test('F19 F28 an invoice whose product and client nobody knows is accepted: it carries a snapshot', async () => {
  const stranger = { ...product(1), id: randomUUID() };
  const invoice = cashier.ticket([stranger]);
  expect((await cashier.push('invoices', [invoice])).accepted).toHaveLength(1);
});

test('F24 P25 the same consecutive twice: both kept, flagged, and reported', async () => {
  const invoice = cashier.ticket([product(2)]);
  const { invoiceHash } = await import('../../shared/chain/invoice-hash');
  const twin = { ...invoice, id: randomUUID(), serial: invoice.serial + 500, edit: randomUUID() };
  twin.chain = { ...twin.chain, hash: invoiceHash(twin) };
  const reply = await cashier.push('invoices', [invoice, twin]);
  expect(reply.accepted).toHaveLength(2);
  const stored = await server.context.store
    .scope(server.storeId)
    .documents.find('invoices', [twin.id]);
  expect(JSON.parse(stored.get(twin.id)?.json ?? '{}')).toMatchObject({
    ver: 2,
    flags: ['DUPLICATE_CONSECUTIVE'],
  });
  const alerts = await server.context.store
    .scope(server.storeId)
    .journal.audits('duplicateConsecutive');
  expect(alerts).toHaveLength(1);
});

test('F26 selling more than there is: accepted, stock below zero, flagged', async () => {
  const rare = product(3);
  const { onHand } = await stockOf(rare.id);
  const lines = Math.floor(onHand / 1000) + 2;
  const invoice = cashier.ticket(Array.from({ length: lines }, () => rare));
  expect((await cashier.push('invoices', [invoice])).rejected).toEqual([]);
  expect((await stockOf(rare.id)).onHand).toBeLessThan(0);
  expect((await stockOf(rare.id)).onHand).toBe(await sumOfMoves(rare.id));
});

test('P22 an invoice that the server has flagged is answered as it is now when it is sent again', async () => {
  const rare = product(20);
  const { onHand } = await stockOf(rare.id);
  const lines = Math.floor(onHand / 1000) + 2;
  const invoice = cashier.ticket(Array.from({ length: lines }, () => rare));
  expect((await cashier.push('invoices', [invoice])).accepted).toEqual([
    { id: invoice.id, ver: 1 },
  ]);
  const again = await cashier.push('invoices', [invoice]);
  expect(again.accepted).toEqual([]);
  expect(again.superseded).toEqual([
    {
      ...invoice,
      ver: 2,
      pending: 0,
      edit: expect.not.stringMatching(invoice.edit),
      flags: ['OVERSOLD'],
    },
  ]);
  expect((await stockOf(rare.id)).onHand).toBe(onHand - 1000 * lines);
});

test('S1 a cashier who pushes a user, or edits a product, is refused and audited', async () => {
  const user = (await cashier.pull('users')).documents[0] as unknown as Record<string, unknown>;
  const raised = { ...user, role: 'owner', edit: randomUUID(), pending: 1 };
  expect((await cashier.push('users', [raised], [user])).rejected[0]?.code).toBe(
    'READ_ONLY_COLLECTION',
  );
  const price = edited(product(5), { price: 1 });
  expect((await cashier.push('products', [price], [product(5)])).rejected[0]?.code).toBe(
    'ROLE_NOT_ALLOWED',
  );
  const forged = edited(product(5), { price: 1, editedBy: owner.session.user.id });
  expect((await cashier.push('products', [forged], [product(5)])).rejected[0]?.code).toBe(
    'ROLE_NOT_ALLOWED',
  );
  expect(
    (await server.context.store.scope(server.storeId).journal.audits('pushRejected')).length,
  ).toBeGreaterThan(2);
});

test('S3 P26 forged totals, extra fields, another terminal: refused', async () => {
  const invoice = cashier.ticket([product(6)]);
  const cheap = { ...invoice, totals: { ...invoice.totals, total: 1 } };
  const extra = { ...invoice, storeId: 'x' };
  const foreign = { ...invoice, terminalId: owner.session.terminal.id };
  const codes: (string | undefined)[] = [];
  for (const row of [cheap, extra, foreign]) {
    codes.push((await cashier.push('invoices', [row])).rejected[0]?.code);
  }
  expect(codes).toEqual(['TOTALS_MISMATCH', 'INVALID_DOCUMENT', 'FOREIGN_TERMINAL']);
});

test('S11 an issued invoice that is edited, deleted or altered is refused', async () => {
  const invoice = cashier.ticket([product(7)]);
  await cashier.push('invoices', [invoice]);
  const altered = { ...invoice, notes: 'otra cosa', edit: randomUUID() };
  expect((await cashier.push('invoices', [altered])).rejected[0]?.code).toBe('CHAIN_MISMATCH');
  const { invoiceHash } = await import('../../shared/chain/invoice-hash');
  const resealed = { ...altered, chain: { ...altered.chain, hash: invoiceHash(altered) } };
  expect((await cashier.push('invoices', [resealed])).rejected[0]?.code).toBe('DOCUMENT_IMMUTABLE');
  const deleted = { ...invoice, _deleted: true };
  expect((await cashier.push('invoices', [deleted])).rejected[0]?.code).toBe('DELETE_NOT_ALLOWED');
});

test('P27 P30 stock is opening plus movements, and the digests are those of the documents', async () => {
  const status = (await owner.request('GET', '/api/sync/status')).body as {
    collections: Record<string, { count: number; digest: string }>;
  };
  for (const collection of ['products', 'clients', 'invoices', 'stock', 'users']) {
    const { documents } = await owner.pull(collection);
    let digest = EMPTY_DIGEST;
    for (const { id, ver } of documents as { id: string; ver: number }[]) {
      digest = addToDigest(digest, documentHash(id, ver));
    }
    expect([collection, status.collections[collection]]).toEqual([
      collection,
      expect.objectContaining({ count: documents.length, digest: digestText(digest) }),
    ]);
  }
  for (const { id, onHand } of (await owner.pull('stock')).documents as Stock[]) {
    expect(onHand).toBe(await sumOfMoves(id));
  }
});

test('a restart keeps everything that was acknowledged', async () => {
  const before = (await owner.pull('invoices')).documents;
  await server.restart();
  await owner.request('GET', '/health/live').catch(() => undefined);
  expect((await owner.pull('invoices')).documents).toEqual(before);
});

test.each(['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR'])(
  'F30 %s: 503 with Retry-After, nothing acknowledged, and the next try goes through',
  async (code) => {
    const { store } = server.context;
    const real = store.transaction;
    const invoice = cashier.ticket([product(8)]);
    const body = { epoch: cashier.session.epoch, rows: [{ newDocumentState: invoice }] };
    store.transaction = () => Promise.reject(Object.assign(new Error('disk'), { code }));
    try {
      const refused = await cashier.request('POST', '/api/sync/invoices', body);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
      expect(refused.body).toMatchObject({ code: 'STORE_BUSY' });
      expect(refused.text).not.toContain('disk');
    } finally {
      store.transaction = real;
    }
    expect((await cashier.push('invoices', [invoice])).accepted).toHaveLength(1);
  },
);

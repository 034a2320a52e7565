import { randomUUID } from 'node:crypto';
import type { Product } from '../../schemas/products';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let cashier: ApiTerminal;
let supervisor: ApiTerminal;
let products: Product[];

beforeAll(async () => {
  server = await startServer();
  cashier = await apiTerminal(server, 'cajero1');
  supervisor = await apiTerminal(server, 'supervisora');
  products = (await cashier.pull('products', 0, 5)).documents as Product[];
});
afterAll(() => server.close());

const codeOf = (reply: { body: never }): string => (reply.body as { code: string }).code;
const rescue = (
  by: ApiTerminal,
  collection: string,
  documents: readonly unknown[],
  change: Record<string, unknown> = {},
) =>
  by.request('POST', `/api/rescues/${collection}`, {
    epoch: cashier.session.epoch,
    terminalId: cashier.session.terminal.id,
    fileId: 'a'.repeat(64),
    madeAt: '2026-11-24T12:00:00.000Z',
    rows: documents.map((newDocumentState) => ({ newDocumentState })),
    ...change,
  });

test('S12 P81 who may not import a rescue is refused before the body is read', async () => {
  const path = '/api/rescues/invoices';
  expect(codeOf(await cashier.request('POST', path, undefined, '{'))).toBe('FORBIDDEN');
  expect(codeOf(await supervisor.request('POST', path, undefined, '{'))).toBe('BAD_REQUEST');
});

test('S2 P83 a terminal that the store does not have, fields that are not asked for, collections that are not written', async () => {
  const sale = cashier.ticket(products.slice(0, 1));
  const foreign = await rescue(supervisor, 'invoices', [sale], { terminalId: randomUUID() });
  expect([foreign.status, codeOf(foreign)]).toEqual([422, 'RESCUE_FOREIGN']);
  const more = await rescue(supervisor, 'invoices', [sale], { storeId: server.storeId });
  expect(codeOf(more)).toBe('BAD_REQUEST');
  expect(codeOf(await rescue(supervisor, 'secrets', [sale]))).toBe('UNKNOWN_COLLECTION');
  const users = (await supervisor.pull('users')).documents;
  expect((await rescue(supervisor, 'users', users)).body).toMatchObject({
    accepted: [],
    rejected: users.map(() => ({ code: 'READ_ONLY_COLLECTION' })),
  });
});

test('S3 S12 P80 rows of a third terminal, forged totals and a number of another terminal are refused one by one', async () => {
  const fine = cashier.ticket(products.slice(0, 1));
  const third = supervisor.ticket(products.slice(0, 1));
  const forged = cashier.ticket(products.slice(0, 1));
  forged.totals = { ...forged.totals, total: forged.totals.total + 1 };
  const numbered = cashier.ticket(products.slice(0, 1), { consecutive: third.consecutive });
  const reply = await rescue(supervisor, 'invoices', [third, forged, numbered, fine]);
  expect(reply.body).toMatchObject({
    accepted: [{ id: fine.id, ver: 1 }],
    rejected: [
      { id: third.id, code: 'FOREIGN_TERMINAL' },
      { id: forged.id, code: 'TOTALS_MISMATCH' },
      { id: numbered.id, code: 'NUMBER_MISMATCH' },
    ],
  });
});

test('P80 P82 brought in before and after its terminal sent it: once in stock and in the count, both in the log', async () => {
  const { ledger, journal } = server.context.store.scope(server.storeId);
  const [product] = products.slice(2, 3);
  if (product === undefined) throw new Error('no product');
  const [first, second] = [cashier.ticket([product]), cashier.ticket([product])];
  const before = await ledger.sumOfMoves(product.id);
  expect((await cashier.push('invoices', [first])).accepted).toHaveLength(1);
  expect((await rescue(supervisor, 'invoices', [first, second])).body).toMatchObject({
    accepted: [{ id: first.id }, { id: second.id }],
  });
  expect((await cashier.push('invoices', [first, second])).accepted).toHaveLength(2);
  expect(await ledger.sumOfMoves(product.id)).toBe(before - 2000);
  const entry = (await journal.audits('rescueImported')).at(-1);
  expect(entry).toMatchObject({
    actor: supervisor.session.user.id,
    details: { terminalId: cashier.session.terminal.id, fileId: 'a'.repeat(64), accepted: 2 },
  });
});

test('P84 the epoch of a file is that of the store, or nothing is applied', async () => {
  const sale = cashier.ticket(products.slice(0, 1));
  const reply = await rescue(supervisor, 'invoices', [sale], { epoch: 'another' });
  expect([reply.status, codeOf(reply)]).toEqual([409, 'EPOCH_CHANGED']);
});

test('P51 P81 who brings something in is looked up once, before the body is read', async () => {
  const owner = await apiTerminal(server, 'duena');
  const lookUps = jest.spyOn(server.context.store, 'terminalByCredential');
  try {
    const sale = cashier.ticket(products.slice(0, 1));
    expect((await rescue(owner, 'invoices', [sale])).status).toBe(200);
    expect(lookUps).toHaveBeenCalledTimes(1);
    const file = { name: 'p.csv', text: 'code,description,price\nZ1,Zeta,5\n', dryRun: true };
    expect((await owner.request('POST', '/api/imports', file)).status).toBe(200);
    expect(lookUps).toHaveBeenCalledTimes(2);
  } finally {
    lookUps.mockRestore();
  }
});

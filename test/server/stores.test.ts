import { randomUUID } from 'node:crypto';
import type { Client } from '../../schemas/clients';
import type { Product } from '../../schemas/products';
import { makeCode } from '../../server/auth/enrolment';
import { beginEpoch } from '../../server/begin-epoch';
import { addNewStore } from '../../server/new-store';
import { ERRORS } from '../../shared/errors/registry';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

const PROFILE = {
  name: 'Otra',
  legalName: 'Otra S.A.',
  issuerId: '3101000000',
  address: '',
  phone: '',
  email: '',
  branch: '002',
  currency: 'CRC',
  fiscalDeadlineHours: 72,
  maxDiscount: 1000,
  timeZone: 'America/Costa_Rica',
};
const OWNER = { userName: 'duena', displayName: 'Otra dueña', password: 'demo-duena' };

let server: TestServer;
let here: ApiTerminal;
let there: ApiTerminal;
let other: string;

beforeAll(async () => {
  server = await startServer();
  here = await apiTerminal(server, 'duena');
  other = await addNewStore(server.context, { profile: PROFILE, owner: OWNER });
  const newCode = async () =>
    (await makeCode(server.context, { storeId: other, actor: 'test' })).code;
  there = await apiTerminal({ ...server, url: server.url, newCode } as TestServer, 'duena');
});
afterAll(() => server.close());

test('a new store begins empty but for its owner, with terminal number 1', async () => {
  expect(there.session.store).toEqual({ id: other, demo: false, ...PROFILE });
  expect(there.session.terminal.number).toBe(1);
  expect((await there.pull('products')).documents).toEqual([]);
  expect((await there.pull('users')).documents).toMatchObject([{ userName: 'duena', ver: 1 }]);
});

test('S2 no answer to one store holds a byte of the other', async () => {
  const [client] = (await here.pull('clients')).documents as Client[];
  if (client === undefined) throw new Error('no client');
  const mine = { ...client, name: 'De la otra', editedBy: '', edit: randomUUID(), pending: 1 };
  /* The same id is another document there: stored as new, no conflict that would show this store's state. */
  expect(await there.push('clients', [mine], [client])).toEqual({
    accepted: [{ id: client.id, ver: 1 }],
    superseded: [],
    conflicts: [],
    rejected: [],
  });
  const again = await there.push('clients', [{ ...mine, edit: client.edit }]);
  expect(again.conflicts).toMatchObject([{ name: 'De la otra' }]);
  const [kept] = ((await here.pull('clients')).documents as Client[]).filter(
    ({ id }) => id === client.id,
  );
  expect(kept).toEqual(client);
  const status = await there.request('GET', '/api/sync/status');
  expect(status.text).not.toContain(here.session.epoch);
  expect((status.body as { collections: object }).collections).toMatchObject({
    clients: { count: 1, seq: 1 },
    products: { count: 0, seq: 0 },
  });
});

test('S2 an author, a terminal or a session of the other store counts for nothing', async () => {
  const [client] = (await there.pull('clients')).documents as Client[];
  if (client === undefined) throw new Error('no client');
  const foreignAuthor = {
    ...client,
    editedBy: here.session.user.id,
    edit: randomUUID(),
    pending: 1,
  };
  expect((await there.push('clients', [foreignAuthor], [client])).rejected[0]?.code).toBe(
    'ROLE_NOT_ALLOWED',
  );
  const revoke = await there.request('DELETE', `/api/terminals/${here.session.terminal.id}`);
  expect(revoke.status).toBe(404);
  const jar = new Map(there.jar);
  there.jar.set('mostrador_session', here.jar.get('mostrador_session') ?? '');
  expect((await there.request('GET', '/api/sync/status')).status).toBe(401);
  for (const [name, value] of jar) there.jar.set(name, value);
});

test('S12 a push of one terminal replayed by another, or in another store, is refused', async () => {
  const { documents } = await here.pull('products', 0, 1);
  const [product] = documents as Product[];
  if (product === undefined) throw new Error('no product');
  const invoice = here.ticket([product]);
  await here.push('invoices', [invoice]);
  const third = await apiTerminal(server, 'duena');
  const { documents: stored, ledger } = server.context.store.scope(server.storeId);
  const states = async () => [await stored.status(), await ledger.sumOfMoves(product.id)];
  const before = await states();
  /* A later one of that terminal too, which the server has not seen: row by row, since one must not hold up others. */
  const next = here.ticket([product]);
  for (const replayer of [third, there]) {
    const { rejected, ...rest } = await replayer.push('invoices', [invoice, next]);
    expect(rejected.map(({ code }) => code)).toEqual(['FOREIGN_TERMINAL', 'FOREIGN_TERMINAL']);
    expect(rest).toEqual({ accepted: [], superseded: [], conflicts: [] });
  }
  expect(ERRORS.FOREIGN_TERMINAL.status).toBe(403);
  expect(await states()).toEqual(before);
  expect((await here.push('invoices', [invoice, next])).accepted).toHaveLength(2);
});

test('F12 P12 a new epoch answers old checkpoints and pushes with 409, in its store only', async () => {
  const before = there.session.epoch;
  const epoch = await beginEpoch(server.context, { storeId: other, actor: 'test' });
  const pull = await there.request('GET', `/api/sync/clients?epoch=${before}&seq=1&limit=10`);
  const body = { epoch: before, rows: [{ newDocumentState: {} }] };
  const push = await there.request('POST', '/api/sync/clients', body);
  for (const { status, body: problem } of [pull, push]) {
    expect(status).toBe(409);
    expect(problem).toMatchObject({ code: 'EPOCH_CHANGED', epoch });
  }
  const afresh = await there.request('GET', '/api/sync/clients?epoch=&seq=0&limit=10');
  expect(afresh.body).toMatchObject({ checkpoint: { epoch, seq: 1 } });
  expect((await here.pull('clients', 1, 1)).documents).toHaveLength(1);
});

test.each([
  ['/issuerId', { profile: { ...PROFILE, issuerId: '3-101-000000' }, owner: OWNER }],
  ['/branch', { profile: { ...PROFILE, branch: '2' }, owner: OWNER }],
  ['/userName', { profile: PROFILE, owner: { ...OWNER, userName: 'Doña' } }],
  ['/password', { profile: PROFILE, owner: { ...OWNER, password: 'corta' } }],
])('a store with a bad %s is not made', async (path, options) => {
  const before = (await server.context.store.stores()).length;
  await expect(addNewStore(server.context, options)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    details: { path },
  });
  expect(await server.context.store.stores()).toHaveLength(before);
});

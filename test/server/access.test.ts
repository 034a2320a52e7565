import { randomUUID } from 'node:crypto';
import type { Client } from '../../schemas/clients';
import type { Shift } from '../../schemas/shifts';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let cashier: ApiTerminal;
let clients: Client[];

beforeAll(async () => {
  server = await startServer();
  cashier = await apiTerminal(server, 'cajero1');
  clients = (await cashier.pull('clients')).documents;
});
afterAll(() => server.close());

const edited = (base: Client | undefined, change: Partial<Client>): Client => {
  if (base === undefined) throw new Error('no client');
  const editedBy = cashier.session.user.id;
  return { ...base, ...change, editedBy, edit: randomUUID(), pending: 1 };
};

test('S1 P70 a cashier corrects a client’s facts; a field that is not a cashier’s is refused by its name', async () => {
  const [base] = clients;
  const fine = await cashier.push('clients', [edited(base, { phone: '8888-1111' })], [base]);
  expect(fine.accepted).toMatchObject([{ id: base?.id, ver: 2 }]);
  const [current] = (await cashier.pull('clients')).documents.filter(
    ({ id }: Client) => id === base?.id,
  ) as Client[];
  const off = edited(current, { active: false, phone: '8888-2222' });
  expect((await cashier.push('clients', [off], [current])).rejected).toEqual([
    { id: base?.id, code: 'ROLE_NOT_ALLOWED', message: '/active: not for the role cashier' },
  ]);
  const [kept] = (await cashier.pull('clients')).documents.filter(
    ({ id }: Client) => id === base?.id,
  ) as Client[];
  expect(kept).toEqual(current);
});

test('S1 P70 a row that builds on another state gets that state, not a lecture about fields', async () => {
  const [, base] = clients;
  await cashier.push('clients', [edited(base, { notes: 'uno' })], [base]);
  const late = edited(base, { active: false });
  const reply = await cashier.push('clients', [late], [{ ...base, ver: 0, edit: 'x' }]);
  expect(reply.conflicts).toMatchObject([{ id: base?.id, notes: 'uno', active: true }]);
});

test('S1 P70 how a cash session was opened stays as it was', async () => {
  const { user, terminal } = cashier.session;
  const open: Shift = {
    id: randomUUID(),
    ver: 0,
    edit: randomUUID(),
    pending: 1,
    terminalId: terminal.id,
    userId: user.id,
    userName: user.displayName,
    status: 'open',
    openedAt: '2026-11-25T12:00:00.000Z',
    openingCash: 5000,
    closedAt: '',
    expectedCash: 0,
    countedCash: 0,
    difference: 0,
    notes: '',
  };
  expect((await cashier.push('shifts', [open])).accepted).toHaveLength(1);
  const closed = { ...open, ver: 1, edit: randomUUID(), status: 'closed' as const };
  const richer = { ...closed, openingCash: 1 };
  expect((await cashier.push('shifts', [richer], [open])).rejected[0]?.message).toBe(
    '/openingCash: not for the role cashier',
  );
  expect((await cashier.push('shifts', [closed], [open])).accepted).toHaveLength(1);
});

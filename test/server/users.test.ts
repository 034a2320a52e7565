import type { AuditPage } from '../../shared/protocol/audit-messages';
import type { UserList, UserReply, UserRow } from '../../shared/protocol/user-messages';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let owner: ApiTerminal;

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
});
afterAll(() => server.close());

const users = async (): Promise<UserRow[]> =>
  ((await owner.request('GET', '/api/users')).body as UserList).users;
const byName = async (userName: string): Promise<UserRow> => {
  const found = (await users()).find((user) => user.userName === userName);
  if (found === undefined) throw new Error(`no ${userName}`);
  return found;
};
const make = (change: Record<string, unknown> = {}) =>
  owner.request('POST', '/api/users', {
    userName: 'nueva',
    displayName: 'Nueva',
    role: 'cashier',
    terminals: [],
    password: 'larga y buena',
    ...change,
  });
const change = (id: string, body: unknown) => owner.request('PATCH', `/api/users/${id}`, body);
const login = (at: ApiTerminal, userName: string, password: string) =>
  at.request('POST', '/api/session', { userName, password });
const codeOf = (reply: { body: never }): string => (reply.body as { code: string }).code;
const lastAudit = async (action: string) =>
  ((await owner.request('GET', `/api/audit?limit=1&action=${action}`)).body as AuditPage)
    .entries[0];

test('P73 the owner makes a user, who logs in with the password that was given', async () => {
  const made = await make();
  expect(made.status).toBe(201);
  const { user, password } = made.body as UserReply;
  expect(password).toBe('');
  expect(user).toMatchObject({ userName: 'nueva', role: 'cashier', active: true, terminals: [] });
  const desk = await apiTerminal(server, 'cajero1');
  expect((await login(desk, 'nueva', 'larga y buena')).status).toBe(201);
  expect((await byName('nueva')).lastLoginAt).not.toBe('');
  expect(await lastAudit('userCreated')).toMatchObject({
    actor: owner.session.user.id,
    details: { id: user.id, userName: 'nueva', role: 'cashier' },
  });
  expect(made.text).not.toMatch(/argon2|larga/);
});

test('P73 a password that is made is told once, and works', async () => {
  const { user, password } = (await make({ userName: 'generada', password: undefined }))
    .body as UserReply;
  expect(password).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
  const desk = await apiTerminal(server, 'cajero1');
  expect((await login(desk, 'generada', password)).status).toBe(201);
  const reset = await owner.request('POST', `/api/users/${user.id}/password`, {});
  const next = (reset.body as UserReply).password;
  expect(next).not.toBe(password);
  /* The session that the old password opened is over, and so is the password. */
  expect((await desk.request('GET', '/api/sync/status')).status).toBe(401);
  expect((await login(desk, 'generada', password)).status).toBe(401);
  expect((await login(desk, 'generada', next)).status).toBe(201);
  expect(await lastAudit('passwordReset')).toMatchObject({ details: { id: user.id } });
});

test.each([
  [{ password: 'corta' }, 400, 'PASSWORD_TOO_SHORT'],
  [{ password: '        ' }, 400, 'PASSWORD_TOO_SHORT'],
  [{ password: 'x'.repeat(300) }, 400, 'PASSWORD_TOO_SHORT'],
  [{ userName: 'cajero1' }, 409, 'USER_NAME_TAKEN'],
  [{ userName: 'Con Espacios' }, 400, 'BAD_REQUEST'],
  [{ displayName: '  ' }, 400, 'BAD_REQUEST'],
  [{ role: 'admin' }, 400, 'BAD_REQUEST'],
  [{ terminals: ['00000000-0000-4000-8000-000000000000'] }, 400, 'BAD_REQUEST'],
  [{ storeId: 'x' }, 400, 'BAD_REQUEST'],
])('S3 P73 what does not fit makes no user: %j', async (bad, status, code) => {
  const before = await users();
  const reply = await make({ userName: 'otra', ...bad });
  expect([reply.status, codeOf(reply)]).toEqual([status, code]);
  expect(await users()).toEqual(before);
});

test('F21 P73 who is deactivated is logged out at once and does not get in; what was sold before is accepted and flagged', async () => {
  const desk = await apiTerminal(server, 'cajero2');
  const { documents } = await desk.pull('products', 0, 1);
  const sale = desk.ticket(documents);
  const { id } = await byName('cajero2');
  expect((await change(id, { active: false })).status).toBe(200);
  expect((await desk.request('GET', '/api/sync/status')).status).toBe(401);
  expect(codeOf(await login(desk, 'cajero2', 'demo-cajero2'))).toBe('LOGIN_FAILED');
  /* Somebody else sends it from the same desk. */
  expect((await login(desk, 'cajero1', 'demo-cajero1')).status).toBe(201);
  expect((await desk.push('invoices', [sale])).accepted).toHaveLength(1);
  const stored = (await desk.pull('invoices')).documents as { id: string; flags: string[] }[];
  expect(stored.find((invoice) => invoice.id === sale.id)?.flags).toEqual(['USER_INACTIVE']);
  expect(await lastAudit('userChanged')).toMatchObject({
    details: { id, userName: 'cajero2', from: { active: true }, to: { active: false } },
  });
  expect((await change(id, { active: true })).status).toBe(200);
  expect((await login(desk, 'cajero2', 'demo-cajero2')).status).toBe(201);
});

test('P73 a role that changes counts from the next request on', async () => {
  const desk = await apiTerminal(server, 'cajero1');
  const { id } = await byName('cajero1');
  await change(id, { role: 'owner' });
  expect((await desk.request('GET', '/api/users')).status).toBe(200);
  await change(id, { role: 'cashier' });
  expect((await desk.request('GET', '/api/users')).status).toBe(403);
});

test('P73 the last owner stays one: active, and free to log in anywhere', async () => {
  const me = owner.session.user.id;
  for (const body of [
    { active: false },
    { role: 'supervisor' },
    { terminals: [owner.session.terminal.id] },
  ]) {
    const reply = await change(me, body);
    expect([reply.status, codeOf(reply)]).toEqual([409, 'LAST_OWNER']);
  }
  expect(await byName('duena')).toMatchObject({ role: 'owner', active: true, terminals: [] });
  const { user } = (await make({ userName: 'socia', role: 'owner' })).body as UserReply;
  expect((await change(user.id, { active: false })).status).toBe(200);
});

test('P74 a user logs in at the terminals that the owner allows, and is told so only after the password', async () => {
  const here = await apiTerminal(server, 'cajero1');
  const there = await apiTerminal(server, 'cajero1');
  const { id } = await byName('cajero1');
  await change(id, { terminals: [here.session.terminal.id] });
  expect((await here.request('GET', '/api/sync/status')).status).toBe(200);
  expect((await there.request('GET', '/api/sync/status')).status).toBe(401);
  expect(codeOf(await login(there, 'cajero1', 'demo-cajero1'))).toBe('TERMINAL_NOT_ALLOWED');
  expect(codeOf(await login(there, 'cajero1', 'otra cosa'))).toBe('LOGIN_FAILED');
  expect((await login(here, 'cajero1', 'demo-cajero1')).status).toBe(201);
  await change(id, { terminals: [] });
  expect((await login(there, 'cajero1', 'demo-cajero1')).status).toBe(201);
});

test('S1 P73 who is no owner sees and changes nobody, and nobody’s id is any good', async () => {
  const desk = await apiTerminal(server, 'supervisora');
  const { id } = await byName('cajero1');
  for (const [method, path, body] of [
    ['GET', '/api/users', undefined],
    ['POST', '/api/users', {}],
    ['PATCH', `/api/users/${id}`, { role: 'owner' }],
    ['POST', `/api/users/${id}/password`, {}],
  ] as const) {
    expect((await desk.request(method, path, body)).status).toBe(403);
  }
  expect((await change('nobody', { active: false })).status).toBe(404);
  expect((await change(id, {})).status).toBe(400);
  expect((await change(id, { userName: 'x' })).status).toBe(400);
});

test('P88 T31 a terminal receives verifiers of those only who may log in at it', async () => {
  const [here, there] = [
    await apiTerminal(server, 'cajero1'),
    await apiTerminal(server, 'cajero2'),
  ];
  const { user } = (await make({ userName: 'solo-alla', terminals: [there.session.terminal.id] }))
    .body as UserReply;
  type Stored = { id: string; ver: number; offlineVerifier: string };
  const received = async (at: ApiTerminal) => {
    const pulled = await at.pull('users');
    const [found] = (pulled.documents as Stored[]).filter(({ id }) => id === user.id);
    const picked = await at.request('GET', `/api/sync/users/documents?ids=${user.id}`);
    const [same] = (picked.body as { documents: { document: Stored }[] }).documents;
    expect(same?.document).toEqual(found);
    return { ver: found?.ver, has: found?.offlineVerifier !== '' };
  };
  expect([await received(here), await received(there)]).toEqual([
    { ver: 1, has: false },
    { ver: 1, has: true },
  ]);
  const others = (await here.pull('users')).documents as Stored[];
  expect(others.filter(({ offlineVerifier }) => offlineVerifier !== '').length).toBeGreaterThan(3);
  /* The list that changes is a new version, which every terminal receives. */
  await change(user.id, { terminals: [] });
  expect(await received(here)).toEqual({ ver: 2, has: true });
  await change(user.id, { active: false });
  expect([await received(here), await received(there)]).toEqual([
    { ver: 3, has: false },
    { ver: 3, has: false },
  ]);
});

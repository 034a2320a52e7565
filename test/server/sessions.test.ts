import { codeHash } from '../../server/auth/tokens';
import { machinePorts } from '../../server/ports';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

const HOUR = 3_600_000;
let now = Date.parse('2026-11-24T12:00:00.000Z');
let server: TestServer;
let owner: ApiTerminal;

beforeAll(async () => {
  server = await startServer({ ports: { ...machinePorts, clock: { now: () => now } } });
  owner = await apiTerminal(server, 'duena');
});
afterAll(() => server.close());

const codeOf = (reply: { body: never }): string => (reply.body as { code: string }).code;
const login = (terminal: ApiTerminal, userName: string) =>
  terminal.request('POST', '/api/session', { userName, password: passwordOf(userName) });

test('P104 a session slides with use, the cookie with it, and ends twelve hours after the last request', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  now += 10 * HOUR;
  const reply = await terminal.request('GET', '/api/session');
  expect(reply.status).toBe(200);
  expect(reply.headers.getSetCookie().join()).toMatch(/mostrador_session=.*Max-Age=43200/);
  const soon = await terminal.request('GET', '/api/session');
  expect(soon.headers.getSetCookie()).toEqual([]);
  now += 12 * HOUR;
  expect(codeOf(await terminal.request('GET', '/api/session'))).toBe('SESSION_EXPIRED');
  expect((await login(terminal, 'cajero1')).status).toBe(201);
});

test('P104 F13 a session ends a day after its login, however much it is used, so that a copy has to log in', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  const use = async () => (await terminal.request('GET', '/api/sync/status')).status;
  for (const hours of [8, 8, 7]) {
    now += hours * HOUR;
    expect(await use()).toBe(200);
  }
  now += HOUR;
  expect(await use()).toBe(401);
  expect((await login(terminal, 'cajero1')).status).toBe(201);
  expect(await use()).toBe(200);
});

test('P104 F13 a login at a terminal ends what other sessions its identity has, a copied one among them', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  const other = await apiTerminal(server, 'cajero2');
  const copied = terminal.jar.get('mostrador_session') ?? '';
  await login(terminal, 'supervisora');
  expect((await terminal.request('GET', '/api/session')).status).toBe(200);
  terminal.jar.set('mostrador_session', copied);
  expect(codeOf(await terminal.request('GET', '/api/session'))).toBe('SESSION_EXPIRED');
  expect((await other.request('GET', '/api/session')).status).toBe(200);
});

test('a login gives the terminal’s cookie its whole life again: it ends in no terminal that is used', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  const cookie = terminal.jar.get('mostrador_terminal');
  const reply = await login(terminal, 'cajero1');
  expect(reply.headers.getSetCookie().join()).toMatch(/mostrador_terminal=.*Max-Age=34560000/);
  expect(terminal.jar.get('mostrador_terminal')).toBe(cookie);
});

test('logging out ends the session at the server, not only in the browser', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  const kept = terminal.jar.get('mostrador_session') ?? '';
  expect((await terminal.request('DELETE', '/api/session')).status).toBe(204);
  terminal.jar.set('mostrador_session', kept);
  expect(codeOf(await terminal.request('GET', '/api/sync/status'))).toBe('SESSION_EXPIRED');
});

test('neither cookie, code nor password stands in the database', async () => {
  const terminal = await apiTerminal(server, 'cajero2');
  const secret = terminal.jar.get('mostrador_terminal') ?? '';
  const { store } = server.context;
  expect(secret).not.toBe('');
  expect(await store.terminalByCredential(secret)).toBeNull();
  const stored = await store.scope(server.storeId).auth.password('cajero2');
  expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$/);
  const users = (await terminal.pull('users')).documents as { offlineVerifier: string }[];
  expect(users.map(({ offlineVerifier }) => offlineVerifier)).not.toContain(stored?.passwordHash);
});

test('a code works for a day, whatever its case and spaces', async () => {
  const code = await server.newCode();
  const typed = ` ${code.toLowerCase().replace('-', ' ')} `;
  expect(codeHash(typed)).toBe(codeHash(code));
  now += 24 * HOUR;
  const late = await owner.request('POST', '/api/terminals', { code: typed, name: 'tarde' });
  expect([late.status, codeOf(late)]).toEqual([403, 'CODE_INVALID']);
});

test('a terminal needs a name that says something', async () => {
  const body = { code: await server.newCode(), name: ' \u0000 ' };
  expect(codeOf(await owner.request('POST', '/api/terminals', body))).toBe('BAD_REQUEST');
});

test('a login moves the offline limit on, once a day at most, and terminals receive it', async () => {
  const terminal = await apiTerminal(server, 'supervisora');
  const limit = async (): Promise<string> => {
    const users = (await terminal.pull('users')).documents as {
      userName: string;
      offlineValidUntil: string;
    }[];
    return users.find(({ userName }) => userName === 'supervisora')?.offlineValidUntil ?? '';
  };
  const first = await limit();
  await login(terminal, 'supervisora');
  expect(await limit()).toBe(first);
  now += 25 * HOUR;
  await login(terminal, 'supervisora');
  expect(await limit()).toBe(new Date(now + 30 * 24 * HOUR).toISOString());
});

test('S10 too many wrong passwords say when to try again, and strangers are not even counted', async () => {
  const terminal = await apiTerminal(server, 'cajero2');
  let last = await login(terminal, 'cajero2');
  for (let i = 0; i < 11; i++) {
    last = await terminal.request('POST', '/api/session', { userName: 'cajero2', password: 'x' });
  }
  expect(last.status).toBe(429);
  /* By the server's clock, which stands still here, and not by the machine's. */
  expect(last.headers.get('retry-after')).toBe('300');
  expect(last.headers.get('content-type')).toContain('application/problem+json');
  terminal.jar.set('mostrador_terminal', 'invented');
  const stranger = await login(terminal, 'cajero2');
  expect([stranger.status, codeOf(stranger)]).toEqual([401, 'TERMINAL_UNKNOWN']);
});

test('S10 an unknown user and a wrong password look the same', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  const wrong = (userName: string) =>
    terminal.request('POST', '/api/session', { userName, password: 'x' });
  const [known, unknown] = [await wrong('cajero1'), await wrong('nadie')];
  const shape = ({ status, body }: { status: number; body: object }) => ({
    ...body,
    status,
    requestId: '',
  });
  expect(shape(unknown)).toEqual(shape(known));
});

test('S10 of 1,000 wrong logins the first few are looked at, others wait, and five minutes later nobody is locked out', async () => {
  const [desk, other] = [
    await apiTerminal(server, 'cajero1'),
    await apiTerminal(server, 'cajero1'),
  ];
  const wrong = async (userName: string) =>
    (await desk.request('POST', '/api/session', { userName, password: 'x' })).status;
  const ofOne: number[] = [];
  const ofMany: number[] = [];
  for (let i = 0; i < 500; i++) ofOne.push(await wrong('cajero1'));
  for (let i = 0; i < 500; i++) ofMany.push(await wrong(`nadie${i}`));
  /* Ten for the account; for the terminal sixty, of which those are ten and the refused ones none. */
  expect(ofOne.filter((status) => status === 401)).toHaveLength(10);
  expect(ofMany.filter((status) => status === 401).length).toBeLessThanOrEqual(60);
  expect(new Set([...ofOne.slice(10), ...ofMany.slice(60)])).toEqual(new Set([429]));
  expect((await login(desk, 'cajero1')).status).toBe(429);
  expect((await login(other, 'cajero1')).status).toBe(201);
  now += 5 * 60_000;
  expect((await login(desk, 'cajero1')).status).toBe(201);
}, 120_000);

import { randomUUID } from 'node:crypto';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let known: ApiTerminal;

beforeEach(async () => {
  server = await startServer();
  known = await apiTerminal(server, 'cajero1');
});
afterEach(() => server.close());

const headers = { 'x-mostrador-protocol': '2', 'content-type': 'application/json' };
const CREDENTIALS = { userName: 'cajero1', password: passwordOf('cajero1') };
const login = (body: object = CREDENTIALS) => known.request('POST', '/api/session', body);
/** From the same address, without any credential. */
const stranger = async (path: string, body: object): Promise<number> =>
  (await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }))
    .status;
async function many(count: number, path: string, body: object): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at++) statuses.push(await stranger(path, body));
  return statuses;
}

test('S10 P100 strangers are slowed down, and keep no terminal behind the same address from logging in', async () => {
  const statuses = await many(125, '/api/session', CREDENTIALS);
  expect(statuses.slice(0, 120)).toEqual(Array.from({ length: 120 }, () => 401));
  expect(new Set(statuses.slice(120))).toEqual(new Set([429]));
  expect((await login()).status).toBe(201);
  const { id: terminalId } = known.session.terminal;
  const asked = await known.request('POST', '/api/session/challenge', { terminalId });
  expect(asked.status).toBe(200);
});

test('S10 P100 whoever names a terminal without its credential uses up no attempts of that terminal', async () => {
  const { id: terminalId } = known.session.terminal;
  const nonce = { used: '', next: randomUUID() };
  const proof = { terminalId, challenge: 'x', signature: 'A'.repeat(86), nonce };
  /* Another name each time: the account's own limit would end it before. */
  const statuses: number[] = [];
  for (let at = 0; at < 65; at++) {
    const body = { userName: `nadie${at}`, password: 'x', proof };
    statuses.push(await stranger('/api/session', body));
  }
  expect([statuses[59], statuses[60]]).toEqual([401, 429]);
  expect((await login()).status).toBe(201);
});

test('S10 P100 challenges are counted when they are given, for each terminal by itself', async () => {
  const { id: terminalId } = known.session.terminal;
  const statuses = await many(242, '/api/session/challenge', { terminalId });
  expect([statuses[0], statuses[239], statuses[240]]).toEqual([200, 200, 429]);
  const asked = await known.request('POST', '/api/session/challenge', { terminalId });
  expect(asked.status).toBe(200);
});

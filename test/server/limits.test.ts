import { randomBytes, randomUUID } from 'node:crypto';
import { machinePorts } from '../../server/ports';
import type { EnrolReply } from '../../shared/protocol/messages';
import { enrolProofBytes, loginProofBytes } from '../../shared/protocol/proof-bytes';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { softwareKey } from '../kit/software-key';
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

test('S10 P100 a terminal that lost its cookie gets in by its key, whatever strangers at its address tried', async () => {
  const key = softwareKey(randomBytes(32));
  const code = await server.newCode();
  const signature = key.sign(enrolProofBytes(code));
  const body = { code, name: 'con llave', key: { publicKey: key.publicKey, signature } };
  const enrolled = await known.request('POST', '/api/terminals', body);
  const { id: terminalId } = (enrolled.body as EnrolReply).terminal;
  known.jar.clear();
  /* Whoever knows nothing, and whoever knows its name, each until they are refused. */
  expect((await many(125, '/api/session', CREDENTIALS)).at(-1)).toBe(429);
  const nonce = { used: '', next: randomUUID() };
  const forged = { terminalId, challenge: 'x', signature: 'A'.repeat(86), nonce };
  const statuses: number[] = [];
  for (let at = 0; at < 65; at++) {
    const by = at < 12 ? 'cajero1' : `nadie${at}`;
    statuses.push(await stranger('/api/session', { userName: by, password: 'x', proof: forged }));
  }
  expect(statuses.at(-1)).toBe(429);
  const asked = await known.request('POST', '/api/session/challenge', { terminalId });
  expect(asked.status).toBe(200);
  const { challenge } = asked.body as { challenge: string };
  const bytes = loginProofBytes({ terminalId, challenge, userName: 'cajero1', nonce: nonce.next });
  const proof = { terminalId, challenge, nonce, signature: key.sign(bytes) };
  expect((await login({ ...CREDENTIALS, proof })).status).toBe(201);
});

test('S10 P100 a terminal with its cookie enrols anew, whatever codes strangers at its address tried', async () => {
  const wrong = { code: 'AAAA-AAAA', name: 'nadie' };
  const statuses = await many(22, '/api/terminals', wrong);
  expect([statuses[19], statuses[20]]).toEqual([403, 429]);
  const right = { code: await server.newCode(), name: 'otra vez' };
  expect(await stranger('/api/terminals', right)).toBe(429);
  expect((await known.request('POST', '/api/terminals', right)).status).toBe(201);
  /* And guesses no more than anybody else. */
  const own: number[] = [];
  for (let at = 0; at < 22; at++) {
    own.push((await known.request('POST', '/api/terminals', wrong)).status);
  }
  expect([own[19], own[20]]).toEqual([403, 429]);
});

test('S10 what goes well is not counted, whatever the machine says that the time is', async () => {
  /* A server whose clock is behind the machine's. */
  let now = Date.parse('2020-01-01T00:00:00.000Z');
  const behind = await startServer({ ports: { ...machinePorts, clock: { now: () => now } } });
  try {
    const terminal = await apiTerminal(behind, 'cajero1');
    for (let at = 0; at < 25; at++) {
      now += 1000;
      expect((await terminal.request('POST', '/api/session', CREDENTIALS)).status).toBe(201);
    }
  } finally {
    await behind.close();
  }
});

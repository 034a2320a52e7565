import { request as ask, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ADMISSION_LIMITS } from '../../server/http/admission';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../shared/protocol/version';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let slow: ApiTerminal;
let other: ApiTerminal;
const open = async (limits: Partial<typeof ADMISSION_LIMITS>): Promise<void> => {
  server = await startServer({ admission: { ...ADMISSION_LIMITS, ...limits } });
  slow = await apiTerminal(server, 'cajero1');
  other = await apiTerminal(server, 'cajero2');
};
afterEach(() => server.close());

const pull = (terminal: ApiTerminal) =>
  terminal.request('GET', '/api/sync/clients?epoch=&seq=0&limit=1');

/** A push whose head is sent, and whose body is not: it says how long it is, as a slow line would show it. */
function head(terminal: ApiTerminal, length: number): ClientRequest {
  const { hostname, port } = new URL(server.url);
  const cookie = [...terminal.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const asked = ask({
    host: hostname,
    port,
    method: 'POST',
    path: '/api/sync/clients',
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      'content-type': 'application/json',
      'content-length': String(length),
      cookie,
    },
  });
  asked.on('error', () => undefined);
  asked.flushHeaders();
  return asked;
}

const answerTo = (asked: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    asked.once('response', resolve);
    asked.once('error', reject);
  });

/** Asks until the answer is this one: what holds the place has got there. */
async function until(status: number, task: () => ReturnType<typeof pull>) {
  for (let tries = 0; tries < 200; tries++) {
    const reply = await task();
    if (reply.status === status) return reply;
    await wait(20);
  }
  throw new Error(`never ${status}`);
}

test('P110 P112 a store whose places are taken is answered 503 with Retry-After, unread; login and readiness are not held up', async () => {
  await open({ waitingOfStore: 1 });
  const body = JSON.stringify({ epoch: slow.session.epoch, rows: [] });
  const holding = head(slow, body.length);
  const refused = await until(503, () => pull(other));
  expect(refused.body).toMatchObject({ code: 'SERVER_BUSY', status: 503 });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);

  const unread = head(other, 4_000_000);
  const answer = await answerTo(unread);
  expect([answer.statusCode, Number(answer.headers['retry-after']) >= 1]).toEqual([503, true]);
  unread.destroy();

  const login = { userName: 'cajero2', password: passwordOf('cajero2') };
  expect((await other.request('POST', '/api/session', login)).status).toBe(201);
  expect((await other.request('GET', '/api/sync/status')).status).toBe(200);
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);

  holding.end(body);
  const held = await answerTo(holding);
  held.resume();
  expect([200, 400]).toContain(held.statusCode);
  expect((await pull(other)).status).toBe(200);
});

test('P110 P113 a terminal beyond its share is answered 429 with Retry-After; others are not, and one that is gone has none', async () => {
  await open({ ofTerminal: 1 });
  const holding = head(slow, 1000);
  const refused = await until(429, () => pull(slow));
  expect(refused.body).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect((await pull(other)).status).toBe(200);
  holding.destroy();
  expect((await until(200, () => pull(slow))).status).toBe(200);
});

import { request } from 'node:http';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let owner: ApiTerminal;
let cashier: ApiTerminal;

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
  cashier = await apiTerminal(server, 'cajero1');
});
afterAll(() => server.close());

const codeOf = (reply: { body: never }): string => (reply.body as { code: string }).code;

test('P1 P2 default deny: no terminal, no session, no protocol header', async () => {
  const bare = await fetch(`${server.url}/api/sync/products?epoch=&seq=0&limit=1`);
  expect(bare.status).toBe(400);
  expect(await bare.json()).toMatchObject({ code: 'PROTOCOL_MISMATCH' });
  const stranger = await fetch(`${server.url}/api/sync/products?epoch=&seq=0&limit=1`, {
    headers: { 'x-mostrador-protocol': '1' },
  });
  expect(stranger.status).toBe(401);
  expect(stranger.headers.get('content-type')).toContain('application/problem+json');
  expect(await stranger.json()).toMatchObject({ code: 'CREDENTIAL_LOST' });
});

test('S4 __proto__ and constructor keys are refused, prototypes stay intact', async () => {
  const client = (await cashier.pull('clients')).documents[0] as unknown as object;
  const text = JSON.stringify(client).replace('{', '{"__proto__":{"admin":true},"constructor":{},');
  const raw = `{"epoch":"${cashier.session.epoch}","rows":[{"newDocumentState":${text}}]}`;
  const reply = await cashier.request('POST', '/api/sync/clients', undefined, raw);
  expect(reply.body).toMatchObject({ rejected: [{ code: 'INVALID_DOCUMENT' }] });
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('S5 P4 a huge body, too many rows, depth, or limit is refused before it costs', async () => {
  const huge = await cashier.request(
    'POST',
    '/api/sync/clients',
    undefined,
    `"${'x'.repeat(5_000_000)}"`,
  );
  expect([huge.status, codeOf(huge)]).toEqual([413, 'BODY_TOO_LARGE']);
  const rows = Array.from({ length: 501 }, () => ({ newDocumentState: 1 }));
  const many = await cashier.request('POST', '/api/sync/clients', { epoch: 'x', rows });
  expect([many.status, codeOf(many)]).toEqual([413, 'BODY_TOO_LARGE']);
  const deep = await cashier.request('POST', '/api/sync/clients', undefined, '['.repeat(10_000));
  expect([deep.status, codeOf(deep)]).toEqual([400, 'TOO_DEEP']);
  const limit = await cashier.request('GET', '/api/sync/clients?epoch=&seq=0&limit=1000000000');
  expect(limit.status).toBe(400);
});

test('S5 P4 a body of 100 MB in pieces is refused, and its sender is still known', async () => {
  const cookie = [...cashier.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { 'x-mostrador-protocol': '2', 'content-type': 'application/json', cookie };
  const piece = Buffer.alloc(1024 * 1024, 'x');
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const url = new URL(`${server.url}/api/sync/clients`);
    const sent = request(url, { method: 'POST', headers }, ({ statusCode }) => resolve(statusCode));
    sent.on('error', reject);
    const next = (left: number): void => {
      if (left === 0) sent.end();
      else sent.write(piece, () => next(left - 1));
    };
    next(100);
  });
  expect(status).toBe(413);
  expect((await cashier.request('GET', '/api/sync/status')).status).toBe(200);
});

test('S6 P13 checkpoints that this server never gave out', async () => {
  const { epoch } = cashier.session;
  const ask = (query: string) => cashier.request('GET', `/api/sync/products?${query}&limit=10`);
  for (const seq of ['-1', 'NaN', '1e3', '01', '', '9007199254740993']) {
    expect([seq, codeOf(await ask(`epoch=${epoch}&seq=${seq}`))]).toEqual([seq, 'BAD_CHECKPOINT']);
  }
  expect(codeOf(await ask(`epoch=${epoch}&seq=99999999`))).toBe('BAD_CHECKPOINT');
  const other = await ask('epoch=another&seq=5');
  expect([other.status, other.body]).toEqual([
    409,
    expect.objectContaining({ code: 'EPOCH_CHANGED', epoch }),
  ]);
});

test('S12 P2 a session with another terminal’s credential is no session', async () => {
  const session = cashier.jar.get('mostrador_session') ?? '';
  const mixed = await apiTerminal(server, 'cajero2');
  mixed.jar.set('mostrador_session', session);
  expect(codeOf(await mixed.request('GET', '/api/sync/status'))).toBe('SESSION_EXPIRED');
});

test('F22 a revoked terminal gets nothing, and what it sends is kept aside', async () => {
  const third = await apiTerminal(server, 'cajero2');
  const invoice = { any: 'thing' };
  expect(
    (await owner.request('DELETE', `/api/terminals/${third.session.terminal.id}`)).status,
  ).toBe(204);
  expect(codeOf(await third.request('GET', '/api/sync/status'))).toBe('TERMINAL_REVOKED');
  const push = await third.request('POST', '/api/sync/invoices', { epoch: 'x', rows: [invoice] });
  expect(codeOf(push)).toBe('TERMINAL_REVOKED');
  expect(await server.context.store.scope(server.storeId).journal.quarantined()).toBe(1);
});

test('only the owner sees and makes terminals; a code works once', async () => {
  expect(codeOf(await cashier.request('GET', '/api/terminals'))).toBe('FORBIDDEN');
  const { code } = (await owner.request('POST', '/api/terminals/codes', {})).body as {
    code: string;
  };
  const first = await cashier.request('POST', '/api/terminals', { code, name: 'uno' });
  expect(first.status).toBe(201);
  expect(codeOf(await cashier.request('POST', '/api/terminals', { code, name: 'dos' }))).toBe(
    'CODE_INVALID',
  );
});

test('S10 wrong passwords slow an account down, and the account of others is not touched', async () => {
  const fresh = await apiTerminal(server, 'supervisora');
  const tries: number[] = [];
  for (let i = 0; i < 12; i++) {
    const reply = await fresh.request('POST', '/api/session', {
      userName: 'duena',
      password: `no-${i}`,
    });
    tries.push(reply.status);
  }
  expect(tries.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
  expect(tries.slice(10)).toEqual([429, 429]);
  const other = await fresh.request('POST', '/api/session', {
    userName: 'supervisora',
    password: passwordOf('supervisora'),
  });
  expect(other.status).toBe(201);
});

test('cookies are HttpOnly and SameSite=Strict; the page is under a strict policy', async () => {
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: {
      'x-mostrador-protocol': '1',
      cookie: `mostrador_terminal=${cashier.jar.get('mostrador_terminal')}`,
    },
    body: JSON.stringify({ userName: 'cajero1', password: passwordOf('cajero1') }),
  });
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-inline');
});

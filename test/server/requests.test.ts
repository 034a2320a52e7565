import { randomUUID } from 'node:crypto';
import { writeUser } from '../../server/auth/users';
import { QUARANTINE_MAX } from '../../server/http/keep-aside';
import { findUser } from '../../server/sync/author';
import { sendRaw } from '../attack/send';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let owner: ApiTerminal;

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
});
afterAll(() => server.close());

const codeOf = (reply: { body: never }): string => (reply.body as { code: string }).code;
const problemOf = async (method: string, path: string, raw?: string) => {
  const reply = await owner.request(method, path, undefined, raw);
  return [reply.status, codeOf(reply)];
};

test.each([
  ['GET', '/api/sync/secrets?epoch=&seq=0&limit=1', 404, 'UNKNOWN_COLLECTION'],
  ['GET', '/api/sync/__proto__?epoch=&seq=0&limit=1', 404, 'UNKNOWN_COLLECTION'],
  ['GET', '/api/sync/movements?epoch=&seq=0&limit=1', 405, 'METHOD_NOT_ALLOWED'],
  ['GET', '/api/sync/clients', 400, 'BAD_REQUEST'],
  ['GET', '/api/sync/clients?epoch=&seq=0&limit=0', 400, 'BAD_REQUEST'],
  ['GET', '/api/sync/clients?epoch=&seq=0&limit=1001', 400, 'BAD_REQUEST'],
  ['GET', '/api/sync/clients?epoch=&seq=0&seq=1&limit=1', 400, 'BAD_CHECKPOINT'],
  ['GET', '/api/sync/%ff?epoch=&seq=0&limit=1', 400, 'BAD_REQUEST'],
  ['DELETE', '/api/sync/clients', 404, 'NOT_FOUND'],
  ['GET', '/api', 404, 'NOT_FOUND'],
])('%s %s: %i %s', async (method, path, status, code) => {
  expect(await problemOf(method, path)).toEqual([status, code]);
});

test.each([
  ['', 'BAD_REQUEST'],
  ['{', 'BAD_REQUEST'],
  ['[]', 'BAD_REQUEST'],
  ['null', 'BAD_REQUEST'],
  ['{"epoch":"x","rows":[]}', 'BAD_REQUEST'],
  ['{"epoch":"x","rows":[{"newDocumentState":1,"also":2}]}', 'BAD_REQUEST'],
  [`{"a":${'['.repeat(16)}${']'.repeat(16)}}`, 'TOO_DEEP'],
])('a body that is no push: %s', async (raw, code) => {
  expect(await problemOf('POST', '/api/sync/clients', raw)).toEqual([400, code]);
});

test('brackets inside strings are no depth', async () => {
  const raw = `{"epoch":"x","rows":[{"newDocumentState":"\\\\\\"${'['.repeat(500)}"}]}`;
  expect(await problemOf('POST', '/api/sync/clients', raw)).toEqual([409, 'EPOCH_CHANGED']);
});

test.each(['/api/session', '/api/terminals', '/api/rescues/clients', '/api/imports'])(
  'S5 what is no JSON, too deep or badly packed is answered at %s too, and the server lives on',
  async (address) => {
    expect(await problemOf('POST', address, '{')).toEqual([400, 'BAD_REQUEST']);
    expect(await problemOf('POST', address, '['.repeat(10_000))).toEqual([400, 'TOO_DEEP']);
    for (const encoding of ['gzip', 'br', 'deflate']) {
      const response = await owner.fetch(`${server.url}${address}`, {
        method: 'POST',
        headers: { 'x-mostrador-protocol': '1', 'content-encoding': encoding },
        body: '{"no": "packed"}',
      });
      expect([encoding, response.status]).toEqual([encoding, 400]);
    }
  },
);

test('P3 what is no HTTP, and an unknown expectation, are answered as problems', async () => {
  const { port } = new URL(server.url);
  const [bad, long, expecting] = [
    await sendRaw(Number(port), 'hola\r\n\r\n'),
    await sendRaw(Number(port), `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`),
    await sendRaw(Number(port), 'GET /api/x HTTP/1.1\r\nhost: x\r\nexpect: more\r\n\r\n'),
  ];
  expect([bad.status, long.status, expecting.status]).toEqual([400, 413, 400]);
  for (const { contentType, body } of [bad, long, expecting]) {
    expect(contentType).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
  }
});

test('S5 a body full of rows is refused before each is looked at', async () => {
  const raw = `{"epoch":"x","rows":[${'0,'.repeat(2_000_000)}0]}`;
  /* None of them is an object: had one been looked at, the answer were 400. */
  expect(await problemOf('POST', '/api/sync/clients', raw)).toEqual([413, 'BODY_TOO_LARGE']);
});

test('rows that are no documents are refused one by one', async () => {
  const reply = await owner.push('clients', [null, 7, 'x', [], {}, { id: 5 }, { id: 'corto' }]);
  expect(reply.rejected.map(({ id, code }) => [id, code])).toEqual([
    ...Array.from({ length: 6 }, () => ['', 'INVALID_DOCUMENT']),
    ['corto', 'INVALID_DOCUMENT'],
  ]);
});

test('the same document twice in one push: applied in order, each answered', async () => {
  const [base] = (await owner.pull('clients')).documents as Record<string, unknown>[];
  const first = { ...base, notes: 'uno', edit: randomUUID(), pending: 1 };
  const second = { ...base, notes: 'dos', edit: randomUUID(), pending: 1 };
  const reply = await owner.push('clients', [first, second], [base, first]);
  expect(reply.accepted).toEqual([
    { id: base?.['id'], ver: 2 },
    { id: base?.['id'], ver: 3 },
  ]);
  const wrong = await owner.push('clients', [{ ...second, edit: randomUUID() }], [owner.session]);
  expect(wrong.conflicts).toEqual([{ ...second, ver: 3, pending: 0 }]);
});

test('P3 every answer carries a request id and the protocol; a problem repeats the id', async () => {
  const reply = await owner.request('GET', '/api/sync/secrets?epoch=&seq=0&limit=1');
  expect(reply.headers.get('x-mostrador-protocol')).toBe('2');
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect((reply.body as { requestId: string }).requestId).toBe(reply.headers.get('x-request-id'));
});

test('F21 a user who was deactivated: the sale is accepted and flagged, the login refused', async () => {
  const terminal = await apiTerminal(server, 'cajero2');
  const { documents } = await terminal.pull('products', 0, 1);
  const invoice = terminal.ticket(documents);
  const scope = server.context.store.scope(server.storeId);
  const user = await findUser(scope, terminal.session.user.id);
  if (user === null) throw new Error('no user');
  await writeUser(scope, { ...user, ver: user.ver + 1, edit: randomUUID(), active: false });
  const credentials = (userName: string) => ({ userName, password: passwordOf(userName) });
  expect(codeOf(await terminal.request('GET', '/api/sync/status'))).toBe('SESSION_EXPIRED');
  const refused = await terminal.request('POST', '/api/session', credentials('cajero2'));
  expect(codeOf(refused)).toBe('LOGIN_FAILED');
  await terminal.request('POST', '/api/session', credentials('cajero1'));
  expect((await terminal.push('invoices', [invoice])).accepted).toEqual([
    { id: invoice.id, ver: 1 },
  ]);
  const stored = (await scope.documents.find('invoices', [invoice.id])).get(invoice.id);
  expect(JSON.parse(stored?.json ?? '{}')).toMatchObject({ ver: 2, flags: ['USER_INACTIVE'] });
});

test('an author who never showed a password here may do what the sender may, and no more', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  const { documents } = await terminal.pull('products', 0, 1);
  const userId = owner.session.user.id;
  const { invoiceHash } = await import('../../shared/chain/invoice-hash');
  const sale = terminal.ticket(documents, { userId });
  sale.chain = { prev: '', hash: invoiceHash(sale), signature: '' };
  expect((await terminal.push('invoices', [sale])).accepted).toHaveLength(1);
  const audits = await server.context.store.scope(server.storeId).journal.audits('authorUnproven');
  expect(audits.map(({ details }) => details)).toEqual([{ invoiceId: sale.id, userId }]);
  const [product] = documents as unknown as Record<string, unknown>[];
  const change = { ...product, price: 1, edit: randomUUID(), pending: 1, editedBy: userId };
  const reply = await terminal.push('products', [change], [product]);
  expect(reply.rejected[0]?.code).toBe('ROLE_NOT_ALLOWED');
});

test('F22 a revoked terminal that tries again is kept aside once, whatever it sends', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  await owner.request('DELETE', `/api/terminals/${terminal.session.terminal.id}`);
  const send = (raw: string) =>
    terminal.request('POST', '/api/sync/invoices', undefined, raw).then(codeOf);
  for (const raw of ['{"a":1}', '{"a":1}', 'no \u0000 json']) {
    expect(await send(raw)).toBe('TERMINAL_REVOKED');
  }
  const kept = await server.context.store.scope(server.storeId).journal.keptAside();
  expect(kept.map(({ body }) => body).sort()).toEqual(['no  json', '{"a":1}']);
  expect(codeOf(await terminal.request('POST', '/api/sync/x', {}))).toBe('UNKNOWN_COLLECTION');
  const login = { userName: 'cajero1', password: passwordOf('cajero1') };
  expect(codeOf(await terminal.request('POST', '/api/session', login))).toBe('TERMINAL_REVOKED');
});

test('F22 P85 where no more is kept aside, nobody is told that it was', async () => {
  const terminal = await apiTerminal(server, 'cajero1');
  const { id } = terminal.session.terminal;
  await owner.request('DELETE', `/api/terminals/${id}`);
  const { journal } = server.context.store.scope(server.storeId);
  const send = (raw: string) => terminal.request('POST', '/api/sync/invoices', undefined, raw);
  expect(codeOf(await send('{"kept":1}'))).toBe('TERMINAL_REVOKED');
  const room = QUARANTINE_MAX - (await journal.quarantined());
  for (let n = 0; n < room; n++) {
    const entry = { id: `filler-${n}`, at: 'x', terminalId: 't', collection: 'x', body: '' };
    await journal.quarantine(entry);
  }
  for (let n = 0; n < 2; n++) expect(codeOf(await send('{"late":1}'))).toBe('QUARANTINE_FULL');
  const body = { epoch: terminal.session.epoch, rows: [{ newDocumentState: {} }], terminalId: id };
  const file = { fileId: 'a'.repeat(64), madeAt: '2026-11-24T12:00:00.000Z' };
  const rescue = await owner.request('POST', '/api/rescues/clients', { ...body, ...file });
  expect(codeOf(rescue)).toBe('QUARANTINE_FULL');
  /* What is there already stays acknowledged as kept. */
  expect(codeOf(await send('{"kept":1}'))).toBe('TERMINAL_REVOKED');
  expect((await journal.keptAside()).some((entry) => entry.body.includes('late'))).toBe(false);
  const told = (await journal.audits('quarantineFull')).filter(({ id: entry }) => entry !== '');
  expect(told).toHaveLength(1);
  await journal.removeKeptAside('filler-0');
  expect(codeOf(await send('{"late":1}'))).toBe('TERMINAL_REVOKED');
  for (let n = 1; n < room; n++) await journal.removeKeptAside(`filler-${n}`);
});

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { AUDIT_ACTIONS } from '../../shared/audit/audit-actions';
import type { AuditPage } from '../../shared/protocol/audit-messages';
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

const read = async (query: string): Promise<AuditPage> => {
  const reply = await owner.request('GET', `/api/audit?${query}`);
  expect(reply.status).toBe(200);
  return reply.body;
};

test('P72 the owner reads who did what, newest first, page by page, each entry once', async () => {
  for (let i = 0; i < 7; i++) await cashier.push('products', [{ id: randomUUID() }]);
  const whole = (await read('limit=500')).entries;
  expect(whole.length).toBeGreaterThan(10);
  expect(whole.map(({ at, id }) => `${at} ${id}`)).toEqual(
    whole.map(({ at, id }) => `${at} ${id}`).sort((a, b) => (a < b ? 1 : -1)),
  );
  const paged: AuditPage['entries'] = [];
  for (let before: string | null = ''; before !== null; ) {
    const page: AuditPage = await read(`limit=3${before === '' ? '' : `&before=${before}`}`);
    expect(page.entries.length).toBeLessThanOrEqual(3);
    paged.push(...page.entries);
    before = page.next;
  }
  expect(paged).toEqual(whole);
  const login = whole.find(
    ({ action, actor }) => action === 'login' && actor === cashier.session.user.id,
  );
  expect(login).toMatchObject({ terminalId: cashier.session.terminal.id });
});

test('P72 filters narrow the log down; ids have their names', async () => {
  const { user, terminal } = cashier.session;
  await cashier.request('POST', '/api/session', { userName: 'cajero1', password: 'no es' });
  const failed = await read('limit=50&action=loginFailed');
  expect(failed.entries).toMatchObject([{ actor: user.id, terminalId: terminal.id }]);
  expect(failed.people[user.id]).toBe('Marco (caja 1)');
  expect(failed.terminals[terminal.id]).toBe(`${terminal.number} · API`);
  const mine = await read(`limit=500&actor=${user.id}&terminal=${terminal.id}`);
  expect(new Set(mine.entries.map(({ actor }) => actor))).toEqual(new Set([user.id]));
  expect(mine.entries.map(({ action }) => action)).toContain('pushRejected');
  const [newest] = mine.entries;
  if (newest === undefined) throw new Error('no entry');
  expect((await read(`limit=500&to=${newest.at}`)).entries).not.toContainEqual(newest);
  expect((await read(`limit=500&from=${newest.at}`)).entries).toContainEqual(newest);
});

test.each([
  '',
  'limit=0',
  'limit=501',
  'limit=1e2',
  'limit=5&before=x',
  'limit=5&actor=',
  'limit=5&terminal=1',
  'limit=5&from=ayer',
  'limit=5&store=x',
  'limit=5&action=a;b',
])('S5 a question that is not of the documented form is refused: %s', async (query) => {
  expect((await owner.request('GET', `/api/audit?${query}`)).status).toBe(400);
});

test('S1 P72 nobody but the owner reads the log, and nobody writes, changes or removes an entry', async () => {
  for (const [method, path_] of [
    ['GET', '/api/audit?limit=5'],
    ['POST', '/api/audit/exports'],
  ] as const) {
    const reply = await cashier.request(method, path_, method === 'POST' ? {} : undefined);
    expect(reply.status).toBe(403);
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
    const { entries } = await read('limit=1');
    const reply = await owner.request(method, `/api/audit/${entries[0]?.id}`, {});
    expect([404, 405]).toContain(reply.status);
  }
});

test('P72 an export is in the log itself', async () => {
  const reply = await owner.request('POST', '/api/audit/exports', { action: 'login' });
  const { entries, isCut } = reply.body as { entries: AuditPage['entries']; isCut: boolean };
  expect(isCut).toBe(false);
  expect(new Set(entries.map(({ action }) => action))).toEqual(new Set(['login']));
  expect((await read('limit=1&action=auditExported')).entries).toMatchObject([
    { actor: owner.session.user.id, details: { action: 'login', count: entries.length } },
  ]);
});

test('P72 what a terminal tells is written once, in the name of who did it and of who told it', async () => {
  const note = {
    id: randomUUID(),
    at: '2026-11-25T12:00:00.000Z',
    userId: owner.session.user.id,
    action: 'loggedOutPending',
    details: { pending: 3 },
  };
  for (let i = 0; i < 2; i++) {
    const reply = await cashier.request('POST', '/api/audit/notes', { notes: [note] });
    expect(reply.status).toBe(204);
  }
  expect((await read('limit=9&action=loggedOutPending')).entries).toMatchObject([
    {
      id: note.id,
      actor: owner.session.user.id,
      terminalId: cashier.session.terminal.id,
      /* The owner never logged in at the cashier's terminal: anybody could have been named. */
      details: {
        pending: 3,
        at: note.at,
        toldBy: cashier.session.user.id,
        neverSeenHere: true,
      },
    },
  ]);
  const desk = await apiTerminal(server, 'duena');
  const login = { userName: 'cajero2', password: passwordOf('cajero2') };
  await desk.request('POST', '/api/session', login);
  const later = { ...note, id: randomUUID(), at: '2026-11-25T13:00:00.000Z' };
  expect((await desk.request('POST', '/api/audit/notes', { notes: [later] })).status).toBe(204);
  const told = (await read('limit=9&action=loggedOutPending')).entries;
  const [seen] = told.filter(({ id }) => id === later.id);
  expect(seen?.details).toMatchObject({ toldBy: expect.any(String) });
  expect(seen?.details).not.toHaveProperty('neverSeenHere');
  for (const bad of [
    { ...note, action: 'login' },
    { ...note, details: { pending: 3, more: 1 } },
    { ...note, details: { pending: '3' } },
  ]) {
    const reply = await cashier.request('POST', '/api/audit/notes', { notes: [bad] });
    expect(reply.status).toBe(400);
  }
});

test('P72 logging out, and what a revoked terminal sends, are in the log', async () => {
  const other = await apiTerminal(server, 'cajero2');
  await other.request('DELETE', '/api/session');
  expect((await read('limit=1&action=logout')).entries).toMatchObject([
    { actor: other.session.user.id },
  ]);
  await owner.request('DELETE', `/api/terminals/${other.session.terminal.id}`);
  for (let i = 0; i < 2; i++) await other.push('clients', [{ id: 'x' }]);
  expect((await read('limit=9&action=keptAside')).entries).toMatchObject([
    { terminalId: other.session.terminal.id, details: { collection: 'clients' } },
  ]);
});

test('S11 P72 the database itself refuses to change or remove an entry', async () => {
  const before = (await read('limit=500')).entries;
  const { database } = server;
  const columns = 'store_id, id, at, actor, action, details';
  const again = `INTO audit (${columns}) SELECT store_id, id, at, 'nobody', action, details FROM audit`;
  await server.restart(async () => {
    const refused = ["UPDATE audit SET actor = ''", 'DELETE FROM audit'];
    if (database.place.databaseUrl === undefined) await database.run(`INSERT OR REPLACE ${again}`);
    else {
      refused.push('TRUNCATE audit');
      refused.push(`INSERT ${again} ON CONFLICT (store_id, id) DO UPDATE SET actor = 'nobody'`);
    }
    /* What SQLite's driver throws, it throws at once. */
    for (const sql of refused) {
      await expect((async () => database.run(sql))()).rejects.toThrow(/append only/);
    }
  });
  /* The first request after a restart may find a connection that the old server has closed. */
  await fetch(`${server.url}/health/live`).catch(() => undefined);
  expect((await read('limit=500')).entries).toEqual(before);
});

test('P72 the words of the log know every action that the server writes', async () => {
  const { readFileSync, readdirSync } = await import('node:fs');
  const sources = readdirSync('server', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join('server', name), 'utf8'));
  const written = sources.flatMap((source) =>
    [...source.matchAll(/(?:action: |#audit\()'(\w+)'(?! })/g)].map(([, action]) => action),
  );
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter((action) => !AUDIT_ACTIONS.some((known) => known === action))).toEqual([]);
});

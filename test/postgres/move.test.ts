import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { makeCode } from '../../server/auth/enrolment';
import type { ServerContext } from '../../server/context';
import { seedDemo } from '../../server/demo/seed-demo';
import { listen } from '../../server/listen';
import { backup, movedNotice, moveToPostgres, restore } from '../../server/store/move/move-data';
import { serverProcess } from '../crash/server-process';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { loginAndSync, openTerminal, settled, syncAll } from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { copyData, openNode } from '../kit/start-server';
import { postgresDatabase, sqliteDatabase, type TestDatabase } from '../kit/test-database';

const AT = '2026-11-25T00:00:00.000Z';
let folder: string;
const databases: TestDatabase[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mostrador-move-'));
});
afterAll(async () => {
  for (const database of databases) await database.remove();
  rmSync(folder, { recursive: true, force: true });
});
const sqlite = (): TestDatabase => {
  const database = sqliteDatabase();
  databases.push(database);
  return database;
};
const postgres = async (): Promise<TestDatabase> => {
  const database = await postgresDatabase();
  databases.push(database);
  return database;
};
/** Everything that a terminal could notice, and more. */
async function seenOf({ store }: ServerContext) {
  const [stored] = await store.stores();
  if (stored === undefined) throw new Error('no store');
  const scope = store.scope(stored.id);
  const pages = await Promise.all(
    (['clients', 'products', 'users', 'invoices', 'stock'] as const).map((name) =>
      scope.documents.page(name, 0, 1000),
    ),
  );
  return {
    status: await scope.documents.status(),
    pages,
    terminals: await scope.auth.terminals(),
    audits: (await scope.journal.audits('login')).map(({ id }) => id).sort(),
  };
}

/** A store at work: a terminal has sold, the server has noticed. Returns it closed. */
async function used(database: TestDatabase): Promise<void> {
  const context = await openNode(database);
  const storeId = await seedDemo(context);
  const node = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  const newCode = async () => (await makeCode(context, { storeId, actor: 'test' })).code;
  const terminal: ApiTerminal = await apiTerminal(
    { url: `http://127.0.0.1:${node.port}`, newCode },
    'duena',
  );
  const { documents } = await terminal.pull('products', 0, 4);
  await terminal.push('invoices', [terminal.ticket(documents), terminal.ticket(documents)]);
  await node.stop();
}

test('a terminal in the middle of its day goes on over PostgreSQL: nothing is asked, nothing is sent twice', async () => {
  const before = sqlite();
  /* In a process of its own, as people run it. */
  const server = await serverProcess(path.join(__dirname, '..', '..'), before.place);
  const [code = ''] = await server.start();
  const terminal = await openTerminal({ url: server.url });
  const { desk } = terminal;
  await desk.session.enrol({ code, name: 'Caja' });
  await loginAndSync(terminal, { userName: 'duena', password: passwordOf('duena') });
  await sell(terminal, 1);
  await syncAll(terminal);
  /* Sold, and not yet sent. */
  const pending = await sell(terminal, 2);
  await server.kill();

  const after = await postgres();
  const target = { dataDir: before.place.dataDir, databaseUrl: after.place.databaseUrl ?? '' };
  expect(await moveToPostgres(target, AT)).toBeGreaterThan(100);
  expect(movedNotice(before.place)).toContain(AT);
  expect(movedNotice(target)).toBeNull();
  await expect(server.start()).rejects.toThrow('PostgreSQL');

  await server.start(target);
  const requests: string[] = [];
  terminal.network.intercept = async (url, init) => {
    requests.push(`${init.method ?? 'GET'} ${new URL(url).pathname}`);
    return undefined;
  };
  await desk.status.checkConnection();
  await syncAll(terminal);
  await settled(desk);
  const context = await openNode(after);
  const [stored] = await context.store.stores();
  const storeId = stored?.id ?? '';
  const { documents } = context.store.scope(storeId);
  expect((await documents.find('invoices', [pending.id])).get(pending.id)?.ver).toBe(1);
  expect((await documents.status()).invoices).toMatchObject({ count: 2, seq: 2 });
  /* The session went along, nothing was received anew, and both sides hold the same. */
  const equal = await desk.proof.compare();
  expect(equal.map(({ equality }) => equality)).toEqual(equal.map(() => 'equal'));
  expect(requests.filter((request) => request.endsWith('/api/session'))).not.toContain(
    'POST /api/session',
  );
  expect(requests).toContain('POST /api/sync/invoices');
  await terminal.close();
  await server.kill();
  await context.store.close();
}, 60_000);

test('a move does not begin while a server has the folder open, or where the target has data', async () => {
  const source = sqlite();
  await used(source);
  const running = await openNode(source);
  const target = await postgres();
  const where = { dataDir: source.place.dataDir, databaseUrl: target.place.databaseUrl ?? '' };
  await expect(moveToPostgres(where, AT)).rejects.toMatchObject({ details: { inUse: true } });
  expect(movedNotice(source.place)).toBeNull();
  await running.store.close();
  await used(target);
  /* A copy: the file itself may stay open in this process until its statements are collected. */
  const copy = sqlite();
  copyData(source.place.dataDir, copy.place.dataDir);
  await expect(moveToPostgres({ ...where, dataDir: copy.place.dataDir }, AT)).rejects.toMatchObject(
    { details: { notEmpty: true } },
  );
  expect(movedNotice(copy.place)).toBeNull();
});

test.each([
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
  ['PostgreSQL', 'PostgreSQL'],
  ['SQLite', 'SQLite'],
])(
  'F12 a backup of %s, made while it is in use, is restored to %s under a new epoch',
  async (from, to) => {
    const make = (name: string) => (name === 'SQLite' ? sqlite() : postgres());
    const source = await make(from);
    await used(source);
    const running = await openNode(source);
    const file = path.join(folder, `${from}-${to}.backup.gz`);
    await backup(source.place, file, AT);
    const target = await make(to);
    let id = 0;
    const result = await restore(target.place, file, { newId: () => `new-${++id}`, at: AT });
    expect(result.madeAt).toBe(AT);
    const restored = await openNode(target);
    expect(await seenOf(restored)).toEqual(await seenOf(running));
    expect((await restored.store.stores())[0]?.epoch).toBe('new-1');
    expect((await running.store.stores())[0]?.epoch).not.toBe('new-1');
    await Promise.all([running.store.close(), restored.store.close()]);
    await expect(restore(target.place, file, { newId: () => 'x', at: AT })).rejects.toMatchObject({
      details: { notEmpty: true },
    });
  },
);

test('a backup that is cut off, changed, or none leaves the target empty and usable', async () => {
  const source = sqlite();
  await used(source);
  const file = path.join(folder, 'whole.backup.gz');
  await backup(source.place, file, AT);
  expect(existsSync(`${file}.part`)).toBe(false);
  const text = gunzipSync(readFileSync(file)).toString();
  const lines = text.trimEnd().split('\n');
  const target = await postgres();
  const attempt = (bytes: Buffer): Promise<unknown> => {
    const bad = path.join(folder, 'bad.backup.gz');
    writeFileSync(bad, bytes);
    return restore(target.place, bad, { newId: () => 'x', at: AT });
  };
  const refused = { code: 'BAD_REQUEST', details: { backup: expect.any(String) } };
  const cut = gzipSync(lines.slice(0, -1).join('\n'));
  await expect(attempt(cut)).rejects.toMatchObject(refused);
  await expect(attempt(readFileSync(file).subarray(0, 5000))).rejects.toMatchObject(refused);
  await expect(attempt(gzipSync(text.replace('Marco', 'Mirco')))).rejects.toMatchObject(refused);
  await expect(attempt(Buffer.from('nothing'))).rejects.toMatchObject(refused);
  const newer = text.replace('0400-limits', '9999-later');
  await expect(attempt(gzipSync(newer))).rejects.toMatchObject({
    details: { migration: '9999-later' },
  });
  await restore(target.place, file, { newId: () => 'x', at: AT });
});

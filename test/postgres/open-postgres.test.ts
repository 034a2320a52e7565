import { sql } from 'kysely';
import pg from 'pg';
import { makeCode } from '../../server/auth/enrolment';
import { seedDemo } from '../../server/demo/seed-demo';
import { listen } from '../../server/listen';
import { storeError } from '../../server/store/busy-error';
import { createKyselyStore } from '../../server/store/kysely-store';
import { openPostgres } from '../../server/store/postgres/open-postgres';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { type PostgresCluster, startCluster } from '../kit/postgres-cluster';
import { openNode } from '../kit/start-server';
import { postgresDatabase, type TestDatabase } from '../kit/test-database';

let database: TestDatabase;
beforeAll(async () => {
  database = await postgresDatabase();
});
afterAll(() => database.remove());

const open = () => openPostgres({ url: database.place.databaseUrl ?? '', onIdleError: () => {} });

test('what durability and patience rest on is set, whatever the database is configured to', async () => {
  const name = new URL(database.place.databaseUrl ?? '').pathname.slice(1);
  await database.run(`alter database ${name} set synchronous_commit = off`);
  const db = open();
  const setting = async (which: string): Promise<unknown> =>
    Object.values((await sql<object>`show ${sql.raw(which)}`.execute(db)).rows[0] ?? {})[0];
  expect(await setting('synchronous_commit')).toBe('on');
  expect(await setting('statement_timeout')).toBe('30s');
  expect(await setting('lock_timeout')).toBe('10s');
  expect(await setting('idle_in_transaction_session_timeout')).toBe('1min');
  await db.destroy();
  await database.run(`alter database ${name} set synchronous_commit = remote_write`);
  const weaker = open();
  expect((await sql`show synchronous_commit`.execute(weaker)).rows).toEqual([
    { synchronous_commit: 'on' },
  ]);
  await weaker.destroy();
  await database.run(`alter database ${name} set synchronous_commit = remote_apply`);
  const stronger = open();
  const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(
    stronger,
  );
  expect(rows).toEqual([{ synchronous_commit: 'remote_apply' }]);
  await stronger.destroy();
  await database.run(`alter database ${name} reset synchronous_commit`);
});

test('a transaction that the database undoes by itself is done again; what is undone for ever is busy', async () => {
  const store = await createKyselyStore(open());
  let calls = 0;
  const undone = (times: number) =>
    store.transaction('s', async ({ ledger }) => {
      await ledger.setSerials('t', [1, 1]);
      calls += 1;
      if (calls <= times) throw Object.assign(new Error('could not serialize'), { code: '40001' });
      return 'done';
    });
  expect(await undone(2)).toBe('done');
  expect(calls).toBe(3);
  calls = 0;
  const error = await undone(99).catch((thrown: unknown) => thrown);
  expect([calls, storeError(error).code]).toEqual([5, 'STORE_BUSY']);
  await store.close();
});

test('P93 a real deadlock: the database undoes the transaction, and it is done again', async () => {
  const store = await createKyselyStore(open());
  const { auth } = store.scope('one');
  for (const user of ['u', 'v']) await auth.addLogin('t', user, '');
  const other = new pg.Client({ connectionString: database.place.databaseUrl });
  await other.connect();
  const touch = (user: string) =>
    other.query(`update logins set last_at = 'other' where user_id = '${user}'`);
  /* The other one is patient: it is ours that the database picks. */
  await other.query("set deadlock_timeout = '30s'");
  await other.query('begin');
  await touch('v');
  let calls = 0;
  const ours = store.transaction('one', async (scope) => {
    calls += 1;
    await scope.auth.addLogin('t', 'u', 'ours');
    if (calls === 1) void touch('u').then(() => other.query('commit'));
    await scope.auth.addLogin('t', 'v', 'ours');
  });
  await ours;
  expect(calls).toBe(2);
  await other.end();
  await store.close();
});

describe('F30 the database goes away and comes back', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startCluster({ durable: true });
  }, 60_000);
  afterAll(() => cluster.remove());

  test('F30 P93 503 with Retry-After while it is down, nothing lost, and on by itself when it is back', async () => {
    const own = await postgresDatabase(cluster.url());
    const context = await openNode(own);
    const storeId = await seedDemo(context);
    const node = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
    const url = `http://127.0.0.1:${node.port}`;
    const newCode = async () => (await makeCode(context, { storeId, actor: 'test' })).code;
    const terminal: ApiTerminal = await apiTerminal({ url, newCode }, 'duena');
    const { documents } = await terminal.pull('products', 0, 2);
    const [before, during] = [terminal.ticket(documents), terminal.ticket(documents)];
    expect((await terminal.push('invoices', [before])).accepted).toHaveLength(1);

    await cluster.kill();
    const body = { epoch: terminal.session.epoch, rows: [{ newDocumentState: during }] };
    for (let i = 0; i < 3; i++) {
      const refused = await terminal.request('POST', '/api/sync/invoices', body);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
      expect(refused.body).toMatchObject({ code: 'STORE_BUSY' });
    }
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);

    await cluster.start();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await terminal.push('invoices', [during])).accepted).toHaveLength(1);
    const there = (await terminal.pull('invoices')).documents as { id: string }[];
    expect(there.map(({ id }) => id)).toEqual([before.id, during.id]);
    await node.stop();
    await own.remove();
  }, 60_000);
});

import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { makeCode } from '../../server/auth/enrolment';
import { seedDemo } from '../../server/demo/seed-demo';
import { listen, type RunningServer } from '../../server/listen';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { type PostgresCluster, startCluster } from '../kit/postgres-cluster';
import { openNode } from '../kit/start-server';
import { postgresDatabase, type TestDatabase } from '../kit/test-database';

/* A standby that is configured and not there: each commit waits for it, until somebody cancels the wait. PostgreSQL then
   says "success", with a warning. Of a cluster of its own, since the setting is the whole cluster's. */

let cluster: PostgresCluster;
let database: TestDatabase;
let node: RunningServer;
let terminal: ApiTerminal;
let admin: pg.Client;

beforeAll(async () => {
  cluster = await startCluster({ durable: true });
  database = await postgresDatabase(cluster.url());
  const context = await openNode(database);
  const storeId = await seedDemo(context);
  node = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  const newCode = async () => (await makeCode(context, { storeId, actor: 'test' })).code;
  terminal = await apiTerminal({ url: `http://127.0.0.1:${node.port}`, newCode }, 'duena');
  admin = new pg.Client({ connectionString: cluster.url() });
  await admin.connect();
}, 60_000);
afterAll(async () => {
  await admin.end();
  await node.stop();
  await cluster.remove();
});

/** Configures it, and returns when commits wait for it. The process that tells them to reads the setting a moment later. */
async function wantStandby(name: string): Promise<void> {
  const probe = new pg.Client({ connectionString: cluster.url() });
  await probe.connect();
  await probe.query('create table if not exists written (n int)');
  await admin.query(`alter system set synchronous_standby_names = '${name}'`);
  await admin.query('select pg_reload_conf()');
  for (let doWait = name === ''; !doWait; ) {
    let isWritten = false;
    const written = probe.query('insert into written values (1)').then(() => {
      isWritten = true;
    });
    while (!isWritten && !doWait) {
      await wait(20);
      doWait = await endWaits('pg_cancel_backend');
    }
    await written;
  }
  await probe.end();
}

type Ending = 'pg_cancel_backend' | 'pg_terminate_backend';

/** Ends the waits of whoever waits for the standby by now; whether there was any. */
async function endWaits(how: Ending): Promise<boolean> {
  const { rows } = await admin.query(
    `select ${how}(pid) from pg_stat_activity where wait_event = 'SyncRep'`,
  );
  return rows.length > 0;
}

/** The same, and again for whatever comes to wait, until the answer is there. */
async function endingWaits<T>(how: Ending, answer: Promise<T>): Promise<T> {
  let isThere = false;
  const noted = answer.finally(() => {
    isThere = true;
  });
  while (!isThere) {
    await endWaits(how);
    await wait(20);
  }
  return noted;
}

const push = (invoice: unknown) =>
  terminal.request('POST', '/api/sync/invoices', {
    epoch: terminal.session.epoch,
    rows: [{ newDocumentState: invoice }],
  });
const idsThere = async () =>
  ((await terminal.pull('invoices')).documents as { id: string }[]).map(({ id }) => id);

test.each<Ending>(['pg_cancel_backend', 'pg_terminate_backend'])(
  'P94 a commit whose wait for the standby ends by %s is no acknowledgement, nor is the same row sent again',
  async (how) => {
    const { documents } = await terminal.pull('products', 0, 2);
    const invoice = terminal.ticket(documents);
    await wantStandby('nobody');
    for (let tries = 0; tries < 2; tries++) {
      const { status, headers, body } = await endingWaits(how, push(invoice));
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
      expect(body).toMatchObject({ code: 'STORE_BUSY' });
    }
    await wantStandby('');
    expect((await push(invoice)).body).toMatchObject({ accepted: [{ id: invoice.id, ver: 1 }] });
    expect((await idsThere()).filter((id) => id === invoice.id)).toHaveLength(1);
  },
);

test('P94 nor is one where the role is configured to hear of no warnings', async () => {
  const name = new URL(database.place.databaseUrl ?? '').pathname.slice(1);
  await admin.query(`alter database ${name} set client_min_messages = error`);
  const context = await openNode(database);
  const own = await context.store.stores();
  await wantStandby('nobody');
  const change = context.store.transaction(own[0]?.id ?? '', async ({ ledger }) => {
    await ledger.setSerials('nobody', [1, 1]);
  });
  const end = change.then(
    () => 'acknowledged',
    (error: { code?: string }) => error.code,
  );
  expect(await endingWaits('pg_cancel_backend', end)).toBe('STORE_BUSY');
  await wantStandby('');
  await context.store.close();
  await admin.query(`alter database ${name} reset client_min_messages`);
});

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCode } from '../../server/auth/enrolment';
import type { ServerContext } from '../../server/context';
import { seedDemo } from '../../server/demo/seed-demo';
import { listen, type RunningServer } from '../../server/listen';
import { examine } from '../../server/store/doctor/examine';
import { backup, moveToPostgres, restore } from '../../server/store/move/move-data';
import type { DataPlace } from '../../server/store/open-database';
import { aNewClient } from '../kit/a-client';
import { passwordOf } from '../kit/api';
import { startBalancer } from '../kit/balancer';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { copyData, openNode } from '../kit/start-server';
import { postgresDatabase, sqliteDatabase } from '../kit/test-database';

/* Real terminals at one address, while what is behind it is moved, lost, and restored. */

const AT = '2026-11-28T12:00:00.000Z';
let folder: string;
let balancer: Awaited<ReturnType<typeof startBalancer>>;
let terminals: TestTerminal[] = [];
const removals: (() => Promise<void>)[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mostrador-day-'));
});
beforeEach(async () => {
  balancer = await startBalancer([]);
});
afterEach(async () => {
  for (const terminal of terminals) await terminal.close();
  terminals = [];
  await balancer.stop();
  for (const remove of removals.splice(0).reverse()) await remove();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a server over these data behind the address. */
async function serve(place: DataPlace): Promise<{ context: ServerContext; node: RunningServer }> {
  const context = await openNode({ place });
  const node = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  removals.push(() => node.stop());
  balancer.ports = [node.port];
  return { context, node };
}

/** A shop over SQLite, with a terminal for each of these. */
async function shop(...userNames: string[]) {
  const database = sqliteDatabase();
  removals.push(() => database.remove());
  const server = await serve(database.place);
  const storeId = await seedDemo(server.context);
  for (const userName of userNames) {
    const terminal = await openTerminal({ url: balancer.url });
    terminals.push(terminal);
    const { code } = await makeCode(server.context, { storeId, actor: 'test' });
    await terminal.desk.session.enrol({ code, name: userName });
    await loginAndSync(terminal, { userName, password: passwordOf(userName) });
  }
  return { database, server, storeId, terminals: [...terminals] };
}

async function emptyPostgres() {
  const database = await postgresDatabase();
  removals.push(() => database.remove());
  return { dataDir: database.place.dataDir, databaseUrl: database.place.databaseUrl ?? '' };
}

const pendingOf = ({ desk }: TestTerminal): Promise<number> =>
  desk.db.invoices.count({ selector: { pending: { $eq: 1 } } }).exec();
const held = async ({ desk }: TestTerminal): Promise<string[]> =>
  (await desk.db.invoices.find().exec()).map(({ id }) => id).sort();
const isEqual = async ({ desk }: TestTerminal): Promise<boolean> =>
  (await desk.proof.compare()).every(({ equality }) => equality === 'equal');
/** Everything sold is at every desk, nothing is pending, each is equal to the server, and its data are whole. */
async function expectWhole(
  desks: readonly TestTerminal[],
  place: DataPlace,
  ids: readonly string[],
): Promise<void> {
  for (const terminal of desks) {
    expect(await pendingOf(terminal)).toBe(0);
    expect(await held(terminal)).toEqual(ids);
    expect(await isEqual(terminal)).toBe(true);
  }
  expect((await examine(place)).findings).toEqual([]);
}
/** Epoch and place up to which each collection of this terminal was received. */
const checkpointsOf = async ({ desk }: TestTerminal): Promise<unknown> =>
  (await desk.db.settings.find().exec())
    .map((setting) => setting.toMutableJSON())
    .filter(({ id }) => /epoch|checkpoint|sync|proof/i.test(id))
    .map(({ id, value }) => ({ id, value }));

test('F12 T6 a backup from the morning is restored to PostgreSQL in the afternoon: terminals send again what it lacks, and nothing is lost or doubled', async () => {
  const { database, server, storeId, terminals: desks } = await shop('cajero1', 'cajero2', 'duena');
  const [one, two, owner] = desks;
  if (one === undefined || two === undefined || owner === undefined) throw new Error('no terminal');
  const sold = [await sell(one, 0), await sell(two, 1)];
  for (const terminal of desks) await syncAll(terminal);
  const file = path.join(folder, 'morning.backup.gz');
  await backup(database.place, file, AT);

  /* After it: sent by one and received by the other, a changed client, and what nobody has sent yet. */
  sold.push(await sell(one, 2), await sell(two, 3));
  await syncAll(one);
  await syncAll(two);
  await syncAll(one);
  const client = await owner.desk.clients.create(aNewClient({ name: 'De la tarde' }));
  await syncAll(owner);
  sold.push(await sell(one, 4));
  await server.node.stop();
  sold.push(await sell(two, 5));

  const target = await emptyPostgres();
  await restore(target, file, { newId: () => randomUUID(), at: AT });
  const after = await serve(target);
  for (const terminal of desks) await terminal.desk.status.checkConnection();
  for (let round = 0; round < 2; round++) for (const terminal of desks) await syncAll(terminal);

  const ids = sold.map(({ id }) => id).sort();
  const { documents } = after.context.store.scope(storeId);
  expect([...(await documents.find('invoices', ids)).keys()].sort()).toEqual(ids);
  expect((await documents.status()).invoices?.count).toBe(ids.length);
  expect((await documents.find('clients', [client.id])).has(client.id)).toBe(true);
  await expectWhole(desks, target, ids);
}, 120_000);

test('the shop is moved to PostgreSQL while one terminal sells without a connection and another is in mid sync: same epoch, same places, nobody logs in again', async () => {
  const { database, server, storeId, terminals: desks } = await shop('cajero1', 'cajero2');
  const [one, two] = desks;
  if (one === undefined || two === undefined) throw new Error('no terminal');
  const sold = [await sell(one, 0), await sell(two, 1)];
  for (const terminal of desks) await syncAll(terminal);
  await syncAll(one);
  const [{ epoch } = { epoch: '' }] = await server.context.store.stores();
  const before = await checkpointsOf(one);
  expect(before).not.toEqual([]);

  /* The answer to this one's push is lost with the server that took it. */
  sold.push(await sell(two, 2), await sell(one, 3));
  two.network.isLost = (url, { method }) => method === 'POST' && url.includes('/sync/invoices');
  await syncAll(two);
  expect(await pendingOf(two)).toBe(1);
  await server.node.stop();
  sold.push(await sell(one, 4));
  two.network.isLost = undefined;

  const target = await emptyPostgres();
  /* A copy: the file itself may stay open in this process until its statements are collected. */
  copyData(database.place.dataDir, target.dataDir);
  await moveToPostgres(target, AT);
  const after = await serve(target);
  expect((await after.context.store.stores())[0]?.epoch).toBe(epoch);
  for (const terminal of desks) {
    await terminal.desk.status.checkConnection();
    expect(terminal.desk.session.state$.getValue().kind).toBe('signedIn');
  }
  expect(await checkpointsOf(one)).toEqual(before);
  const asked: string[] = [];
  one.network.intercept = async (url, { method }) => {
    const { pathname, searchParams } = new URL(url);
    const name = pathname.split('/').at(-1) ?? '';
    if (method === 'GET' && searchParams.has('seq'))
      asked.push(`${name} ${searchParams.get('seq')}`);
    if (pathname.startsWith('/api/session')) asked.push(pathname);
    return undefined;
  };
  await syncAll(one);
  await syncAll(two);
  await syncAll(one);
  /* From where it was: nothing that there is from the beginning, no login. */
  for (const name of ['clients', 'products', 'stock', 'invoices']) {
    expect(asked.filter((entry) => entry.startsWith(name)).length).toBeGreaterThan(0);
    expect(asked).not.toContain(`${name} 0`);
  }
  expect(asked.filter((entry) => entry.startsWith('/api'))).toEqual([]);
  const ids = sold.map(({ id }) => id).sort();
  expect((await after.context.store.scope(storeId).documents.status()).invoices?.count).toBe(
    ids.length,
  );
  await expectWhole(desks, target, ids);
}, 120_000);

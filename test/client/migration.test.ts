import type { AnyStorage } from '../../client/db/storage/desk-storage';
import { type Locks, memoryLocks } from '../../client/desk/locks';
import { ISSUE_LOCK } from '../../client/desk/own-numbers';
import { DEMO_LOGINS } from '../../server/demo/seed-demo';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { program010 } from '../kit/program-0-1-0';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

const OWNER = {
  userName: 'duena',
  password: DEMO_LOGINS.find(({ userName }) => userName === 'duena')?.password ?? '',
};

let server: TestServer;
let terminals: TestTerminal[] = [];

beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const terminal of terminals) await terminal.close();
  terminals = [];
  await server.close();
});

async function ready(
  olderProgram?: () => () => void,
  disk: (memory: AnyStorage) => AnyStorage = (memory) => memory,
  locks?: Locks,
): Promise<TestTerminal> {
  const terminal = await openTerminal({
    url: server.url,
    disk,
    ...(locks === undefined ? {} : { locks }),
    ...(olderProgram === undefined ? {} : { olderProgram }),
  });
  terminals.push(terminal);
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, OWNER);
  return terminal;
}

const invoicesOf = async ({ desk }: TestTerminal) =>
  (await desk.db.invoices.find({ sort: [{ serial: 'asc' }] }).exec()).map((document) =>
    document.toMutableJSON(),
  );
const digestsEqual = async ({ desk }: TestTerminal): Promise<boolean> =>
  (await desk.proof.compare()).every(({ equality }) => equality === 'equal');

/** Rows of invoices that went out, and the places from which invoices were asked for. */
function watch(terminal: TestTerminal) {
  const seen = { sent: [] as string[], asked: [] as string[] };
  terminal.network.intercept = async (url, { method, body }) => {
    if (!url.includes('/sync/invoices')) return undefined;
    if (method === 'POST') {
      const { rows } = JSON.parse(String(body));
      for (const { newDocumentState } of rows) seen.sent.push(newDocumentState.id);
    } else seen.asked.push(/seq=(\d+)/.exec(url)?.[1] ?? '');
    return undefined;
  };
  return seen;
}

test('F8 P60 a terminal of version 0.1.0 sells and syncs with this server, and so does one that sells with it', async () => {
  const old = await ready(program010);
  const fresh = await ready();
  await sell(fresh, 0);
  await syncAll(fresh);
  const sold = await sell(old, 1);
  await syncAll(old);
  expect(await digestsEqual(old)).toBe(true);
  const [, own] = await invoicesOf(old);
  expect(Object.keys((await invoicesOf(old))[0] ?? {})).not.toContain('approvals');
  expect([own?.pending, sold.chain]).toEqual([0, { prev: '', hash: sold.chain.hash }]);

  await syncAll(fresh);
  const received = (await invoicesOf(fresh)).find(({ id }) => id === sold.id);
  expect(received?.approvals).toEqual([]);
  expect(received?.chain).toEqual({ ...sold.chain, signature: '' });
  expect(await digestsEqual(fresh)).toBe(true);
});

test('a database of version 0 opens, what is pending stays pending, and it syncs without conflicts', async () => {
  const terminal = await ready(program010);
  const other = await ready();
  for (const index of [0, 1, 2]) await sell(terminal, index);
  await syncAll(terminal);
  const pending = [await sell(terminal, 0), await sell(terminal, 1)].map(({ id }) => id);
  const before = await invoicesOf(terminal);
  await sell(other, 3);
  await syncAll(other);

  await terminal.reload();
  const after = await invoicesOf(terminal);
  expect(after).toEqual(
    before.map((invoice) => ({
      ...invoice,
      approvals: [],
      chain: { ...invoice.chain, signature: '' },
    })),
  );
  expect(after.filter((invoice) => invoice.pending === 1).map(({ id }) => id)).toEqual(pending);
  const next = await (async () => {
    const seen = watch(terminal);
    await loginAndSync(terminal, OWNER);
    await syncAll(terminal);
    return seen;
  })();
  /* Only what was pending went out, and reading went on from where it was: the notes of the replication came along. */
  expect(next.sent.sort()).toEqual([...pending].sort());
  expect(next.asked[0]).not.toBe('0');
  expect(await terminal.desk.db.conflicts.count().exec()).toBe(0);
  expect(await terminal.desk.db.rejected.count().exec()).toBe(0);
  expect((await invoicesOf(terminal)).filter((invoice) => invoice.pending === 1)).toEqual([]);
  expect(await invoicesOf(terminal)).toHaveLength(6);
  expect(await digestsEqual(terminal)).toBe(true);

  const sale = await sell(terminal, 0);
  expect(sale.chain.prev).toBe(after.at(-1)?.chain.hash);
  expect(sale.serial).toBe((after.at(-1)?.serial ?? 0) + 1);
});

test('F14 T61 a migration waits for the sale that another tab is just issuing', async () => {
  const { run } = memoryLocks();
  let asks: (name: string) => void = () => undefined;
  const locks: Locks = {
    run(name, task) {
      asks(name);
      return run(name, task);
    },
  };
  const terminal = await ready(program010, undefined, locks);
  await sell(terminal, 0);
  let issued: () => void = () => undefined;
  const issuing = locks.run(ISSUE_LOCK, () => new Promise<void>((resolve) => (issued = resolve)));
  let isOpen = false;
  const reloaded = terminal.reload().then(() => {
    isOpen = true;
  });
  const asked = new Promise<string>((resolve) => {
    asks = resolve;
  });
  expect(await Promise.race([asked, reloaded])).toBe(ISSUE_LOCK);
  expect(isOpen).toBe(false);
  issued();
  await issuing;
  await reloaded;
  expect(await invoicesOf(terminal)).toHaveLength(1);
  /* Without anything to migrate nobody is waited for. */
  const other = locks.run(ISSUE_LOCK, () => new Promise<void>((resolve) => (issued = resolve)));
  await terminal.reload();
  issued();
  await other;
});

test('F5 a migration that is cut is taken up by the next start', async () => {
  let writes = 0;
  let broken = true;
  const terminal = await ready(program010, (memory) => ({
    ...memory,
    async createStorageInstance(params) {
      const instance = await memory.createStorageInstance(params);
      if (params.collectionName !== 'invoices' || params.schema.version === 0) return instance;
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (rows, context) => {
        const result = await write(rows, context);
        writes += rows.length;
        if (broken) throw new Error('the power went');
        return result;
      };
      return instance;
    },
  }));
  for (const index of [0, 1, 2]) await sell(terminal, index);
  await syncAll(terminal);
  await sell(terminal, 0);
  await expect(terminal.reload()).rejects.toThrow();
  expect(writes).toBeGreaterThan(0);

  broken = false;
  await terminal.reload();
  await loginAndSync(terminal, OWNER);
  const seen = watch(terminal);
  await syncAll(terminal);
  expect(seen.sent).toHaveLength(1);
  expect(await digestsEqual(terminal)).toBe(true);
  expect(await invoicesOf(terminal)).toHaveLength(4);
});

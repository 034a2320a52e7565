import type { RxDatabase } from 'rxdb';
import { FakeServer, type Items, openItems, replicate, runOnce, until } from './trap-kit';

/*
 * What RxDB 17.6.0 does and a reader of its documentation does not expect. Each test shows one finding, by the number that
 * ARCHITECTURE.md and the code refer to, over RxDB as it comes. One that fails after an upgrade says that RxDB has
 * changed: look at what we do because of it.
 */

let db: RxDatabase;
let items: Items;
let server: FakeServer;

beforeEach(async () => {
  ({ db, items } = await openItems());
  server = new FakeServer();
});
afterEach(async () => {
  server.down = false;
  await db.close();
});
const texts = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await items.find().exec()).map(({ id, text }) => [id, text]));

test('RxDB 1: live:false retries for ever while the server fails, and cancel() waits for it to recover', async () => {
  server.down = true;
  const replication = replicate(items, server, { live: false });
  await until(() => server.asked.length >= 2);
  let cancelled = false;
  const end = replication.cancel().then(() => {
    cancelled = true;
  });
  const before = server.asked.length;
  await until(() => server.asked.length >= before + 3);
  expect(cancelled).toBe(false);
  server.down = false;
  await end;
});

test('RxDB 1: live:true without a stream can be cancelled while the server fails', async () => {
  server.down = true;
  const replication = replicate(items, server);
  await until(() => server.asked.length >= 2);
  await replication.cancel();
  const after = server.asked.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(server.asked.length).toBe(after);
});

test('RxDB 2: pause() loses a local write whose push fails when documents were pulled meanwhile', async () => {
  const replication = replicate(items, server);
  await replication.awaitInSync();
  server.pushDown = true;
  server.put({ id: 'theirs', text: 'pulled' });
  let open: () => void = () => undefined;
  server.gate = new Promise((resolve) => {
    open = resolve;
  });
  const asked = server.asked.length;
  replication.reSync();
  await until(() => server.asked.length > asked);
  await items.insert({ id: 'mine', text: 'unsent' });
  await until(() => server.attempts > 0);
  open();
  await until(async () => 'theirs' in (await texts()));
  await replication.pause();
  /* The push that waits to be tried again gives up, and the pulled document moves the push checkpoint past it. */
  await new Promise((resolve) => setTimeout(resolve, 50));
  server.pushDown = false;
  await replication.start();
  await replication.awaitInSync();
  await replication.cancel();
  await runOnce(items, server);
  expect(await texts()).toEqual({ mine: 'unsent', theirs: 'pulled' });
  expect(server.get('mine')).toBeUndefined();
});

test('RxDB 3: a pull-only replication says that local writes were sent, and overwrites unsent edits', async () => {
  server.put({ id: 'a', text: 'first' });
  await runOnce(items, server, { pullOnly: true });
  const replication = replicate(items, server, { pullOnly: true });
  const sent: string[] = [];
  replication.sent$.subscribe(({ id }) => sent.push(id));
  await replication.awaitInSync();
  await (await items.findOne('a').exec())?.patch({ text: 'unsent edit' });
  await replication.awaitInSync();
  expect(sent).toEqual(['a']);
  expect(server.pushed).toEqual([]);
  server.put({ id: 'a', text: 'second' });
  replication.reSync();
  await until(async () => (await texts())['a'] !== 'unsent edit');
  expect(await texts()).toEqual({ a: 'second' });
});

test('RxDB 6: an error does not stop the checkpoint: the page that could not be stored is never asked for again', async () => {
  server.put({ id: 'a', text: '1' }, { id: 'b', text: '2' }, { id: 'c', text: '3' });
  const { storageInstance } = items;
  const write = storageInstance.bulkWrite.bind(storageInstance);
  storageInstance.bulkWrite = (rows, context) =>
    rows.some(({ document }) => document.id === 'b')
      ? Promise.reject(new Error('refused by the storage'))
      : write(rows, context);
  const errors: string[] = [];
  const real = server.pull;
  jest.spyOn(server, 'pull').mockImplementation(async (checkpoint, limit) => {
    if (checkpoint?.seq === 2) await until(() => errors.length > 0);
    return real(checkpoint, limit);
  });
  const replication = replicate(items, server, { batchSize: 1 });
  replication.error$.subscribe((error) => errors.push(String(error)));
  await replication.awaitInSync();
  await replication.cancel();
  storageInstance.bulkWrite = write;
  expect(errors).toHaveLength(1);
  await runOnce(items, server, { batchSize: 1 });
  expect(Object.keys(await texts())).toEqual(['a', 'c']);
});

test('RxDB 6: where resolve throws, the document is neither pushed again nor in conflict', async () => {
  await db.close();
  ({ db, items } = await openItems());
  items.conflictHandler = {
    isEqual: (a, b) => a.text === b.text,
    resolve: () => Promise.reject(new Error('no idea')),
  };
  server.put({ id: 'a', text: 'theirs' });
  await items.insert({ id: 'a', text: 'mine' });
  const replication = replicate(items, server);
  const errors: string[] = [];
  replication.error$.subscribe((error) => errors.push(String(error)));
  await until(() => errors.length > 0);
  await items.insert({ id: 'b', text: 'later' });
  await until(() => server.get('b') !== undefined);
  await replication.awaitInSync();
  await replication.cancel();
  await runOnce(items, server);
  expect(server.textsSent('a')).toEqual(['mine']);
  expect(await texts()).toMatchObject({ a: 'mine' });
});

test('RxDB 7: another replicationIdentifier pushes everything again', async () => {
  await items.bulkInsert([
    { id: 'a', text: '1' },
    { id: 'b', text: '2' },
  ]);
  await runOnce(items, server);
  await runOnce(items, server);
  expect(server.pushed.flat()).toHaveLength(2);
  await runOnce(items, server, { identifier: 'another' });
  expect(server.pushed.flat()).toHaveLength(4);
});

test('RxDB 8: the batches of one push are sent in parallel', async () => {
  let under = 0;
  let most = 0;
  const real = server.push;
  jest.spyOn(server, 'push').mockImplementation(async (rows) => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setTimeout(resolve, 5));
    under -= 1;
    return real(rows);
  });
  const replication = replicate(items, server, { batchSize: 1 });
  await replication.awaitInSync();
  await items.bulkInsert(['a', 'b', 'c'].map((id) => ({ id, text: '' })));
  await replication.awaitInSync();
  expect(most).toBe(3);
});

test('RxDB 9: a checkpoint that comes with no documents is not stored', async () => {
  const empty = jest.spyOn(server, 'pull');
  empty.mockResolvedValue({ documents: [], checkpoint: { seq: 7 } });
  await runOnce(items, server);
  await runOnce(items, server);
  expect(empty.mock.calls.map(([checkpoint]) => checkpoint)).toEqual([undefined, undefined]);
});

test('RxDB 9: a pull ends at a page shorter than asked for, whatever else there is', async () => {
  const page = jest.spyOn(server, 'pull');
  page.mockResolvedValue({
    documents: [{ id: 'a', text: '', _deleted: false }],
    checkpoint: { seq: 1 },
  });
  await runOnce(items, server, { batchSize: 2 });
  expect(page).toHaveBeenCalledTimes(1);
});

test('RxDB 10: resolve is asked on push only, and what it makes is pushed in the same run', async () => {
  const asked: string[] = [];
  items.conflictHandler = {
    isEqual: (a, b) => a.text === b.text,
    resolve: ({ newDocumentState, realMasterState }) => {
      asked.push(newDocumentState.id);
      const text = `${realMasterState.text}+${newDocumentState.text}`;
      return Promise.resolve({ ...realMasterState, text });
    },
  };
  server.put({ id: 'a', text: '0' });
  await runOnce(items, server);
  await (await items.findOne('a').exec())?.patch({ text: 'mine' });
  server.put({ id: 'a', text: 'theirs' });
  await runOnce(items, server);
  expect(asked).toEqual(['a']);
  expect(server.get('a')?.text).toBe('theirs+mine');
  expect(await texts()).toEqual({ a: 'theirs+mine' });
});

test('RxDB 11: nothing says how many documents are still to be sent', async () => {
  server.down = true;
  const replication = replicate(items, server);
  const names = new Set<string>();
  for (let at: object | null = replication; at !== null; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  expect([...names].filter((name) => /pending|unsent|count|queue/i.test(name))).toEqual([
    'startQueue',
  ]);
  await replication.cancel();
});

test('a batch of one time: the push checkpoint stands at its last row, and what sorts behind it is read again', async () => {
  server.put(...['d', 'c', 'b', 'a'].map((id) => ({ id, text: '' })));
  await runOnce(items, server);
  const { storageInstance } = items;
  const { query } = storageInstance;
  const read: string[] = [];
  storageInstance.query = async (prepared) => {
    const result = await query.call(storageInstance, prepared);
    read.push(...result.documents.map(({ id }) => id));
    return result;
  };
  await runOnce(items, server);
  expect(read).toEqual(['b', 'c', 'd']);
});

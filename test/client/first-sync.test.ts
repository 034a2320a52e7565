import type { AnyStorage } from '../../client/db/storage/desk-storage';
import { addProducts } from '../kit/add-products';
import { passwordOf } from '../kit/api';
import { openTerminal, settled, type TestTerminal } from '../kit/open-terminal';
import { startServer, type TestServer } from '../kit/start-server';

const LOGIN = { userName: 'duena', password: passwordOf('duena') };
const MORE = 2500;

let server: TestServer;
let terminal: TestTerminal;
let products: number;

beforeEach(async () => {
  server = await startServer();
  await addProducts(server, MORE);
  const status = await server.context.store.scope(server.storeId).documents.status();
  products = status.products?.count ?? 0;
});
afterEach(async () => {
  await terminal.close();
  await server.close();
});

/** Enrols, logs in and accepts the clients: the products are next. */
async function beforeProducts(disk?: (documents: AnyStorage) => AnyStorage): Promise<void> {
  terminal = await openTerminal({ url: server.url, ...(disk === undefined ? {} : { disk }) });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await terminal.desk.session.login(LOGIN);
  await settled(terminal.desk);
}
const stored = (): Promise<number> => terminal.desk.db.products.count().exec();
const proceed = async (type: 'accept' | 'run'): Promise<void> => {
  terminal.desk.sync.send({ type });
  await settled(terminal.desk);
};
/** Goes on to the end of the login; true when this terminal then holds what the server does. */
async function endsEqual(): Promise<boolean> {
  await proceed('accept');
  terminal.desk.sync.send({ type: 'accept' });
  const comparison = await terminal.desk.proof.compare();
  return (await stored()) === products && comparison.every(({ equality }) => equality === 'equal');
}
/** Pages of products that were asked for, by the `seq` that each began at. */
function pagesAsked(before?: (page: number) => void): number[] {
  const asked: number[] = [];
  terminal.network.intercept = async (url) => {
    const seq = /\/sync\/products\?.*seq=(\d+)/.exec(url)?.[1];
    if (seq !== undefined) {
      before?.(asked.length);
      asked.push(Number(seq));
    }
    return undefined;
  };
  return asked;
}

/** A storage whose writes of products wait, or throw, as `onWrite` says; it is told how many rows each has. */
const writing =
  (onWrite: (rows: number) => Promise<void>) =>
  (documents: AnyStorage): AnyStorage => ({
    ...documents,
    async createStorageInstance(params) {
      const instance = await documents.createStorageInstance(params);
      if (params.collectionName !== 'products') return instance;
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (rows, context) => {
        await onWrite(rows.length);
        return write(rows, context);
      };
      return instance;
    },
  });

test('a disk slower than the network stores page by page, never all that came in meanwhile', async () => {
  const batches: number[] = [];
  await beforeProducts(
    writing(async (rows) => {
      batches.push(rows);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }),
  );
  await proceed('accept');
  expect(terminal.desk.sync.run$.getValue()).toMatchObject({ phase: 'done' });
  expect(batches).toEqual([1000, 1000, products - 2000]);
  expect(await endsEqual()).toBe(true);
});

test('F18 a first sync cut at its third page goes on behind the first, and ends as if it had not been cut', async () => {
  await beforeProducts();
  pagesAsked((page) => {
    if (page === 2) throw new TypeError('offline');
  });
  await proceed('accept');
  expect(terminal.desk.sync.run$.getValue()).toMatchObject({ errorCode: 'NETWORK' });
  /* The third page is asked for once the first is on disk, checkpoint and all. */
  expect(await stored()).toBeGreaterThanOrEqual(1000);
  await terminal.reload();
  const asked = pagesAsked();
  await proceed('run');
  expect(asked[0]).toBeGreaterThanOrEqual(1000);
  expect(await endsEqual()).toBe(true);
});

test('F15 a disk that is full at the second page stops the run, and the next one takes that page again', async () => {
  let writes = 0;
  await beforeProducts(
    writing(() => {
      writes += 1;
      return writes === 2 ? Promise.reject(new Error('QuotaExceededError')) : Promise.resolve();
    }),
  );
  await proceed('accept');
  expect(terminal.desk.sync.run$.getValue()).toMatchObject({ errorCode: 'STORAGE_FULL' });
  const asked = pagesAsked();
  await proceed('run');
  expect(asked[0]).toBe(1000);
  expect(await endsEqual()).toBe(true);
});

test('what is made and edited here while the first sync runs reaches the server, and is neither lost nor doubled', async () => {
  await beforeProducts();
  const { desk } = terminal;
  const made: string[] = [];
  let edited = '';
  terminal.network.intercept = async (url) => {
    if (!/\/sync\/products\?.*seq=[12]000/.test(url)) return undefined;
    let template = await desk.db.products.findOne().exec();
    while (template === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      template = await desk.db.products.findOne().exec();
    }
    const { id, ver, edit, pending, updatedAt, editedBy, ...input } = template.toMutableJSON();
    made.push((await desk.products.create({ ...input, code: `N${made.length}` })).id);
    edited = (await desk.products.edit(id, { notes: 'while it ran' })).id;
    return undefined;
  };
  await proceed('accept');
  terminal.network.intercept = undefined;
  expect(made).toHaveLength(2);
  products += 2;
  const { documents } = server.context.store.scope(server.storeId);
  const there = await documents.find('products', [...made, edited]);
  expect(there.size).toBe(3);
  expect(JSON.parse(there.get(edited)?.json ?? '{}')).toMatchObject({ notes: 'while it ran' });
  expect(await endsEqual()).toBe(true);
  expect(await desk.db.conflicts.count().exec()).toBe(0);
});

test('a sync with nothing new reads no document of the disk', async () => {
  await beforeProducts();
  await proceed('accept');
  await proceed('accept');
  terminal.desk.sync.send({ type: 'accept' });
  const { storageInstance } = terminal.desk.db.products;
  const read: number[] = [];
  const { query, findDocumentsById } = storageInstance;
  storageInstance.query = async (prepared) => {
    const result = await query.call(storageInstance, prepared);
    read.push(result.documents.length);
    return result;
  };
  storageInstance.findDocumentsById = async (ids, withDeleted) => {
    const found = await findDocumentsById.call(storageInstance, ids, withDeleted);
    read.push(found.length);
    return found;
  };
  terminal.desk.sync.send({ type: 'askSingle', unit: 'products' });
  await proceed('accept');
  expect(terminal.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', unit: 'products' });
  expect(read.length).toBeGreaterThan(0);
  expect(read.filter((count) => count > 0)).toEqual([]);
});

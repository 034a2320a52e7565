import { addProducts } from '../kit/add-products';
import { passwordOf } from '../kit/api';
import { loginAndSync, openTerminal, type TestTerminal } from '../kit/open-terminal';
import { startServer, type TestServer } from '../kit/start-server';

const LOGIN = { userName: 'duena', password: passwordOf('duena') };
const MORE = 2300;

let server: TestServer;
let terminal: TestTerminal;
/** What the last chunk of a reading of products waits for, once it has been read. */
let gate: Promise<void> = Promise.resolve();
let lastChunk: readonly { id: string }[] = [];

beforeAll(async () => {
  server = await startServer();
  await addProducts(server, MORE);
  terminal = await openTerminal({
    url: server.url,
    disk: (documents) => ({
      ...documents,
      async createStorageInstance(params) {
        const instance = await documents.createStorageInstance(params);
        if (params.collectionName !== 'products') return instance;
        const query = instance.query.bind(instance);
        instance.query = async (prepared) => {
          const result = await query(prepared);
          const { length } = result.documents;
          if (length > 100 && length < 1000) {
            lastChunk = result.documents as unknown as { id: string }[];
            await gate;
          }
          return result;
        };
        return instance;
      },
    }),
  });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, LOGIN);
}, 60_000);
afterAll(async () => {
  await terminal.close();
  await server.close();
});

/** Waits until the catalog was read. */
function ready(): Promise<void> {
  const { revision$ } = terminal.desk.catalog;
  return new Promise((resolve) => {
    const subscription = revision$.subscribe((state) => {
      if (!state.ready) return;
      resolve();
      queueMicrotask(() => subscription.unsubscribe());
    });
  });
}

test('after a reload all products are listed in the order of their descriptions, without the fields of RxDB', async () => {
  await terminal.reload();
  await ready();
  const listed = terminal.desk.catalog.products();
  expect(listed).toHaveLength(await terminal.desk.db.products.count().exec());
  expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
  expect(Object.keys(listed[0] ?? {}).filter((field) => field.startsWith('_'))).toEqual([]);
  const [hit] = terminal.desk.catalog.searchProducts('azucar 7 B7', { limit: 1 });
  expect(hit?.description).toMatch(/azúcar/);
});

test('an edit that is made while the catalog is being read is not undone by the reading', async () => {
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  lastChunk = [];
  await terminal.reload();
  const { products, catalog } = terminal.desk;
  while (lastChunk.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const id = lastChunk.at(-1)?.id ?? '';
  await products.edit(id, { description: 'Leído después' });
  expect(catalog.revision$.getValue().ready).toBe(false);
  open();
  await ready();
  expect(catalog.product(id)?.description).toBe('Leído después');
  expect(catalog.searchProducts('leido despues', { limit: 5 }).map((one) => one.id)).toEqual([id]);
});

test('a scan is a look-up in the index on the barcode, a code one in the index on codes', async () => {
  const { storageInstance } = terminal.desk.db.products;
  const { query } = storageInstance;
  const asked: { index: string[]; one: boolean; read: number }[] = [];
  storageInstance.query = async (prepared) => {
    const result = await query.call(storageInstance, prepared);
    const { index, startKeys, endKeys } = prepared.queryPlan;
    const one = startKeys[1] === endKeys[1];
    asked.push({ index, one, read: result.documents.length });
    return result;
  };
  try {
    const { catalog } = terminal.desk;
    const barcode = String(7_440_000_000_000 + 31);
    expect((await catalog.findByScan(` ${barcode} `))?.code).toBe('B31');
    expect(asked).toEqual([{ index: ['_deleted', 'barcode', 'id'], one: true, read: 1 }]);
    asked.length = 0;
    expect((await catalog.findByScan('b77'))?.code).toBe('B77');
    expect(asked.map(({ index, one }) => `${index[1]} ${one}`)).toEqual([
      'barcode true',
      'code true',
      'code true',
    ]);
    asked.length = 0;
    expect(await catalog.findByScan('7449999999999')).toBeNull();
    expect(asked.map(({ index, read }) => `${index[1]} ${read}`)).toEqual(['barcode 0', 'code 0']);
  } finally {
    storageInstance.query = query;
  }
});

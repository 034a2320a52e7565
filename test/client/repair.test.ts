import { randomUUID } from 'node:crypto';
import type { RxCollection } from 'rxdb';
import type { AnyDocument, CollectionName } from '../../schemas/registry';
import { passwordOf } from '../kit/api';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let a: TestTerminal;

const login = (userName: string) => ({ userName, password: passwordOf(userName) });

beforeEach(async () => {
  server = await startServer();
  a = await openTerminal({ url: server.url });
  await a.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(a, login('duena'));
  await syncAll(a);
});
afterEach(async () => {
  await a.close();
  await server.close();
});

const equalityOf = async (name: CollectionName): Promise<string | undefined> =>
  (await a.desk.proof.compare()).find(({ collection }) => collection === name)?.equality;
const idsOf = async (name: CollectionName): Promise<string[]> =>
  (await (a.desk.db[name] as unknown as RxCollection<AnyDocument>).find().exec()).map(
    ({ id }) => id,
  );

/** Changes what is stored here behind everybody's back, as a defect would; null takes it away. */
async function damage(
  name: CollectionName,
  id: string,
  change: Record<string, unknown> | null,
): Promise<void> {
  const { storageInstance } = a.desk.db[name] as unknown as RxCollection<AnyDocument>;
  const [previous] = await storageInstance.findDocumentsById([id], false);
  if (previous === undefined) throw new Error('nothing to damage');
  const document = { ...previous, ...(change ?? { _deleted: true }) };
  await storageInstance.bulkWrite([{ previous, document }], 'damage');
}

/** Takes documents and what they moved away at the server, as a restore would that nobody told the terminals of. */
async function forget(name: CollectionName, ids: readonly string[]): Promise<void> {
  const listed = ids.map((id) => `'${id}'`).join(', ');
  await server.restart(async () => {
    await server.database.run(
      `delete from documents where collection = '${name}' and id in (${listed})`,
      `delete from stock_moves where source = '${name}' and source_id in (${listed})`,
      `delete from consecutives where invoice_id in (${listed})`,
    );
  });
  const { store } = server.context;
  /* Count and digest are kept: what is left is what they must say. */
  const left = await store.transaction(server.storeId, ({ documents }) => documents.recount(name));
  await server.restart(async () => {
    await server.database.run(
      `update counters set count = ${left.count}, digest = '${left.digest}' where collection = '${name}'`,
    );
  });
  await a.desk.status.checkConnection();
}

test('T12 documents that are missing here or have another version are found and taken from the server', async () => {
  const [lost = '', old = '', other = ''] = await idsOf('products');
  await damage('products', lost, null);
  await damage('products', old, { ver: 5, notes: 'falso' });
  await a.desk.products.edit(other, { notes: 'editado aquí' });
  expect(await equalityOf('products')).toBe('different');
  const found = await a.desk.proof.differences('products');
  expect(found.documents.map(({ id, kind }) => [id, kind]).sort()).toEqual(
    [
      [lost, 'missingHere'],
      [old, 'otherVersion'],
    ].sort(),
  );
  for (const { title } of found.documents) expect(title).toMatch(/^P\d+ /);

  expect(await a.desk.proof.repair('products')).toEqual({
    received: 2,
    toSend: 0,
    removed: 0,
    untouched: 0,
    left: 0,
  });
  expect(await equalityOf('products')).toBe('equal');
  expect((await a.desk.proof.differences('products')).documents).toEqual([]);
  const products = await a.desk.db.products.findByIds([lost, old, other]).exec();
  expect(products.get(old)).toMatchObject({ ver: 1, notes: '', pending: 0 });
  expect(products.get(lost)).toMatchObject({ ver: 1, pending: 0 });
  expect(products.get(other)).toMatchObject({ notes: 'editado aquí', pending: 1 });

  await syncAll(a);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
  expect((await a.desk.db.products.findOne(other).exec())?.pending).toBe(0);
});

test('T12 a document that was repaired takes the next change of the server like any other', async () => {
  const [lost = ''] = await idsOf('products');
  await damage('products', lost, null);
  await a.desk.proof.repair('products');
  const b = await openTerminal({ url: server.url });
  await b.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(b, login('supervisora'));
  await b.desk.products.edit(lost, { notes: 'después' });
  await syncAll(b);
  await b.close();
  await syncAll(a);
  expect(await a.desk.db.products.findOne(lost).exec()).toMatchObject({ notes: 'después', ver: 2 });
  expect(await equalityOf('products')).toBe('equal');
});

test('T12 what the server lacks is pending again, and the next sync sends it', async () => {
  const invoice = await sell(a, 0);
  await syncAll(a);
  const [client = ''] = await idsOf('clients');
  await forget('clients', [client]);
  await forget('invoices', [invoice.id]);
  expect(await equalityOf('clients')).toBe('different');
  expect((await a.desk.proof.differences('clients')).documents).toMatchObject([
    { id: client, kind: 'missingThere', serverVer: 0 },
  ]);
  expect(await a.desk.proof.repair('clients')).toMatchObject({ received: 0, toSend: 1 });
  expect(await a.desk.proof.repair('invoices')).toMatchObject({ received: 0, toSend: 1 });
  /* Pending now: told apart, no longer a difference. */
  expect(await a.desk.proof.differences('clients')).toEqual({
    documents: [],
    pending: 1,
    newer: 0,
  });
  expect(await equalityOf('clients')).toBe('equal');
  await syncAll(a);
  const { documents } = server.context.store.scope(server.storeId);
  expect((await documents.find('clients', [client])).has(client)).toBe(true);
  expect((await documents.find('invoices', [invoice.id])).has(invoice.id)).toBe(true);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
});

test('T12 of the server’s own collections, what it no longer has is taken away here', async () => {
  const [stock = ''] = await idsOf('stock');
  await forget('stock', [stock]);
  expect(await a.desk.proof.repair('stock')).toMatchObject({ toSend: 0, removed: 1 });
  expect(await equalityOf('stock')).toBe('equal');
});

test('T12 what the server has newer is no difference: it is brought by the next sync', async () => {
  const [product = ''] = await idsOf('products');
  const { documents } = server.context.store.scope(server.storeId);
  const stored = (await documents.find('products', [product])).get(product);
  if (stored === undefined) throw new Error('no product');
  const next = { ...JSON.parse(stored.json), ver: 2, edit: randomUUID() };
  await server.context.store.transaction(server.storeId, (scope) =>
    scope.documents.write('products', [
      { id: product, ver: 2, edit: next.edit, json: JSON.stringify(next) },
    ]),
  );
  expect(await equalityOf('products')).toBe('behind');
  expect(await a.desk.proof.differences('products')).toEqual({
    documents: [],
    pending: 0,
    newer: 1,
  });
  await syncAll(a);
  expect(await equalityOf('products')).toBe('equal');
});

test('T12 versions are read past any number of documents that were written at one moment', async () => {
  const first = await a.desk.db.products.findOne().exec();
  const now = Date.now;
  Date.now = () => 1_900_000_000_000;
  const copies = Array.from({ length: 11_000 }, () => ({
    ...first?.toMutableJSON(),
    id: randomUUID(),
  }));
  const { error } = await a.desk.db.products.bulkInsert(copies as never).finally(() => {
    Date.now = now;
  });
  expect(error).toEqual([]);
  const { readVersions } = jest.requireActual<typeof import('../../client/proof/read-versions')>(
    '../../client/proof/read-versions',
  );
  const versions = await readVersions(a.desk.db.products);
  expect(versions.size).toBe(await a.desk.db.products.count().exec());
});

test('T12 among many documents only the buckets that differ are asked for', async () => {
  const first = await a.desk.db.products.findOne().exec();
  const copies = Array.from({ length: 3000 }, () => {
    const key = { id: randomUUID(), ver: 1, edit: randomUUID() };
    return { ...key, json: JSON.stringify({ ...first?.toMutableJSON(), ...key }) };
  });
  await server.context.store.transaction(server.storeId, (scope) =>
    scope.documents.write('products', copies),
  );
  await syncAll(a);
  const lost = copies[7]?.id ?? '';
  await damage('products', lost, null);
  const asked: string[] = [];
  a.network.intercept = async (url) => {
    asked.push(new URL(url).pathname + new URL(url).search);
    return undefined;
  };
  const { documents } = await a.desk.proof.differences('products');
  expect(documents).toMatchObject([{ id: lost, kind: 'missingHere' }]);
  expect(asked).toEqual([
    '/api/sync/products/digests?prefix=',
    `/api/sync/products/digests?prefix=${lost.slice(0, 2)}`,
    `/api/sync/products/documents?ids=${lost}`,
  ]);
});

test('T12 nothing of it runs beside a sync, without a connection, or over another life of the data', async () => {
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  a.network.intercept = async (url) => {
    if (url.includes('/sync/products')) await held;
    return undefined;
  };
  a.desk.sync.send({ type: 'askSingle', unit: 'products' });
  a.desk.sync.send({ type: 'accept' });
  await expect(a.desk.proof.compare()).rejects.toMatchObject({ code: 'SYNC_BUSY' });
  await expect(a.desk.proof.repair('products')).rejects.toMatchObject({ code: 'SYNC_BUSY' });
  go();
  await a.desk.sync.idle();
  a.network.intercept = () => Promise.reject(new TypeError('offline'));
  await expect(a.desk.proof.differences('products')).rejects.toMatchObject({ code: 'NETWORK' });
  a.network.intercept = undefined;
  await server.context.store.setEpoch(server.storeId, randomUUID());
  await expect(a.desk.proof.compare()).rejects.toMatchObject({ code: 'EPOCH_CHANGED' });
  await expect(a.desk.proof.differences('products')).rejects.toMatchObject({
    code: 'EPOCH_CHANGED',
  });
});

test('T12 what is asked for one after the other waits for its turn', async () => {
  const [lost = ''] = await idsOf('products');
  await damage('products', lost, null);
  const [, found, counts] = await Promise.all([
    a.desk.proof.compare(),
    a.desk.proof.differences('products'),
    a.desk.proof.repair('products'),
  ]);
  expect([found.documents.length, counts.received]).toEqual([1, 1]);
});

test('T12 a repair that is cut leaves nothing wrong behind: it can be done again', async () => {
  const [lost = ''] = await idsOf('products');
  await damage('products', lost, null);
  a.network.intercept = async (url) => {
    if (url.includes('/status')) throw new TypeError('cut');
    return undefined;
  };
  await expect(a.desk.proof.repair('products')).rejects.toMatchObject({ code: 'NETWORK' });
  a.network.intercept = undefined;
  expect(await a.desk.proof.repair('products')).toMatchObject({ received: 0 });
  expect(await equalityOf('products')).toBe('equal');
});

import { randomUUID } from 'node:crypto';
import type { Product } from '../../schemas/products';
import { beginEpoch } from '../../server/begin-epoch';
import { addVersion, contentsOf, EMPTY_TALLY } from '../../shared/proof/tally';
import type {
  Contents,
  DigestsReply,
  DocumentsReply,
  OriginsReply,
} from '../../shared/protocol/messages';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let owner: ApiTerminal;
let products: Product[];

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
  products = (await owner.pull('products')).documents as unknown as Product[];
});
afterAll(() => server.close());

const contents = (documents: readonly { id: string; ver: number }[]): Contents =>
  contentsOf(documents.reduce((tally, { id, ver }) => addVersion(tally, id, ver), EMPTY_TALLY));
const digests = async (collection: string, prefix: string): Promise<DigestsReply> =>
  (await owner.request('GET', `/api/sync/${collection}/digests?prefix=${prefix}`)).body;
const pick = async (collection: string, ids: readonly string[]): Promise<DocumentsReply> =>
  (await owner.request('GET', `/api/sync/${collection}/documents?ids=${ids.join(',')}`)).body;
const statusOf = (reply: { status: number; body: never }) => [
  reply.status,
  (reply.body as { code?: string }).code,
];

/** Writes copies of a product under these ids straight into a store. */
async function copyProduct(storeId: string, ids: readonly string[]): Promise<void> {
  const copies = ids.map((id) => {
    const key = { id, ver: 1, edit: randomUUID() };
    return { ...key, json: JSON.stringify({ ...products[0], ...key }) };
  });
  await server.context.store.transaction(storeId, ({ documents }) =>
    documents.write('products', copies),
  );
}

test('P15 only the page that reaches the end says what the server holds, exactly at its checkpoint', async () => {
  const first = await owner.pull('products', 0, 100);
  expect(first).not.toHaveProperty('contents');
  const last = await owner.pull('products', first.checkpoint.seq, 1000);
  expect(last).toMatchObject({ remaining: 0, contents: contents(products) });
  const nothingNew = await owner.pull('products', last.checkpoint.seq, 1000);
  expect(nothingNew).toMatchObject({ documents: [], contents: contents(products) });
});

test('P15 a page that something was written after while it was read says nothing', async () => {
  const { store } = server.context;
  const scope = store.scope.bind(store);
  store.scope = (storeId) => {
    const real = scope(storeId);
    const changes: typeof real.documents.changes = async (...asked) => {
      const read = await real.documents.changes(...asked);
      return { ...read, lastSeq: read.lastSeq + 1 };
    };
    return { ...real, documents: { ...real.documents, changes } };
  };
  try {
    expect(await owner.pull('products')).not.toHaveProperty('contents');
  } finally {
    store.scope = scope;
  }
});

test('P40 few documents are listed with version and place', async () => {
  const reply = await digests('clients', '');
  const { documents } = await owner.pull('clients');
  expect(reply.buckets).toEqual([]);
  expect(reply.epoch).toBe(owner.session.epoch);
  expect(reply.documents).toHaveLength(documents.length);
  expect(contents(reply.documents)).toEqual(contents(documents));
  expect(new Set(reply.documents.map(({ seq }) => seq)).size).toBe(documents.length);
  const [one] = reply.documents;
  const prefix = one?.id.slice(0, 9) ?? '';
  expect((await digests('clients', prefix)).documents).toEqual([one]);
});

test('P40 many are counted in buckets by the next two characters; each bucket leads to its documents', async () => {
  const ids = Array.from({ length: 450 }, () => randomUUID());
  await copyProduct(server.storeId, ids);
  const all = (await owner.pull('products')).documents as Product[];
  const { buckets, documents } = await digests('products', '');
  expect(documents).toEqual([]);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
  for (const { prefix, ...counted } of buckets) {
    expect(prefix).toHaveLength(2);
    expect(counted).toEqual(contents(all.filter(({ id }) => id.startsWith(prefix))));
  }
  const { prefix = '' } = buckets[0] ?? {};
  const inside = await digests('products', prefix);
  expect(contents(inside.documents)).toEqual(contents(all.filter((p) => p.id.startsWith(prefix))));
});

test('P41 documents by id: those that there are, each with its place', async () => {
  const [one, two] = products;
  const reply = await pick('products', [one?.id ?? '', randomUUID(), two?.id ?? '']);
  expect(reply.documents.map(({ document }) => document['id']).sort()).toEqual(
    [one?.id, two?.id].sort(),
  );
  for (const { seq, document } of reply.documents) {
    const page = await owner.pull('products', seq - 1, 1);
    expect(page.documents).toEqual([document]);
  }
});

test('P43 a restored store tells what its life began with, and which life that came from', async () => {
  const [one] = products;
  const ask = async (): Promise<OriginsReply> =>
    (await owner.request('GET', `/api/sync/products/origins?ids=${one?.id},${randomUUID()}`)).body;
  const { epoch } = await ask();
  const next = await beginEpoch(server.context, { storeId: server.storeId, actor: 'test' });
  expect(await ask()).toEqual({ epoch: next, parent: epoch, documents: [one] });
});

test('S2 another store’s ids lead to nothing', async () => {
  const other = randomUUID();
  const { profile } = (await server.context.store.store(server.storeId)) ?? {};
  if (profile === undefined) throw new Error('no store');
  await server.context.store.addStore({ id: other, epoch: randomUUID(), profile, demo: false });
  const secret = randomUUID();
  await copyProduct(other, [secret]);
  expect((await pick('products', [secret])).documents).toEqual([]);
  await beginEpoch(server.context, { storeId: other, actor: 'test' });
  const origins = await owner.request('GET', `/api/sync/products/origins?ids=${secret}`);
  expect(origins.body).toMatchObject({ documents: [] });
  expect(await digests('products', secret.slice(0, 30))).toMatchObject({
    buckets: [],
    documents: [],
  });
});

test('S6 P42 prefixes and ids that are none, too many, twice, or of a collection that is only sent', async () => {
  const ask = async (path: string) => statusOf(await owner.request('GET', `/api/sync/${path}`));
  const id = randomUUID();
  for (const path of [
    'clients/digests',
    'clients/digests?prefix=G',
    'clients/digests?prefix=%25',
    `clients/digests?prefix=${id}`,
    'clients/documents',
    'clients/documents?ids=',
    'clients/documents?ids=1',
    'clients/origins?ids=1',
    `clients/origins?ids=${Array.from({ length: 101 }, () => randomUUID()).join(',')}`,
    `clients/documents?ids=${id},`,
    `clients/documents?ids=${id},${id}`,
    `clients/documents?ids=${Array.from({ length: 101 }, () => randomUUID()).join(',')}`,
  ]) {
    expect([path, ...(await ask(path))]).toEqual([path, 400, 'BAD_REQUEST']);
  }
  expect(await ask('movements/digests?prefix=')).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect(await ask(`movements/documents?ids=${id}`)).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect(await ask('secrets/digests?prefix=')).toEqual([404, 'UNKNOWN_COLLECTION']);
});

test('a revoked terminal, or one without a session, learns nothing', async () => {
  const third = await apiTerminal(server, 'cajero2');
  const path = '/api/sync/clients/digests?prefix=';
  expect((await third.request('GET', path)).status).toBe(200);
  await owner.request('DELETE', `/api/terminals/${third.session.terminal.id}`);
  const ids = `ids=${randomUUID()}`;
  for (const asked of [
    path,
    ...['documents', 'origins'].map((of) => `/api/sync/clients/${of}?${ids}`),
  ]) {
    expect(statusOf(await third.request('GET', asked))).toEqual([403, 'TERMINAL_REVOKED']);
  }
});

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { validate } from '../../schemas/validate';
import { EDITS_BEHIND, forgetEdits } from '../../server/archive/forget-edits';
import { setKeepDays } from '../../server/archive/keep-days';
import { pruneAll } from '../../server/archive/prune-hourly';
import { keptSince, pruneStore } from '../../server/archive/prune-store';
import { examine } from '../../server/store/doctor/examine';
import { backup, restore } from '../../server/store/move/move-data';
import { verifyStore } from '../../server/verify/verify-store';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import { addVersion, contentsOf, EMPTY_TALLY } from '../../shared/proof/tally';
import type { ArchivePage } from '../../shared/protocol/archive-messages';
import { type PullReply, pullReplySchema } from '../../shared/protocol/messages';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { runCommand } from '../kit/run-command';
import { openNode, startServer, type TestServer } from '../kit/start-server';
import { testDatabase } from '../kit/test-database';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;

let server: TestServer;
let one: ApiTerminal;
let two: ApiTerminal;
let product: Product;

beforeEach(async () => {
  server = await startServer();
  one = await apiTerminal(server, 'duena');
  two = await apiTerminal(server, 'cajero1');
  const products = (await one.pull('products')).documents as Product[];
  const [stocked] = products.filter((candidate) => candidate.stocked);
  if (stocked === undefined) throw new Error('no product');
  product = stocked;
});
afterEach(() => server.close());

/** A ticket that was issued so many days ago. */
function ticket(terminal: ApiTerminal, daysAgo: number): Invoice {
  const issuedAt = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  const invoice = terminal.ticket([product], { issuedAt });
  return { ...invoice, chain: { ...invoice.chain, hash: invoiceHash(invoice) } };
}
async function issue(terminal: ApiTerminal, ...daysAgo: readonly number[]): Promise<Invoice[]> {
  const invoices = daysAgo.map((days) => ticket(terminal, days));
  const { accepted, rejected } = await terminal.push('invoices', invoices);
  expect([accepted.length, rejected]).toEqual([invoices.length, []]);
  return invoices;
}
const keep = async (keepDays: number, terminal = one) =>
  terminal.request('PATCH', '/api/store', { keepDays });
const statusOf = async () =>
  (await server.context.store.scope(server.storeId).documents.status()).invoices;
const prune = (options: { most?: number; isStopping?: () => boolean; dryRun?: boolean } = {}) => {
  const { store, ports } = server.context;
  return pruneStore({ store, clock: ports.clock }, server.storeId, options);
};
/** One cut and no more. */
function cutOnce(most: number) {
  let asked = 0;
  return prune({
    most,
    isStopping: () => {
      asked += 1;
      return asked > 1;
    },
  });
}

/** Pulls as the protocol has it: lets go of what a new cut names, then stores the page. */
class Puller {
  readonly held = new Map<string, Invoice>();
  cut = '';
  #seq = 0;

  constructor(private readonly terminal: ApiTerminal) {}

  async page(limit: number): Promise<PullReply> {
    const page = (await this.terminal.pull('invoices', this.#seq, limit)) as unknown as PullReply;
    expect(validate(pullReplySchema, page)).toMatchObject({ ok: true });
    if (page.cut !== undefined && page.cut.before !== this.cut) {
      const { before, kept } = page.cut;
      this.cut = before;
      for (const { id, issuedAt } of this.held.values()) {
        if (issuedAt < before && !kept.includes(id)) this.held.delete(id);
      }
    }
    for (const document of page.documents as Invoice[]) this.held.set(document.id, document);
    this.#seq = page.checkpoint.seq;
    return page;
  }

  /** Pulls to the end, and compares what is held with what the server says that it holds. */
  async all(limit = 7): Promise<void> {
    for (let remaining = 1; remaining > 0; ) {
      const page = await this.page(limit);
      remaining = page.remaining;
      if (remaining > 0) continue;
      let tally = EMPTY_TALLY;
      for (const { id, ver } of this.held.values()) tally = addVersion(tally, id, ver);
      expect(page.contents).toEqual(contentsOf(tally));
    }
  }
}

test('P136 terminals hold everything until the owner says for how many days, and the log says who did', async () => {
  await issue(one, 400, 399);
  expect(await prune()).toEqual({ cuts: 0, archived: 0, before: '' });
  expect((await keep(30, two)).status).toBe(403);
  for (const bad of [-1, 7, 29, 1.5, 40_000, '30', null]) {
    expect((await keep(bad as number)).status).toBe(400);
  }
  expect((await keep(30)).body).toMatchObject({ store: { keepDays: 30 } });
  await keep(30);
  const { journal } = server.context.store.scope(server.storeId);
  expect(await journal.audits('storeChanged')).toMatchObject([
    { actor: one.session.user.id, details: { keepDays: { from: 0, to: 30 } } },
  ]);
  const credentials = { userName: 'cajero1', password: passwordOf('cajero1') };
  const session = await two.request('POST', '/api/session', credentials);
  expect(session.body).toMatchObject({ store: { keepDays: 30 } });
  expect((await prune()).archived).toBe(1);
});

test('P132 P133 two terminals push and pull between cuts, and hold what the server counts', async () => {
  const pullers = [new Puller(one), new Puller(two)] as const;
  await issue(one, ...Array.from({ length: 40 }, (_, index) => 200 - index), 3, 2, 1);
  await pullers[1].page(20);
  await keep(60);
  await issue(two, 100, 99, 98);
  let archived = 0;
  for (let round = 0; ; round++) {
    const cut = await cutOnce(9);
    archived += cut.archived;
    if (cut.cuts === 0) break;
    expect(cut.archived).toBeLessThanOrEqual(9);
    await issue(round % 2 === 0 ? one : two, 150 - round, 0);
    await pullers[round % 2]?.page(3);
    if (round === 2) await pullers[0].all();
  }
  expect(archived).toBeGreaterThan(30);
  for (const puller of pullers) await puller.all();
  const recounted = await server.context.store.transaction(server.storeId, ({ documents }) =>
    documents.recount('invoices'),
  );
  expect(await statusOf()).toEqual(recounted);
  expect((await examine(server.database.place)).findings).toEqual([]);
  /* What came late after the last cut is still held, and nothing else that is old but the last ones. */
  const fresh = new Puller(two);
  await fresh.all(5);
  expect([...fresh.held.keys()].sort()).toEqual([...pullers[0].held.keys()].sort());
});

test('P130 an archived invoice is verified, and its number is a double, as ever', async () => {
  const [old] = await issue(one, 90, 80, 1);
  await keep(30);
  expect((await prune()).archived).toBe(2);
  const scope = server.context.store.scope(server.storeId);
  const [verdict] = await verifyStore(scope, async () => {});
  expect(verdict?.count).toBe(3);
  if (old === undefined) throw new Error('no invoice');
  const twin = { ...old, id: randomUUID(), edit: randomUUID(), serial: 77 };
  const sealed = { ...twin, chain: { ...twin.chain, hash: invoiceHash(twin) } };
  await one.push('invoices', [sealed]);
  const [flagged] = (await one.pull('invoices')).documents
    .map((document) => document as Invoice)
    .filter(({ id }) => id === sealed.id);
  expect(flagged?.flags).toContain('DUPLICATE_CONSECUTIVE');
});

test('P134 what is sent again is acknowledged, and counted again until the next cut', async () => {
  const [old] = await issue(one, 90, 80, 1);
  await keep(30);
  await prune();
  const puller = new Puller(two);
  await puller.all();
  expect(puller.held.size).toBe(1);
  expect((await one.push('invoices', [old])).accepted).toEqual([{ id: old?.id, ver: 1 }]);
  await puller.all();
  expect(puller.held.has(old?.id ?? '')).toBe(true);
  expect((await examine(server.database.place)).findings).toEqual([]);
});

test('P135 the archive answers whoever is signed in, page by page, and refuses what is not of its form', async () => {
  const issued = await issue(one, 90, 80, 70, 2, 1);
  await keep(30);
  await prune();
  const read = async (query: string, terminal = two) => {
    const reply = await terminal.request('GET', `/api/archive/invoices?${query}`);
    return { status: reply.status, page: reply.body as ArchivePage };
  };
  const first = await read('limit=3');
  const ids = (page: ArchivePage) => page.documents.map(({ id }) => id);
  const newestFirst = issued.map(({ id }) => id).reverse();
  expect(ids(first.page)).toEqual(newestFirst.slice(0, 3));
  expect(first.page.epoch).toBe(one.session.epoch);
  const second = await read(`limit=3&before=${first.page.next}`);
  expect([ids(second.page), second.page.next]).toEqual([newestFirst.slice(3), null]);
  const [oldest] = issued;
  expect(ids((await read(`limit=9&number=${oldest?.consecutive}`)).page)).toEqual([oldest?.id]);
  expect(ids((await read(`limit=9&number=${oldest?.clave}`)).page)).toEqual([oldest?.id]);
  expect(ids((await read('limit=9&number=1')).page)).toEqual([oldest?.id]);
  const to = encodeURIComponent(issued[1]?.issuedAt ?? '');
  expect(ids((await read(`limit=9&to=${to}`)).page)).toEqual([oldest?.id]);
  for (const bad of [
    '',
    'limit=0',
    'limit=101',
    'limit=5&number=x',
    'limit=5&from=ayer',
    'limit=5&before=1_2',
    'limit=5&other=1',
  ]) {
    expect([bad, (await read(bad)).status]).toEqual([bad, 400]);
  }
  await two.request('DELETE', '/api/session');
  expect((await read('limit=3')).status).toBe(401);
});

test('P136 by command: the days, a look first, and that it is done', async () => {
  await issue(one, 90, 80, 1);
  const unset = runCommand(server, 'prune', []);
  expect([unset.status, unset.stdout]).toEqual([0, expect.stringContaining('guardan todas')]);
  const wrong = runCommand(server, 'prune', ['--keep-days', '7']);
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('de 30 en adelante')]);
  /* Not over HTTP: a command keeps this process waiting, and what was connected may be closed by then. */
  await setKeepDays(server.context, server.storeId, { keepDays: 30, actor: 'duena' });
  const looked = runCommand(server, 'prune', ['--dry-run']);
  expect(looked.stdout).toContain('Se archivarían: 2');
  expect((await statusOf())?.count).toBe(3);
  const done = runCommand(server, 'prune', ['--keep-days', '40', '--store', server.storeId]);
  expect(done.stdout).toContain('Archivadas: 2');
  expect((await statusOf())?.count).toBe(1);
  expect(runCommand(server, 'prune', []).stdout).toContain('No hay facturas por archivar');
  const { journal } = server.context.store.scope(server.storeId);
  expect((await journal.audits('storeChanged')).map(({ actor }) => actor)).toContain('cli');
});

test('P136 a server prunes every store by itself; one that fails keeps no other from it', async () => {
  await issue(one, 90, 1);
  await keep(30);
  const { store, ports, log } = server.context;
  const failing: typeof store = {
    ...store,
    stores: async () => [{ id: 'broken' }, ...(await store.stores())] as never,
    transaction: (id, work) =>
      id === 'broken' ? Promise.reject(new Error('broken')) : store.transaction(id, work),
  };
  await pruneAll({ store: failing, ports, log });
  expect((await statusOf())?.count).toBe(1);
});

test('P137 an edit far behind is forgotten: sent again it is a conflict and overwrites nothing; a younger one is recognised', async () => {
  const { store } = server.context;
  const states: Product[] = [product];
  for (let n = 1; n <= EDITS_BEHIND + 1; n++) {
    const before = states.at(-1) as Product;
    const next = { ...product, notes: `${n}`, edit: randomUUID(), ver: before.ver, pending: 1 };
    const { accepted } = await one.push('products', [next], [before]);
    states.push({ ...next, ver: accepted[0]?.ver ?? 0 } as Product);
  }
  const [, first, second] = states;
  const again = (state: Product | undefined) =>
    one.push('products', [{ ...state, pending: 1 }], [product]);
  expect((await again(first)).superseded).toHaveLength(1);
  /* Two pages at least, and nobody waits meanwhile. */
  const edits = await forgetEdits(store, server.storeId);
  /* The one that it came with, and the first. */
  expect(edits).toBe(2);
  expect(await forgetEdits(store, server.storeId)).toBe(0);
  const late = await again(first);
  expect([late.superseded, late.accepted, late.rejected]).toEqual([[], [], []]);
  expect(late.conflicts).toMatchObject([{ id: product.id, notes: `${EDITS_BEHIND + 1}` }]);
  expect((await again(second)).superseded).toMatchObject([{ notes: `${EDITS_BEHIND + 1}` }]);
  expect((await examine(server.database.place)).findings).toEqual([]);
});

test('P136 days end at midnight, so that there is one cut a day', () => {
  const noon = Date.UTC(2026, 10, 28, 12);
  expect(keptSince(noon, 30)).toBe('2026-10-29T00:00:00.000Z');
  expect(keptSince(noon + DAY_MS / 4, 30)).toBe('2026-10-29T00:00:00.000Z');
});

test('a backup holds the cut and all that is archived', async () => {
  await issue(one, 90, 80, 1);
  await keep(30);
  await prune();
  const [status, cut] = [
    await statusOf(),
    await server.context.store.scope(server.storeId).archive.cut(),
  ];
  const copy = await testDatabase();
  const file = path.join(copy.place.dataDir, 'growth.backup.gz');
  await backup(server.database.place, file, new Date().toISOString());
  await restore(copy.place, file, { newId: randomUUID, at: new Date().toISOString() });
  expect((await examine(copy.place)).findings).toEqual([]);
  const node = await openNode(copy);
  const scope = node.store.scope(server.storeId);
  expect([(await scope.documents.status()).invoices, await scope.archive.cut()]).toEqual([
    status,
    cut,
  ]);
  const all = await scope.archive.invoices({ filter: {}, before: null, limit: 9 });
  expect(all).toHaveLength(3);
  await node.store.close();
  await copy.remove();
});

test('the doctor sees an invoice that is archived and should not be, and the other way round', async () => {
  await issue(one, 90, 80, 1);
  await keep(30);
  await prune();
  const findings = async () => (await examine(server.database.place)).findings;
  expect(await findings()).toEqual([]);
  await server.database.run("update documents set archived = 0 where issued <> ''");
  expect((await findings()).map(({ check }) => check).sort()).toEqual([
    'ARCHIVED',
    'ARCHIVED',
    'COUNTER',
  ]);
  await server.database.run("update documents set archived = 1 where issued <> ''");
  expect((await findings()).map(({ check }) => check).sort()).toEqual(['ARCHIVED', 'COUNTER']);
});

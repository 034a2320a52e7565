import { randomUUID } from 'node:crypto';
import { databaseSettings } from '../../client/db/settings';
import type { AnyStorage } from '../../client/db/storage/desk-storage';
import { newestOwn } from '../../client/desk/own-numbers';
import { replaceUnlessPending } from '../../client/proof/replace-unless-pending';
import { settingsCuts } from '../../client/sync/cuts';
import type { Invoice } from '../../schemas/invoices';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { PushRequest } from '../../shared/protocol/messages';
import { passwordOf } from '../kit/api';
import { makeCut } from '../kit/make-cut';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

const DAY = 24 * 3_600_000;
const START = Date.now() - 100 * DAY;
const day = (n: number): string => new Date(START + n * DAY).toISOString();

let server: TestServer;
let terminals: TestTerminal[] = [];
let today = 0;
const login = { userName: 'supervisora', password: passwordOf('supervisora') };
const clock = { now: () => START + today * DAY + 3_600_000 };

beforeEach(async () => {
  server = await startServer();
  today = 0;
});
afterEach(async () => {
  for (const terminal of terminals) await terminal.close();
  terminals = [];
  await server.close();
});

async function ready(disk?: (documents: AnyStorage) => AnyStorage): Promise<TestTerminal> {
  const terminal = await openTerminal({
    url: server.url,
    clock,
    ...(disk === undefined ? {} : { disk }),
  });
  terminals.push(terminal);
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, login);
  return terminal;
}

/** The page is loaded again. */
async function restart(terminal: TestTerminal): Promise<void> {
  await terminal.reload();
  await loginAndSync(terminal, login);
}

/** One sale a day, each of them synced at once. */
async function sellDaily(terminal: TestTerminal, days: number): Promise<Invoice[]> {
  const sold: Invoice[] = [];
  for (let n = 0; n < days; n++) {
    sold.push(await sell(terminal, 0));
    today += 1;
  }
  await syncAll(terminal);
  return sold;
}

const idsIn = async ({ desk }: TestTerminal): Promise<string[]> =>
  (await desk.db.invoices.find({ sort: [{ issuedAt: 'asc' }] }).exec()).map(({ id }) => id);
const ids = (invoices: readonly Invoice[]): string[] => invoices.map(({ id }) => id);

async function expectEqual(terminal: TestTerminal): Promise<void> {
  await syncAll(terminal);
  expect(terminal.desk.sync.run$.getValue()).toMatchObject({
    phase: 'done',
    equality: 'equal',
    pending: 0,
  });
}

/** Two terminals that had the same five sales, and dropped the first three. */
async function twoThatDropped() {
  const a = await ready();
  const b = await ready();
  const sold = await sellDaily(a, 5);
  await syncAll(b);
  await makeCut(server, day(3));
  for (const terminal of [a, b]) await expectEqual(terminal);
  return { a, b, sold };
}

/** Ids of invoices in the pushes of a terminal from now on. */
function pushed(terminal: TestTerminal): string[] {
  const sent: string[] = [];
  terminal.network.intercept = async (url, init) => {
    if (init.method === 'POST' && url.includes('/sync/invoices')) {
      const { rows } = JSON.parse(String(init.body)) as PushRequest;
      sent.push(...rows.map(({ newDocumentState }) => (newDocumentState as Invoice).id));
    }
    return undefined;
  };
  return sent;
}

test('T80 a cut that is seen late does not take what the next number follows from, though it does not name it', async () => {
  const a = await ready();
  const sold = await sellDaily(a, 3);
  const { db } = a.desk;
  const cuts = settingsCuts({
    db,
    settings: databaseSettings(db),
    transport: {} as SyncTransport,
    clock,
    goesOnFrom: () => newestOwn(db, sold[0]?.terminalId ?? ''),
  });
  await cuts.apply({ before: day(40), seq: 1, kept: [] }, { epoch: 'any', late: [] }, () =>
    Promise.resolve(),
  );
  expect(await idsIn(a)).toEqual([sold[2]?.id]);
  expect((await sell(a, 0)).serial).toBe(4);
  await cuts.apply(
    { before: day(40), seq: 2, kept: [] },
    { epoch: 'any', late: [sold[2]?.id ?? ''] },
    () => Promise.resolve(),
  );
  expect(await idsIn(a)).toContain(sold[2]?.id);
});

/** The server notices something of an invoice, as it does when another one comes. */
const flag = (id: string): Promise<void> =>
  server.context.store.transaction(server.storeId, async ({ documents }) => {
    const stored = (await documents.find('invoices', [id])).get(id);
    if (stored === undefined) throw new Error('no such invoice');
    const [ver, edit] = [stored.ver + 1, randomUUID()];
    const json = JSON.stringify({ ...JSON.parse(stored.json), ver, edit, flags: ['OVERSOLD'] });
    await documents.write('invoices', [{ id, ver, edit, json }]);
  });

test('T80 what the cut names is dropped from every terminal, nothing of it is sent, and all are equal to the server', async () => {
  const a = await ready();
  const b = await ready();
  const sold = await sellDaily(a, 6);
  await syncAll(b);
  expect(await makeCut(server, day(4))).toBe(4);
  const sent = [pushed(a), pushed(b)];
  for (const terminal of [a, b, a, b]) await expectEqual(terminal);
  await restart(a);
  await expectEqual(a);
  expect(sent).toEqual([[], []]);
  for (const terminal of [a, b]) expect(await idsIn(terminal)).toEqual(ids(sold.slice(4)));
  const { documents } = server.context.store.scope(server.storeId);
  expect(await documents.pick('invoices', ids(sold))).toHaveLength(6);
});

test('T80 what a terminal goes on from stays: the next number, serial and hash follow on the last sale, however old', async () => {
  const a = await ready();
  const sold = await sellDaily(a, 3);
  today += 60;
  expect(await makeCut(server, day(40))).toBe(2);
  await expectEqual(a);
  const last = sold.at(-1);
  expect(await idsIn(a)).toEqual([last?.id]);
  await restart(a);
  const next = await sell(a, 0);
  expect(next.serial).toBe(4);
  expect(Number(next.consecutive.slice(10))).toBe(4);
  expect(next.chain.prev).toBe(last?.chain.hash);
  await expectEqual(a);
  /* Nothing was flagged: neither a number twice nor a broken chain. */
  const { documents } = server.context.store.scope(server.storeId);
  const stored = (await documents.find('invoices', [next.id])).get(next.id);
  expect(JSON.parse(String(stored?.json))).toMatchObject({ flags: [], ver: 1 });
});

test.each(['a dropped batch', 'the note of the cut'] as const)(
  'T80 a terminal that fails at %s drops the rest with the next run',
  async (where) => {
    let isFailing = false;
    const a = await ready((documents) => ({
      ...documents,
      async createStorageInstance(params) {
        const instance = await documents.createStorageInstance(params);
        const write = instance.bulkWrite.bind(instance);
        instance.bulkWrite = async (rows, context) => {
          const isCut = context === 'cut';
          const isNote = rows.some(({ document }) => (document as { id?: string }).id === 'cut');
          const result = isNote && isFailing ? null : await write(rows, context);
          const meets = where === 'a dropped batch' ? isCut : isNote;
          if (isFailing && meets) throw new Error('the machine is off');
          return result ?? write(rows, context);
        };
        return instance;
      },
    }));
    const sold = await sellDaily(a, 5);
    await makeCut(server, day(3));
    isFailing = true;
    await syncAll(a);
    expect(a.desk.sync.run$.getValue().phase).toBe('failed');
    expect((await a.desk.db.settings.findOne('cut').exec())?.toJSON().value).toBeUndefined();
    /* What was kept of the contents is void: no run takes it for what is here. */
    const contents = await a.desk.db.settings.findOne('contents:invoices').exec();
    expect(contents?.toJSON().value).toBeNull();
    isFailing = false;
    await restart(a);
    const sent = pushed(a);
    await expectEqual(a);
    expect(await idsIn(a)).toEqual(ids(sold.slice(3)));
    expect(sent).toEqual([]);
  },
);

test('T81 a dropped invoice that the server writes again is here again, and goes with the next cut', async () => {
  const { a, b, sold } = await twoThatDropped();
  const [first] = ids(sold);
  await flag(first ?? '');
  await restart(b);
  for (const terminal of [a, b]) {
    await expectEqual(terminal);
    expect(await idsIn(terminal)).toEqual([first, ...ids(sold.slice(3))]);
    const held = await terminal.desk.db.invoices.findOne(first ?? '').exec();
    expect(held?.toJSON()).toMatchObject({ ver: 2, pending: 0, flags: ['OVERSOLD'] });
  }
  expect(await makeCut(server, day(4))).toBe(2);
  for (const terminal of [a, b]) {
    await expectEqual(terminal);
    expect(await idsIn(terminal)).toEqual(ids(sold.slice(4)));
  }
});

test('T81 the very state that was dropped is here again when the server sends it again', async () => {
  const { a, b, sold } = await twoThatDropped();
  const [first] = ids(sold);
  await server.context.store.transaction(server.storeId, async ({ documents }) => {
    const stored = (await documents.find('invoices', [first ?? ''])).get(first ?? '');
    if (stored !== undefined) await documents.write('invoices', [stored]);
  });
  for (const terminal of [a, b]) {
    await expectEqual(terminal);
    expect(await idsIn(terminal)).toEqual([first, ...ids(sold.slice(3))]);
  }
});

test('T82 an old sale that is sent after the cut stays at every terminal until the next one', async () => {
  const a = await ready();
  const b = await ready();
  const sold = await sellDaily(a, 5);
  await syncAll(b);
  today = 1;
  const late = await sell(b, 0);
  today = 5;
  await makeCut(server, day(3));
  for (const terminal of [b, a]) {
    await expectEqual(terminal);
    expect(await idsIn(terminal)).toEqual([late.id, ...ids(sold.slice(3))]);
  }
});

test('T82 a sale that the server had, archived since, stays until the next cut when it is sent again', async () => {
  const a = await ready();
  const b = await ready();
  const sold = await sellDaily(b, 2);
  const lost = await sell(a, 0);
  const next = await sell(a, 0);
  a.network.isLost = (url, init) => init.method === 'POST' && url.includes('/sync/invoices');
  await syncAll(a);
  a.network.isLost = undefined;
  const pending = await a.desk.db.invoices.find({ selector: { pending: 1 } }).exec();
  expect(pending).toHaveLength(2);
  today = 10;
  expect(await makeCut(server, day(5))).toBeGreaterThan(0);
  await expectEqual(a);
  await expectEqual(b);
  /* Sent again it is live again (P134). */
  const held = [String(sold[1]?.id), lost.id, next.id];
  for (const terminal of [a, b]) {
    await expectEqual(terminal);
    expect((await idsIn(terminal)).sort()).toEqual([...held].sort());
  }
  expect(await makeCut(server, day(6))).toBe(1);
  for (const terminal of [a, b]) {
    await expectEqual(terminal);
    expect(await idsIn(terminal)).not.toContain(lost.id);
  }
});

test('T82 what is acknowledged here after the cut was applied is asked about, and goes', async () => {
  const a = await ready();
  const sold = await sellDaily(a, 5);
  await syncAll(a);
  const [first] = ids(sold);
  const acknowledged = await a.desk.db.invoices.findOne(first ?? '').exec();
  const before = acknowledged?.toMutableJSON();
  await makeCut(server, day(3));
  await expectEqual(a);
  /* The answer to a push is put down while the page with the cut has been stored. */
  const collection = a.desk.db.invoices as never;
  await replaceUnlessPending(collection, new Map([[first ?? '', () => before as Invoice]]), 'test');
  expect(await idsIn(a)).toContain(first);
  await expectEqual(a);
  expect(await idsIn(a)).toEqual(ids(sold.slice(3)));
});

test('T83 between the cut and the next run nothing is said to differ, and nothing is offered for repair', async () => {
  const a = await ready();
  await sellDaily(a, 5);
  await makeCut(server, day(3));
  const compared = await a.desk.proof.compare();
  expect(compared.find(({ collection }) => collection === 'invoices')?.equality).toBe('behind');
  const found = await a.desk.proof.differences('invoices');
  expect(found).toMatchObject({ documents: [], newer: 3 });
  await expectEqual(a);
});

test('T84 after a restore what the server has archived is not sent anew, and goes', async () => {
  const a = await ready();
  const b = await ready();
  const sold = await sellDaily(a, 5);
  await syncAll(b);
  await makeCut(server, day(3));
  await expectEqual(a);
  await server.context.store.setEpoch(server.storeId, randomUUID());
  const sent = [pushed(a), pushed(b)];
  for (const terminal of [a, b]) {
    await expectEqual(terminal);
    expect(await idsIn(terminal)).toEqual(ids(sold.slice(3)));
  }
  expect(sent).toEqual([[], []]);
});

test('a terminal that begins after the cut receives what the others hold', async () => {
  const a = await ready();
  const sold = await sellDaily(a, 5);
  await makeCut(server, day(3));
  await expectEqual(a);
  const c = await ready();
  await expectEqual(c);
  expect(await idsIn(c)).toEqual(ids(sold.slice(3)));
});

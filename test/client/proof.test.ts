import type { RxCollection } from 'rxdb';
import type { CollectionName } from '../../schemas/registry';
import { passwordOf } from '../kit/api';
import {
  loginAndSync,
  openTerminal,
  settled,
  syncAll,
  type TestTerminal,
} from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

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

const login = (userName: string) => ({ userName, password: passwordOf(userName) });

async function ready(userName: string): Promise<TestTerminal> {
  const terminal = await openTerminal({ url: server.url });
  terminals.push(terminal);
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, login(userName));
  return terminal;
}

const RECEIVED = ['clients', 'products', 'users', 'invoices', 'stock', 'shifts'] as const;
const setting = async ({ desk }: TestTerminal, key: string): Promise<unknown> =>
  (await desk.db.settings.findOne(key).exec())?.toJSON().value;

async function syncProducts({ desk }: TestTerminal): Promise<void> {
  desk.sync.send({ type: 'askSingle', unit: 'products' });
  desk.sync.send({ type: 'accept' });
  await settled(desk);
}
const endRun = ({ desk }: TestTerminal): void => desk.sync.send({ type: 'accept' });
const productNamed = async ({ desk }: TestTerminal, code: string) => {
  const found = await desk.db.products.findOne({ selector: { code } }).exec();
  if (found === null) throw new Error(`no product ${code}`);
  return found.toMutableJSON();
};

/** Reads of whole collections while a task runs. */
async function walksDuring({ desk }: TestTerminal, task: () => Promise<void>): Promise<string[]> {
  const walks: string[] = [];
  const undo = RECEIVED.map((name) => {
    const { storageInstance } = desk.db[name] as unknown as RxCollection;
    const real = storageInstance.query.bind(storageInstance);
    storageInstance.query = (prepared) => {
      if (prepared.query.limit === 5000) walks.push(name);
      return real(prepared);
    };
    return () => {
      storageInstance.query = real;
    };
  });
  await task();
  for (const back of undo) back();
  return walks;
}

test('T8 a run ends equal to the server, and says so; no collection is ever read for it', async () => {
  const a = await openTerminal({ url: server.url });
  terminals.push(a);
  await a.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  const b = await ready('supervisora');
  const walks = await walksDuring(a, async () => {
    await loginAndSync(a, login('duena'));
    await syncAll(a);
    for (let round = 0; round < 3; round++) {
      await sell(a, round);
      await sell(b, round);
      const { id } = await productNamed(b, `P000${round + 1}`);
      await b.desk.products.edit(id, { notes: `vuelta ${round}` });
      await a.desk.products.edit(id, { price: 1000 + round });
      await syncAll(b);
      await syncAll(a);
    }
  });
  expect(walks).toEqual([]);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
  const proofs = (await setting(a, 'proofs')) as Record<string, { equality: string }>;
  expect(Object.keys(proofs).sort()).toEqual([...RECEIVED].sort());
  const { countContents } = jest.requireActual<typeof import('../../client/proof/kept-contents')>(
    '../../client/proof/kept-contents',
  );
  for (const name of RECEIVED) {
    const counted = await countContents(a.desk.db[name] as never);
    expect([name, await setting(a, `contents:${name}`)]).toEqual([name, counted]);
    expect(proofs[name]).toMatchObject({ equality: 'equal', local: counted, server: counted });
  }
});

test('T8 a transfer that is cut leaves no contents behind, and the next run reads the documents', async () => {
  const a = await openTerminal({ url: server.url });
  terminals.push(a);
  await a.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(a, login('duena'));
  const b = await ready('supervisora');
  const { id } = await productNamed(b, 'P0001');
  await b.desk.products.edit(id, { notes: 'nuevo' });
  await syncAll(b);
  /* Stored, and then the answer to what comes next is lost. */
  await a.desk.products.edit((await productNamed(a, 'P0002')).id, { notes: 'mío' });
  a.network.intercept = async (url, init) => {
    if (url.includes('/sync/products') && init.method === 'POST') {
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw new TypeError('cut');
    }
    return undefined;
  };
  await syncProducts(a);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'failed', equality: null });
  expect((await productNamed(a, 'P0001')).notes).toBe('nuevo');
  expect(await setting(a, 'contents:products')).toBeNull();
  a.network.intercept = undefined;
  await a.reload();
  a.desk.sync.send({ type: 'run' });
  await settled(a.desk);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
  expect(await setting(a, 'contents:products')).toMatchObject({
    count: await a.desk.db.products.count().exec(),
  });
});

test('T8 a run without a connection voids nothing', async () => {
  const a = await ready('duena');
  const before = await setting(a, 'contents:products');
  a.network.intercept = () => Promise.reject(new TypeError('offline'));
  await syncProducts(a);
  endRun(a);
  expect(await setting(a, 'contents:products')).toEqual(before);
  a.network.intercept = undefined;
  expect(await walksDuring(a, () => syncProducts(a))).toEqual([]);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
});

test('T8 what another tab wrote before, and is heard of late, is not counted twice', async () => {
  const a = await ready('duena');
  const b = await ready('supervisora');
  const before = await productNamed(b, 'P0001');
  await b.desk.products.edit(before.id, { notes: 'nuevo' });
  await syncAll(b);
  const { storageInstance } = a.desk.db.products;
  const [stored] = await storageInstance.findDocumentsById([before.id], false);
  const foreign = {
    id: 'late',
    context: 'another tab',
    checkpoint: null,
    events: [
      {
        operation: 'UPDATE',
        documentId: before.id,
        previousDocumentData: { ...stored, ver: 0 },
        documentData: { ...stored, _rev: '2-another' },
      },
    ],
  };
  a.network.intercept = async (url) => {
    if (url.includes('/sync/products')) storageInstance.internals['changes$'].next(foreign);
    return undefined;
  };
  await syncProducts(a);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
});

/** A product edit that the server refuses: its author is nobody who has logged in at this terminal. */
async function refusedEdit(terminal: TestTerminal, code: string): Promise<string> {
  const { id } = await productNamed(terminal, code);
  await terminal.desk.products.edit(id, { notes: 'rechazado' });
  const document = await terminal.desk.db.products.findOne(id).exec();
  await document?.incrementalPatch({ editedBy: '00000000-0000-4000-8000-000000000000' });
  return id;
}

test('T9 what is pending here is left out on both sides, and an edit that was refused stays as it is', async () => {
  const a = await ready('duena');
  const b = await ready('supervisora');
  const id = await refusedEdit(a, 'P0001');
  await syncProducts(a);
  endRun(a);
  /* The server has what the edit was built on: nothing needs to be left out. */
  expect(((await setting(a, 'proofs')) as never)['products']).toMatchObject({
    equality: 'equal',
    leftOut: 0,
  });
  await b.desk.products.edit(id, { description: 'Otro nombre' });
  await syncAll(b);
  for (let run = 0; run < 3; run++) {
    await syncProducts(a);
    expect(a.desk.sync.run$.getValue()).toMatchObject({
      phase: 'done',
      equality: 'equal',
      counts: { rejected: 1 },
    });
    endRun(a);
    expect(((await setting(a, 'proofs')) as never)['products']).toMatchObject({ leftOut: 1 });
    expect(await productNamed(a, 'P0001')).toMatchObject({ notes: 'rechazado', pending: 1 });
  }
});

test('T9 T10 a refused edit is not overwritten by what is received after the refusal', async () => {
  const a = await ready('duena');
  const b = await ready('supervisora');
  const id = await refusedEdit(a, 'P0001');
  await b.desk.products.edit(id, { description: 'Otro nombre' });
  await syncAll(b);
  let refuse: () => void = () => undefined;
  const refused = new Promise<void>((resolve) => {
    refuse = resolve;
  });
  const rejected = a.desk.db.rejected.$.subscribe(() => setTimeout(refuse, 100));
  a.network.intercept = async (url, init) => {
    if (url.includes('/sync/products') && init.method === 'GET') await refused;
    return undefined;
  };
  await syncProducts(a);
  rejected.unsubscribe();
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
  expect(await productNamed(a, 'P0001')).toMatchObject({ notes: 'rechazado', pending: 1 });
});

test('T9 a difference is not hidden by what is pending beside it', async () => {
  const a = await ready('duena');
  const b = await ready('supervisora');
  const id = await refusedEdit(a, 'P0001');
  await b.desk.products.edit(id, { description: 'Otro nombre' });
  await syncAll(b);
  await damage(a, 'products', (await productNamed(a, 'P0002')).id);
  await syncProducts(a);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'different' });
});

test('T8 documents that the storage lost are noticed by the next run, whatever was kept', async () => {
  const a = await ready('duena');
  for (const code of ['P0002', 'P0003'])
    await damage(a, 'products', (await productNamed(a, code)).id);
  await syncProducts(a);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'different' });
});

/** Takes a document away behind RxDB's back, as a defect of a storage would. */
async function damage({ desk }: TestTerminal, name: CollectionName, id: string): Promise<void> {
  const { storageInstance } = desk.db[name];
  const [previous] = await storageInstance.findDocumentsById([id], false);
  if (previous === undefined) throw new Error('nothing to damage');
  await storageInstance.bulkWrite(
    [{ previous, document: { ...previous, _deleted: true } as never }] as never,
    'damage',
  );
}

/** A sync of all in which the server's answers to pushes of one collection never arrive. */
async function loseAnswers(terminal: TestTerminal, path: string): Promise<void> {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await real(input, init);
    if (init?.method === 'POST' && String(input).includes(path)) throw new TypeError('cut');
    return response;
  };
  try {
    await syncAll(terminal);
  } finally {
    globalThis.fetch = real;
  }
}

/** Lets another terminal write between a push of this one and its answer, and received before the answer. */
async function writtenMeanwhile(
  terminal: TestTerminal,
  path: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const real = globalThis.fetch;
  let go: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    go = resolve;
  });
  let received: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    received = resolve;
  });
  let state: 'waiting' | 'meanwhile' | 'over' = 'waiting';
  globalThis.fetch = async (input, init) => {
    const own = state === 'waiting' && String(input).includes(path);
    if (own && init?.method === 'GET') {
      await done;
      const response = await real(input, init);
      setTimeout(received, 100);
      return response;
    }
    const response = await real(input, init);
    if (own && init?.method === 'POST') {
      state = 'meanwhile';
      await meanwhile();
      go();
      await answered;
      state = 'over';
    }
    return response;
  };
  try {
    await syncAll(terminal);
  } finally {
    globalThis.fetch = real;
  }
  expect(state).toBe('over');
}

test('T11 a newer state that arrives while a push is under way is not passed over', async () => {
  const a = await ready('duena');
  const b = await ready('supervisora');
  const { id } = await productNamed(a, 'P0001');
  await a.desk.products.edit(id, { notes: 'de A' });
  await writtenMeanwhile(a, '/sync/products', async () => {
    await syncAll(b);
    await b.desk.products.edit(id, { price: 777_00 });
    await syncAll(b);
  });
  expect(await productNamed(a, 'P0001')).toMatchObject({
    notes: 'de A',
    price: 777_00,
    ver: 3,
    pending: 0,
  });
  await syncProducts(a);
  expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
});

test.each(['answered', 'lost'])(
  'what the server notes on an invoice arrives, though it comes before the answer to its push: %s',
  async (answer) => {
    const a = await ready('cajero1');
    const invoice = await sell(a, 0, 900_000_000);
    if (answer === 'lost') {
      await loseAnswers(a, '/sync/invoices');
      expect(await a.desk.db.invoices.findOne(invoice.id).exec()).toMatchObject({ pending: 1 });
    }
    await writtenMeanwhile(a, '/sync/invoices', () => Promise.resolve());
    const stored = (await a.desk.db.invoices.findOne(invoice.id).exec())?.toMutableJSON();
    expect(stored).toMatchObject({ flags: ['OVERSOLD'], ver: 2, pending: 0 });
    expect(a.desk.sync.run$.getValue()).toMatchObject({ phase: 'done', equality: 'equal' });
  },
);

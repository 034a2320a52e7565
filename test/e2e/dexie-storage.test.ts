import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { OpenDesk } from '../../client/desk/create-desk';
import { addProducts } from '../kit/add-products';
import { passwordOf } from '../kit/api';
import { buildPage } from '../kit/build-page';
import { startServer, type TestServer } from '../kit/start-server';
import { type BrowserTerminal, openBrowser } from './open-browser';
import type { StoragePage } from './storage-page/entry';

jest.setTimeout(180_000);

declare global {
  interface Window {
    storagePage: StoragePage;
    desk: OpenDesk;
  }
}

const LOGIN = { userName: 'duena', password: passwordOf('duena') };
let folder: string;
let server: TestServer;
let browser: BrowserTerminal;
let page: Page;
let products: number;

beforeAll(() => {
  folder = buildPage(path.join(__dirname, 'storage-page'), path.resolve('dist/client'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  server = await startServer({ clientDir: folder });
  browser = await openBrowser(server.url);
  page = browser.page;
  await load(page);
});
afterEach(async () => {
  await browser.close();
  await server.close();
});

async function load(tab: Page): Promise<void> {
  await tab.goto(`${server.url}/storage-page/index.html`);
  await tab.waitForFunction(() => 'storagePage' in window);
}

describe('beside RxDB own storage in the same browser', () => {
  test('the same writes are refused, the same documents found, in the same order', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const asked = await page.evaluate((own) => window.storagePage.checkDexie(own, 25), seed);
      expect(asked).toBe(150);
    }
  });

  test('a batch of new documents never replaces one that another tab has written', async () => {
    expect(await page.evaluate(() => window.storagePage.checkTaken())).toEqual({
      refused: ['id-005 409'],
      kept: 'theirs',
      others: 19,
    });
  });

  test('the notes of a replication are the same, written by one tab or by two', async () => {
    for (const seed of [1, 2, 3]) {
      expect(await page.evaluate((own) => window.storagePage.checkNotes(own, 40), seed)).toBe(40);
    }
    expect(await page.evaluate(() => window.storagePage.checkNotesAtOnce(5, 40))).toBe(0);
  });
});

describe('a terminal', () => {
  beforeEach(async () => {
    await addProducts(server, 3000);
    const status = await server.context.store.scope(server.storeId).documents.status();
    products = status.products?.count ?? 0;
  });

  const open = (tab: Page, storage: 'desk' | 'plain' = 'desk'): Promise<void> =>
    tab.evaluate(async (kind) => {
      window.desk = await window.storagePage.open(kind);
    }, storage);
  const enrol = async (): Promise<void> =>
    page.evaluate(
      async ([code, login]) => {
        await window.desk.session.enrol({ code, name: 'Caja' });
        await window.desk.session.login(login);
        await window.desk.sync.idle();
      },
      [await server.newCode(), LOGIN] as const,
    );
  /** Sends the flow an event, and waits for the run that it begins. Returns the run. */
  const proceed = (tab: Page, type: 'accept' | 'run') =>
    tab.evaluate(async (event) => {
      window.desk.sync.send({ type: event });
      await window.desk.sync.idle();
      await new Promise((resolve) => setTimeout(resolve, 0));
      return window.desk.sync.run$.getValue();
    }, type);
  const single = async (tab: Page) => {
    await tab.evaluate(() => window.desk.sync.send({ type: 'askSingle', unit: 'products' }));
    const run = await proceed(tab, 'accept');
    await tab.evaluate(() => window.desk.sync.send({ type: 'accept' }));
    return run;
  };
  const finishLogin = async (): Promise<void> => {
    expect(await proceed(page, 'accept')).toMatchObject({ phase: 'done', unit: 'users' });
    await page.evaluate(() => window.desk.sync.send({ type: 'accept' }));
  };
  /** Keeps back the third page of products, and what is asked after it. `third`: it was asked for. */
  const holdThirdPage = async (): Promise<{ third: Promise<void>; goOn: () => void }> => {
    let pages = 0;
    let asked: () => void = () => undefined;
    let goOn: () => void = () => undefined;
    const third = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await browser.context.route('**/api/sync/products**', async (route) => {
      pages += 1;
      /* The first is on disk by then, the second may be half. */
      if (pages >= 3) {
        asked();
        await held;
      }
      await route.continue().catch(() => undefined);
    });
    return { third, goOn };
  };
  /** Collections in which this tab and the server differ, after having counted the products. */
  const differing = (tab: Page, count: number): Promise<string[]> =>
    tab.evaluate(async (wanted) => {
      const counted = await window.desk.db.products.count().exec();
      const compared = await window.desk.proof.compare();
      const unequal = compared
        .filter(({ equality }) => equality !== 'equal')
        .map(({ collection }) => collection);
      return counted === wanted ? unequal : [...unequal, `${counted} products`];
    }, count);

  test('a first sync that a reload cuts in the middle is taken up, and ends equal to the server', async () => {
    await open(page);
    await enrol();
    const { third } = await holdThirdPage();
    await page.evaluate(() => window.desk.sync.send({ type: 'accept' }));
    await third;
    await page.reload();
    await browser.context.unroute('**/api/sync/products**');
    await page.waitForFunction(() => 'storagePage' in window);
    await open(page);
    await page.evaluate(() => window.desk.sync.idle());
    expect(await page.evaluate(() => window.desk.sync.run$.getValue())).toMatchObject({
      phase: 'done',
      unit: 'products',
    });
    await finishLogin();
    expect(await differing(page, products)).toEqual([]);
  });

  test('what a second tab makes and edits while the first one syncs is neither lost nor doubled', async () => {
    await open(page);
    await enrol();
    const { third, goOn } = await holdThirdPage();
    await page.evaluate(() => window.desk.sync.send({ type: 'accept' }));
    await third;
    /* Opened in mid sync: before it, a tab takes up the first login by itself. */
    const second = await browser.context.newPage();
    await load(second);
    await open(second);
    const made = await second.evaluate(async () => {
      const { db, products: service } = window.desk;
      const received = await db.products.find({ limit: 12 }).exec();
      const created: string[] = [];
      for (const [index, template] of received.entries()) {
        const { id, ver, edit, pending, updatedAt, editedBy, ...input } = template.toMutableJSON();
        created.push((await service.create({ ...input, code: `SEGUNDA${index}` })).id);
        await service.edit(id, { notes: `segunda ${index}` });
      }
      return created;
    });
    expect(made).toHaveLength(12);
    goOn();
    await page.evaluate(() => window.desk.sync.idle());
    await finishLogin();
    expect(await single(page)).toMatchObject({ phase: 'done' });
    expect(await differing(page, products + made.length)).toEqual([]);
    expect(await differing(second, products + made.length)).toEqual([]);
    const { documents } = server.context.store.scope(server.storeId);
    expect((await documents.find('products', made)).size).toBe(made.length);
    expect(await page.evaluate(() => window.desk.db.conflicts.count().exec())).toBe(0);
  });

  test('one that has synced with version 0.1.0 goes on where it was, and takes what changes at the server', async () => {
    await open(page, 'plain');
    await enrol();
    await proceed(page, 'accept');
    await finishLogin();
    await page.reload();
    await page.waitForFunction(() => 'storagePage' in window);
    await open(page);
    expect(await single(page)).toMatchObject({
      phase: 'done',
      counts: { received: 0, sent: 0, conflicts: 0 },
    });
    const changed = await server.context.store.transaction(server.storeId, async (scope) => {
      const [first] = (await scope.documents.page('products', 0, 1)).documents;
      const product = JSON.parse(first?.json ?? '{}');
      const next = { ...product, ver: product.ver + 1, edit: 'server', price: 4_242_00 };
      const { id, ver, edit } = next;
      await scope.documents.write('products', [{ id, ver, edit, json: JSON.stringify(next) }]);
      return id as string;
    });
    const mine = await page.evaluate(async (theirs) => {
      const other = await window.desk.db.products
        .findOne({ selector: { code: { $gt: 'B1' } } })
        .exec();
      const id = other?.id === theirs ? '' : (other?.id ?? '');
      await window.desk.products.edit(id, { notes: 'después' });
      return id;
    }, changed);
    expect(await single(page)).toMatchObject({
      phase: 'done',
      counts: { received: 1, sent: 1, conflicts: 0 },
    });
    expect(await differing(page, products)).toEqual([]);
    const { documents } = server.context.store.scope(server.storeId);
    const sent = JSON.parse((await documents.find('products', [mine])).get(mine)?.json ?? '{}');
    expect(sent.notes).toBe('después');
  });
});

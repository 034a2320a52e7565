import type { Page } from 'playwright-core';
import { type BrowserTerminal, openBrowser } from '../e2e/open-browser';
import type { Bench } from './bench-page/entry';
import { OWNER } from './bench-products';
import type { BenchServer } from './bench-store';
import type { Figure } from './figures';

declare global {
  interface Window {
    bench: Bench;
  }
}

const LOGIN = { userName: OWNER.userName, password: OWNER.password };

/** Loads the bench's page in a browser profile that knows nothing. */
export async function freshPage({ context, page }: BrowserTerminal, url: string): Promise<Page> {
  await page.goto('about:blank');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'all' });
  await devtools.detach();
  await page.goto(`${url}/bench-page/index.html`);
  await page.waitForFunction(() => 'bench' in window);
  return page;
}

/** Opens, enrols and logs in, up to the result of the first dialog. */
export async function enrolled(
  page: Page,
  server: BenchServer,
  storage: 'desk' | 'plain',
): Promise<void> {
  await page.evaluate((kind) => window.bench.open(kind), storage);
  const code = await server.newCode();
  await page.evaluate(([own, login]) => window.bench.enrol(own, login), [code, LOGIN] as const);
}

export interface TerminalSizes {
  products: number;
  invoices: number;
  repetitions: number;
}

/** First sync, idle sync, issue and push at a terminal, each beside the same rows put straight into IndexedDB. */
export async function terminalFigures(
  server: BenchServer,
  { products, invoices, repetitions }: TerminalSizes,
  say: (line: string) => void,
): Promise<Figure[]> {
  const raw: number[] = [];
  const first: number[] = [];
  const longest: number[] = [];
  const plain: number[] = [];
  const idle: number[] = [];
  const issue: number[] = [];
  const rawIssue: number[] = [];
  const push: number[] = [];
  const rawPush: number[] = [];
  const browser = await openBrowser(server.url);
  try {
    for (let i = 0; i < repetitions; i++) {
      say(`terminal, ${i + 1} of ${repetitions}`);
      let page = await freshPage(browser, server.url);
      await enrolled(page, server, 'plain');
      plain.push((await page.evaluate((n) => window.bench.firstSync(n), products)).ms);
      page = await freshPage(browser, server.url);
      raw.push(await page.evaluate((n) => window.bench.rawProducts(n), products));
      await enrolled(page, server, 'desk');
      const synced = await page.evaluate((n) => window.bench.firstSync(n), products);
      first.push(synced.ms);
      longest.push(synced.longest);
      idle.push(await page.evaluate(() => window.bench.idleSync()));
      issue.push(await page.evaluate((n) => window.bench.issue(n), invoices));
      rawIssue.push(await page.evaluate((n) => window.bench.rawInvoices(n, 1), invoices));
      const pushed = await page.evaluate(() => window.bench.push());
      if (pushed.sent !== invoices) throw new Error(`${pushed.sent} sent instead of ${invoices}`);
      push.push(pushed.ms);
      rawPush.push(await page.evaluate((n) => window.bench.rawInvoices(n, n), invoices));
    }
  } finally {
    await browser.close();
  }
  const rows = { name: 'raw rows', values: raw };
  return [
    { name: `first sync of ${products} products`, unit: 'ms', values: first, base: rows },
    { name: '  longest task while it runs', unit: 'ms', values: longest },
    {
      name: '  the same over RxDB Dexie as it comes',
      unit: 'ms',
      values: plain,
      base: rows,
    },
    { name: `idle sync over ${products} products`, unit: 'ms', values: idle, base: rows },
    {
      name: `issue of ${invoices} tickets`,
      unit: 'ms',
      values: issue,
      base: { name: 'raw rows, one by one', values: rawIssue },
    },
    {
      name: `push of ${invoices} tickets`,
      unit: 'ms',
      values: push,
      base: { name: 'raw rows, at once', values: rawPush },
    },
  ];
}

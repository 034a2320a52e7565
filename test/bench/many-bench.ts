import type { Page } from 'playwright-core';
import { openBrowser } from '../e2e/open-browser';
import type { BenchServer } from './bench-store';
import type { Figure } from './figures';
import { measureScreens } from './screen-bench';
import { enrolled, freshPage } from './terminal-bench';

const EDITS = 31;

/** MB of JavaScript that the page holds, after everything that is not needed has been thrown away. */
async function heap(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize / 1024 / 1024;
}

/** A terminal that holds very many products: does it count, list, search and scan as it does with few? */
export async function manyFigures(
  server: BenchServer,
  products: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const browser = await openBrowser(server.url);
  try {
    say(`${products} products: first sync, pending count`);
    const page = await freshPage(browser, server.url);
    await enrolled(page, server, 'desk');
    const raw = await page.evaluate((n) => window.bench.rawProducts(n), products);
    const synced = await page.evaluate((n) => window.bench.firstSync(n), products);
    const pending = await page.evaluate((n) => window.bench.pendingCount(n), EDITS);
    if (pending.counted !== EDITS) throw new Error(`${pending.counted} pending, not ${EDITS}`);
    const edits = await page.evaluate(() => window.bench.idleSync());
    const idle = await page.evaluate(() => window.bench.idleSync());
    await page.evaluate(() => window.bench.close());
    say(`${products} products: screens`);
    const screens = await measureScreens(page, server.url);
    const base = { name: 'raw rows', values: [raw] };
    return [
      { name: `first sync of ${products} products`, unit: 'ms', values: [synced.ms], base },
      { name: '  longest task while it runs', unit: 'ms', values: [synced.longest] },
      { name: `sync of ${EDITS} edits among them`, unit: 'ms', values: [edits], base },
      { name: 'idle sync over them', unit: 'ms', values: [idle], base },
      { name: 'pending count, as shown', unit: 'ms', values: pending.ms, limit: { most: 10 } },
      { name: '  asked of the storage', unit: 'ms', values: pending.stored, limit: { most: 10 } },
      {
        name: '  documents read for all of them',
        unit: 'reads',
        values: [pending.reads.documents],
        limit: { most: 0 },
      },
      { name: '  index reads', unit: 'reads', values: [pending.reads.keys] },
      ...screens,
      { name: 'memory of the page after it', unit: 'MB', values: [await heap(page)] },
    ];
  } finally {
    await browser.close();
  }
}

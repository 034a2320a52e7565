import type { Page } from 'playwright-core';
import type { Figure } from './figures';

/** A frame that takes longer than this is seen as a jerk. */
const JERK_MS = 50;
const SCROLLS = 120;

/** Frames while the list is scrolled, a step a frame: how long each took, in ms. */
function scroll(page: Page, step: number): Promise<number[]> {
  return page.evaluate(
    ([by, count]) =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('[role="grid"]');
        const frames: number[] = [];
        let before = performance.now();
        const frame = (): void => {
          const now = performance.now();
          frames.push(now - before);
          before = now;
          if (grid === null || frames.length > count) {
            resolve(frames.slice(1));
            return;
          }
          grid.scrollTop += by;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    [step, SCROLLS] as const,
  );
}

/** Types into the focused field, a key at a time. Returns for each key the ms until the screen showed what it did. */
async function typed(page: Page, text: string): Promise<number[]> {
  const ms: number[] = [];
  for (const key of text) {
    await page.evaluate(() => {
      const shown = (event: Event): void => {
        const began = event.timeStamp;
        /* After the frame that paints it. */
        requestAnimationFrame(() =>
          setTimeout(() => Object.assign(window, { shownAfter: performance.now() - began })),
        );
      };
      Object.assign(window, { shownAfter: undefined });
      window.addEventListener('keydown', shown, { once: true, capture: true });
    });
    await page.keyboard.press(key);
    await page.waitForFunction(() => 'shownAfter' in window && window.shownAfter !== undefined);
    ms.push(await page.evaluate(() => Number((window as { shownAfter?: number }).shownAfter)));
  }
  return ms;
}

/** Scans a code as a scanner types it. Returns the ms from its Enter until the line stands in the sale. */
async function scanned(page: Page, code: string, lines: number): Promise<number> {
  const field = page.getByRole('combobox', { name: 'Código, código de barras o palabras' });
  await field.fill(code);
  await page.evaluate((wanted) => {
    const rows = (): number => document.querySelectorAll('tbody tr').length;
    Object.assign(window, { scannedAfter: undefined });
    window.addEventListener(
      'keydown',
      () => {
        const began = performance.now();
        const look = (): void => {
          if (rows() >= wanted) Object.assign(window, { scannedAfter: performance.now() - began });
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { once: true, capture: true },
    );
  }, lines);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => 'scannedAfter' in window && window.scannedAfter !== undefined);
  return page.evaluate(() => Number((window as { scannedAfter?: number }).scannedAfter));
}

/** The product list and the sale screen of the real client, by a person who is signed in. */
export async function measureScreens(page: Page, url: string): Promise<Figure[]> {
  /* The loader of this file names functions by a helper that the page does not have. */
  await page.addInitScript('globalThis.__name = (named) => named');
  const firstRow = page.getByRole('gridcell').first();
  const began = performance.now();
  await page.goto(`${url}/productos`);
  await firstRow.waitFor();
  const cold = performance.now() - began;

  await page.goto(`${url}/clientes`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(3000);
  const asked = performance.now();
  await page.getByRole('link', { name: 'Productos', exact: true }).click();
  await firstRow.waitFor();
  const warm = performance.now() - asked;

  const slow = await scroll(page, 60);
  const fast = await scroll(page, 2600);
  await page.getByLabel('Buscar').focus();
  const listSearch = await typed(page, 'jugo azucar 7');

  await page.goto(`${url}/venta`);
  const field = page.getByRole('combobox', { name: 'Código, código de barras o palabras' });
  await field.waitFor();
  await page.waitForTimeout(3000);
  await field.focus();
  const saleSearch = await typed(page, 'jugo azucar 7');
  const scans: number[] = [];
  for (let i = 0; i < 12; i++) {
    const code = i % 2 === 0 ? String(7_440_000_000_000 + i * 31) : `b${i * 31}`;
    scans.push(await scanned(page, code, i + 1));
  }
  const jerks = (frames: readonly number[]): number => frames.filter((ms) => ms > JERK_MS).length;
  return [
    { name: 'product list, from a cold start', unit: 'ms', values: [cold] },
    { name: 'product list, from another screen', unit: 'ms', values: [warm] },
    {
      name: `  frames of ${SCROLLS} over ${JERK_MS} ms, slowly`,
      unit: 'frames',
      values: [jerks(slow)],
    },
    { name: '  frames, by the page', unit: 'frames', values: [jerks(fast)] },
    { name: '  a frame, by the page', unit: 'ms', values: fast },
    { name: '  a key of its search, until it shows', unit: 'ms', values: listSearch },
    { name: 'sale: a key of the search, until it shows', unit: 'ms', values: saleSearch },
    { name: '  a scan, until the line shows', unit: 'ms', values: scans },
  ];
}

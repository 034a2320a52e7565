import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPORT_SCENARIO } from '../unit/report/report-scenario';
import { renderReport } from '../world/report/render-report';
import { runScenario } from '../world/scenario/run-scenario';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(120_000);

const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-report-'));
const file = path.join(folder, 'report.html');
let browser: BrowserTerminal;
/** What the page complains of, and what it tries to fetch. */
const complaints: string[] = [];
const requests: string[] = [];

beforeAll(async () => {
  writeFileSync(file, renderReport(await runScenario(REPORT_SCENARIO)));
  const url = pathToFileURL(file).href;
  browser = await openBrowser(url);
  const { page } = browser;
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const details = () => browser.page.locator('#timeline-details').textContent();
const drawn = () => browser.page.locator('#timeline-stage').innerHTML();

/** Reads until what is read is right: the page draws once a frame. */
async function until(read: () => Promise<string | null>, isRight: (text: string) => boolean) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const text = (await read()) ?? '';
    if (isRight(text)) return text;
    await browser.page.waitForTimeout(50);
  }
  throw new Error(`it never came: ${((await read()) ?? '').slice(0, 500)}`);
}
const matches = (read: () => Promise<string | null>, pattern: RegExp): Promise<string> =>
  until(read, (text) => pattern.test(text));
const changes = (before: string): Promise<string> => until(drawn, (text) => text !== before);

test('it opens from a file, runs nothing that somebody typed, and fetches nothing', async () => {
  const { page } = browser;
  await page.getByText('Passed', { exact: true }).waitFor();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).toContain('<img src=x onerror=alert(1)>');
  expect(complaints).toEqual([]);
  expect(requests).toEqual([pathToFileURL(file).href]);
});

test('it is no wider than a screen of 1366', async () => {
  const { page } = browser;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(1366);
});

test('a step is gone to from a list and from a link', async () => {
  const { page } = browser;
  await page.locator('#timeline-step').selectOption('7');
  await matches(details, /^Step 7: T2 syncs everything/);
  await page.locator('#steps a[data-step="5"]').click();
  await matches(details, /^Step 5: T1 syncs products/);
  await matches(drawn, /push products/);
});

test('the keyboard goes from event to event, zooms and moves', async () => {
  const { page } = browser;
  await page.locator('#timeline-picture').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await matches(details, /^T1: /);
  const before = await drawn();
  await page.keyboard.press('+');
  await changes(before);
  const near = await drawn();
  await page.keyboard.press('Shift+ArrowRight');
  await changes(near);
  await page.keyboard.press('Escape');
  await matches(details, /^Point at anything/);
  const moved = await drawn();
  await page.keyboard.press('0');
  await changes(moved);
});

test('the pointer finds a fault, drags, and zooms by the wheel', async () => {
  const { page } = browser;
  await page.locator('#timeline-step').selectOption('5');
  const sign = page.locator('#timeline-stage .mark.fault path');
  await sign.waitFor();
  const place = await sign.boundingBox();
  if (place === null) throw new Error('the fault is not in sight');
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  await matches(details, /push products[\s\S]*fault: dropResponse/);
  const box = await page.locator('#timeline-picture').boundingBox();
  if (box === null) throw new Error('the picture is not there');
  const before = await drawn();
  await page.mouse.move(box.x + 600, box.y + 150);
  await page.mouse.down();
  await page.mouse.move(box.x + 700, box.y + 150, { steps: 4 });
  await page.mouse.up();
  await changes(before);
  await page.locator('#timeline-picture').focus();
  const dragged = await drawn();
  await page.mouse.wheel(0, 300);
  await changes(dragged);
});

test('a kind of message can be hidden', async () => {
  const { page } = browser;
  await page.getByRole('button', { name: 'Set-up and all' }).click();
  await matches(drawn, /arrow request push/);
  await page.getByLabel('pushes').uncheck();
  await until(drawn, (text) => !text.includes('arrow request push'));
  expect(complaints).toEqual([]);
});

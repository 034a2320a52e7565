import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../kit/start-server';
import { acceptLoginSyncs, enrol, login, logout } from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';
import { readProfile } from './read-profile';

jest.setTimeout(240_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
let server: TestServer;
let terminal: BrowserTerminal;
/** What the page or a worker of it was refused by the policy, or complained about. */
const complaints: string[] = [];

beforeAll(async () => {
  server = await startServer({ clientDir });
  terminal = await openBrowser(server.url);
  const { page, context } = terminal;
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) =>
      console.error(`policy: ${effectiveDirective} ${blockedURI}`),
    );
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await enrol(page, server.url, await server.newCode(), 'Caja 1');
});
afterAll(async () => {
  await terminal?.close();
  await server?.close();
});

const next = (page: Page) => page.getByRole('button', { name: 'Paso' });

async function openScenario(page: Page, id: string): Promise<void> {
  await page.locator(`[data-scenario="${id}"]`).click();
  await page.locator('button:enabled', { hasText: 'Paso' }).waitFor();
}

/** Goes one step on, and waits until it is on stage. */
async function goTo(page: Page, step: number): Promise<void> {
  await next(page).click();
  await page.locator(`[aria-current="step"]:has(span:text-is("${step}"))`).waitFor();
  await page.locator('button:enabled', { hasText: 'Paso' }).waitFor();
}

/** Runs to the end by keyboard; returns the digest of the run. */
async function runToEnd(page: Page): Promise<string> {
  await page.keyboard.press('End');
  await page.getByTestId('verdict').waitFor();
  return (await page.getByTestId('digest').textContent()) ?? '';
}

test('a cashier sees no laboratory, and its address leads to the sale', async () => {
  const { page } = terminal;
  await login(page, 'cajero1', 'demo-cajero1');
  await acceptLoginSyncs(page);
  expect(await page.getByRole('link', { name: 'Laboratorio' }).count()).toBe(0);
  await page.goto(`${server.url}/laboratorio`);
  await page.waitForURL(`${server.url}/venta`);
  await logout(page, /Marco/);
});

test('F29 step by step: both values, the rule, the decision, and a green verdict; nothing of it leaves the page', async () => {
  const { page, context } = terminal;
  await login(page, 'calidad', 'demo-calidad');
  await acceptLoginSyncs(page);
  await page.getByRole('link', { name: 'Laboratorio' }).click();
  await page.getByLabel('Buscar escenario').fill('F29');
  expect(await page.locator('[data-scenario]').count()).toBe(2);

  const before = await readProfile(page, 'mostrador');
  const asked: string[] = [];
  const note = (request: { url(): string }): unknown => asked.push(request.url());
  context.on('request', note);
  await openScenario(page, 'f29-same-field');
  await goTo(page, 1);
  const lane = (name: string) => page.getByRole('region', { name, exact: true });
  await lane('T1').locator('mark', { hasText: '30,00' }).waitFor();
  await lane('T1').getByText('Productos 1').waitFor();
  for (const step of [2, 3, 4]) await goTo(page, step);

  const conflict = page.getByRole('table', { name: 'CAFE en T2, paso 4' });
  const row = (field: string) =>
    conflict.getByRole('row').filter({ hasText: field }).getByRole('cell').allTextContents();
  expect((await row('Precio')).slice(0, 5)).toEqual(['Precio', '25,50', '31,00', '30,00', '30,00']);
  expect((await row('Notas')).slice(0, 5)).toEqual(['Notas', '—', 'molido', '—', 'molido']);
  await page.getByText('Por decidir').waitFor();
  await lane('T2').getByText('1 conflicto').waitFor();
  for (const step of [5, 6]) await goTo(page, step);
  await page.getByText('Decidido: se aplicó lo de aquí').waitFor();
  expect((await row('Precio')).slice(0, 5)).toEqual(['Precio', '25,50', '31,00', '30,00', '31,00']);

  await runToEnd(page);
  await page.getByText('Se cumple todo lo esperado').waitFor();
  const verdicts = page.getByRole('table', { name: 'Veredicto' }).getByRole('row');
  expect(await verdicts.getByRole('img', { name: 'Cumplido', exact: true }).count()).toBe(5);
  context.off('request', note);

  expect(asked.filter((url) => new URL(url).pathname.startsWith('/api'))).toEqual([]);
  expect(asked.some((url) => url.includes('/lab/assets/world-worker'))).toBe(true);
  expect(await readProfile(page, 'mostrador')).toEqual(before);
  await page.keyboard.press('r');
  await page.getByText('En este paso no se envió nada.').waitFor();
  await page.keyboard.press('Escape');
});

/** Of each kind of step and fault one: what a browser might do otherwise than Node. */
const COMPARED = [
  ...['f02-wrong-clocks', 'f03-others-build-on-lost-answer', 'f05-server-dies-in-mid-push'],
  ...['f05-terminal-dies-in-mid-sync', 'f12-restored-server', 'f13-copied-profile'],
  ...['f18-first-sync-is-cut', 'f22-revoked-terminal', 'f29-same-field'],
  ...['f30-full-disk-of-the-server'],
];

test('each run is the same in the browser as in Node, byte for byte', async () => {
  const { page } = terminal;
  await page.getByLabel('Buscar escenario').fill('');
  const browser: string[] = [];
  for (const id of COMPARED) {
    await openScenario(page, id);
    browser.push(`${id} ${await runToEnd(page)}`);
    await page.getByText('Se cumple todo lo esperado').waitFor();
    await page.keyboard.press('Escape');
  }
  /* In a process of its own: what calls an application without a socket gets in the way of one that has sockets. */
  const script = path.join(__dirname, 'print-scenario-digests.ts');
  const node = spawnSync(process.execPath, ['--import', 'tsx', script, ...COMPARED], {
    encoding: 'utf8',
  });
  expect(browser).toEqual(node.stdout.trim().split('\n'));
});

test('the policy of the page allowed all of it', () => {
  expect(complaints).toEqual([]);
});

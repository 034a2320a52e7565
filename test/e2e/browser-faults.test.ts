import path from 'node:path';
import type { Page } from 'playwright-core';
import { apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';
import { acceptLoginSyncs, enrol, login, openShift, scan, sell } from './desk-steps';
import { fillQuota, setQuota } from './fill-quota';
import { type BrowserTerminal, openBrowser } from './open-browser';
import { readProfile } from './read-profile';

jest.setTimeout(120_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
let server: TestServer;
let a: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  a = await openBrowser(server.url);
});
afterAll(async () => {
  await a?.close();
  await server?.close();
});

/** Consecutives of the invoices that this profile has on disk. */
const storedInvoices = async (page: Page): Promise<unknown[]> =>
  (await readProfile(page, '--invoices')).map(({ consecutive }) => consecutive).sort();

/** Waits until the profile has written down that it has read so far: what is cut before is read again. */
async function untilCheckpoint(page: Page, seq: number): Promise<void> {
  for (;;) {
    /* The notes of the replications are kept by the page, as one text each: see `client/db/storage`. */
    const kept: readonly unknown[] = await readProfile(page, '-replication');
    const notes = kept.flatMap((text) =>
      typeof text === 'string' ? (JSON.parse(text) as Record<string, unknown>[]) : [],
    );
    const reached = notes.some(
      ({ itemId, checkpointData }) =>
        itemId === 'down' && (checkpointData as { seq?: number } | undefined)?.seq === seq,
    );
    if (reached) return;
    await page.waitForTimeout(200);
  }
}

test('F16 a private window is not enrolled, and hears why; the code stays good for a normal one', async () => {
  const { chromium } = await import('playwright-core');
  const { BROWSER_ARGS, findBrowser } = await import('./find-browser');
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: BROWSER_ARGS,
  });
  const code = await server.newCode();
  try {
    /* A context that is not persistent is what a private window is: nothing of it outlives it. */
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${server.url}/?codigo=${code}`);
    await page.getByRole('button', { name: 'Inscribir' }).click();
    const reason = page.getByRole('alert');
    await reason.getByText(/el navegador no promete conservar los datos/).waitFor();
    await reason.getByText(/En una ventana privada todo se borra al cerrarla/).waitFor();
    expect(await page.getByLabel('Usuario').count()).toBe(0);
  } finally {
    await browser.close();
  }
  await enrol(a.page, server.url, code, 'Caja 1');
});

test('F15 the browser is asked to keep the data, before anything is stored', async () => {
  await a.page.addInitScript(() => {
    const { storage } = navigator;
    const persist = storage.persist.bind(storage);
    storage.persisted = () => Promise.resolve(false);
    storage.persist = () => {
      document.documentElement.dataset['asked'] = 'yes';
      return persist();
    };
  });
  await a.page.reload();
  await a.page.locator('html[data-asked="yes"]').waitFor({ state: 'attached' });
  expect(await a.page.getByText(/Terminal de prueba/).count()).toBe(0);
});

test('F18 a first sync that is cut goes on at its checkpoint; nothing is sold before each collection was complete', async () => {
  /* More products than one page holds: the cut comes after the first. */
  const owner = await apiTerminal(server, 'duena');
  const { documents } = await owner.pull('products', 0, 1);
  const { randomUUID } = await import('node:crypto');
  const extra = Array.from({ length: 1500 }, (_, index) => ({
    ...(documents[0] ?? {}),
    id: randomUUID(),
    code: `X${index}`,
    barcode: '',
    ver: 0,
    edit: randomUUID(),
    pending: 1,
    editedBy: owner.session.user.id,
  }));
  for (let at = 0; at < extra.length; at += 500) {
    await owner.push('products', extra.slice(at, at + 500));
  }
  const asked: number[] = [];
  await a.context.route('**/api/sync/products?**', async (route) => {
    const seq = Number(new URL(route.request().url()).searchParams.get('seq'));
    asked.push(seq);
    if (seq === 0) return route.continue();
    await untilCheckpoint(a.page, seq);
    await route.abort();
  });
  await login(a.page, 'cajero1', 'demo-cajero1');
  const clients = a.page.getByRole('dialog', { name: 'Sincronización de clientes' });
  await clients.getByText('Sincronización completada').waitFor();
  await clients.getByRole('button', { name: 'Aceptar' }).click();
  const products = a.page.getByRole('dialog', { name: 'Sincronización de productos' });
  await products.getByText(/no se puede vender hasta que lo estén/).waitFor();
  const cutAt = Math.max(...asked);
  expect(cutAt).toBeGreaterThan(0);

  /* The browser goes away in the middle. What was received is still there, and the login's syncs go on. */
  await a.restart();
  asked.length = 0;
  await a.context.route('**/api/sync/products?**', async (route) => {
    asked.push(Number(new URL(route.request().url()).searchParams.get('seq')));
    await route.continue();
  });
  await a.page.getByText('Todavía no se puede vender.').waitFor();
  await acceptLoginSyncs(a.page);
  expect(asked[0]).toBe(cutAt);
  await a.context.unrouteAll({ behavior: 'wait' });
  await a.page.getByText('Todavía no se puede vender.').waitFor({ state: 'detached' });
  await openShift(a.page);
  expect(await sell(a.page, ['X1499'])).toBe('00100001040000000001');
});

test('F15 with the disk full a sale is refused before it has a consecutive or a receipt, and goes through later', async () => {
  const { usage = 0 } = await a.page.evaluate(() => navigator.storage.estimate());
  await a.restart((page) => setQuota(page, server.url, usage + 2_000_000));
  await a.page.getByText(/Pendientes:/).waitFor();
  await scan(a.page, 'P0002');
  await fillQuota(a.page);
  const before = await storedInvoices(a.page);
  await a.page.locator('button:enabled', { hasText: 'Cobrar (F10)' }).waitFor();
  await a.page.keyboard.press('F10');
  const pay = a.page.getByRole('dialog', { name: /^Cobrar/ });
  await pay.waitFor();
  await a.page.keyboard.press('Enter');
  await pay.getByText('El navegador no pudo guardar.').waitFor();
  await pay.getByText(/No se emitió nada ni se tomó un consecutivo/).waitFor();
  expect(await a.page.getByText('Documento emitido').count()).toBe(0);
  expect(await a.page.getByRole('button', { name: /Imprimir/ }).count()).toBe(0);
  expect(await storedInvoices(a.page)).toEqual(before);

  await setQuota(a.page, server.url, usage + 2_000_000_000);
  await a.page.keyboard.press('Enter');
  await a.page.getByRole('dialog', { name: 'Documento emitido' }).waitFor();
  /* The number that was refused is the one that is taken now: no gap, nothing twice. */
  expect(await a.page.getByTestId('consecutive').textContent()).toBe('00100001040000000002');
  await a.page.getByRole('button', { name: 'Nueva venta' }).click();
});

test('F17 a crash in the middle of printing: what was printed is stored, and comes back', async () => {
  await a.page.evaluate(() => {
    window.print = () => {
      const paper = document.getElementById('receipt-print')?.textContent ?? '';
      sessionStorage.setItem('printed', /\d{20}/.exec(paper)?.[0] ?? '');
      document.documentElement.dataset['printing'] = 'yes';
    };
  });
  await scan(a.page, 'P0003');
  await a.page.locator('button:enabled', { hasText: 'Cobrar (F10)' }).waitFor();
  await a.page.keyboard.press('F10');
  await a.page.getByRole('dialog', { name: /^Cobrar/ }).waitFor();
  await a.page.keyboard.press('Enter');
  await a.page.getByRole('dialog', { name: 'Documento emitido' }).waitFor();
  await a.page.keyboard.press('F7');
  await a.page.locator('html[data-printing="yes"]').waitFor({ state: 'attached' });
  const printed = await a.page.evaluate(() => sessionStorage.getItem('printed'));
  expect(printed).toBe('00100001040000000003');
  /* The tab's process dies while the paper is in the printer. */
  const devtools = await a.context.newCDPSession(a.page);
  const crashed = a.page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await a.restart();
  await a.page.getByText(/Pendientes:/).waitFor();
  expect(await storedInvoices(a.page)).toContain(printed);
  await a.page.goto(`${server.url}/facturas`);
  await a.page
    .getByRole('row')
    .filter({ hasText: printed ?? '-' })
    .waitFor();
  await a.page.goto(`${server.url}/venta`);
  expect(await sell(a.page, ['P0004'])).toBe('00100001040000000004');
});

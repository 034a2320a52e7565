import path from 'node:path';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../kit/start-server';
import {
  acceptLoginSyncs,
  contingencies,
  enrol,
  LOGIN_DIALOGS,
  login,
  openShift,
  openSyncAll,
  runStage,
  sell,
  singleSync,
} from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(180_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
let server: TestServer;
let a: BrowserTerminal;
let b: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  a = await openBrowser(server.url);
  b = await openBrowser(server.url);
});
afterAll(async () => {
  await a?.close();
  await b?.close();
  await server?.close();
});

test('two profiles become terminals; the first login shows its three dialogs', async () => {
  await enrol(a.page, server.url, await server.newCode(), 'Caja 1');
  await login(a.page, 'cajero1', 'demo-cajero1');
  expect(await acceptLoginSyncs(a.page)).toEqual(LOGIN_DIALOGS);
  await enrol(b.page, server.url, await server.newCode(), 'Caja 2');
  await login(b.page, 'supervisora', 'demo-supervisora');
  expect(await acceptLoginSyncs(b.page)).toEqual(LOGIN_DIALOGS);
  await a.page.getByText('Todo guardado').waitFor();
});

test('with the server down both sell by keyboard, and the bar says what is pending', async () => {
  for (const terminal of [a, b]) {
    await terminal.context.setOffline(true);
    await openShift(terminal.page);
  }
  const first = await sell(a.page, ['P0001', '3*P0002']);
  const second = await sell(a.page, ['P0010']);
  const other = await sell(b.page, ['P0001']);
  expect(first).toBe('00100001040000000001');
  expect(second).toBe('00100001040000000002');
  expect(other).toBe('00100002040000000001');
  await a.page.getByText(/Pendientes: .*Facturas 2/).waitFor();
  await b.page.getByText(/Pendientes: .*Facturas 1/).waitFor();
});

test('a reload offline brings the app, the session and the pending documents back', async () => {
  await a.page.reload();
  await a.page.getByText(/Pendientes: .*Facturas 2/).waitFor();
  await a.context.setOffline(false);
  await b.context.setOffline(false);
});

test('after the single syncs "Todo" shows 0 clients and products and the right number of invoices', async () => {
  await singleSync(a.page, 'Productos');
  await singleSync(a.page, 'Clientes');
  await openSyncAll(a.page);
  const pending = [await runStage(a.page), await runStage(a.page), await runStage(a.page)];
  /* Two invoices and the cash session that was opened. */
  expect(pending).toEqual(['0', '0', '3']);
  await a.page.getByText('Todo está guardado en el servidor').waitFor();
  await a.page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await a.page.getByText('Todo guardado').waitFor();
});

test('the logout guard counts what is pending, offers to sync, and lets go when all is saved', async () => {
  await b.page.getByRole('button', { name: /Rosa/ }).click();
  await b.page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
  const guard = b.page.getByRole('dialog', { name: 'Hay documentos pendientes' });
  await guard.getByText('Facturas: 1').waitFor();
  await guard.getByRole('button', { name: 'Sincronizar Servidor (Todo)' }).click();
  for (let stage = 0; stage < 3; stage++) await runStage(b.page);
  const end = b.page.getByRole('dialog', { name: 'Sincronizar Servidor (Todo)' });
  await end.getByRole('button', { name: 'Cerrar sesión' }).click();
  await b.page.getByLabel('Usuario').waitFor();
});

test('restart and login without a connection: the dialogs say which data are used, and it sells', async () => {
  await b.restart((page) => page.context().setOffline(true));
  await login(b.page, 'supervisora', 'demo-supervisora');
  const dialog = b.page.getByRole('dialog', { name: 'Sincronización de clientes' });
  await dialog.getByText(/No hay conexión. Se usan los datos del/).waitFor();
  await acceptLoginSyncs(b.page);
  expect(await sell(b.page, ['P0003'])).toBe('00100002040000000002');
  await b.context.setOffline(false);
});

test('F14 two tabs of one terminal sell at the same time: each consecutive once, and no gap', async () => {
  const tab = await a.context.newPage();
  await tab.goto(server.url);
  const sales = async (page: Page): Promise<string[]> => {
    const taken: string[] = [];
    for (let sale = 0; sale < 4; sale++) taken.push(await sell(page, ['P0004']));
    return taken;
  };
  const taken = (await Promise.all([sales(tab), sales(a.page)])).flat();
  /* Two were sold before. */
  const expected = Array.from({ length: 8 }, (_, index) => index + 3);
  expect(taken.sort()).toEqual(
    expected.map((number) => `0010000104${String(number).padStart(10, '0')}`),
  );
  await tab.close();
});

/** Makes every answer about products slow, so that a run can be caught in the middle. */
async function slowProducts(context: BrowserTerminal['context'], ms: number): Promise<void> {
  await context.route('**/api/sync/products**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await route.continue().catch(() => undefined);
  });
}

test('a reload in the middle of a sync takes it up again, and it ends', async () => {
  await slowProducts(a.context, 1500);
  await contingencies(a.page, 'Sincronizar datos locales', 'Productos');
  /* By then the run is in the history: a reload before leaves none that was cut. */
  const asked = a.page.waitForRequest('**/api/sync/products**');
  await a.page.getByRole('button', { name: 'Sí' }).click();
  await a.page.getByText('Sincronizando…').first().waitFor();
  await asked;
  await a.page.reload();
  await a.page.getByText('Sincronización completada').waitFor();
  await a.page.getByRole('button', { name: 'Aceptar' }).click();
  await a.page.goto(`${server.url}/sincronizacion`);
  await a.page.getByText('Cancelada').first().waitFor();
});

test('F14 one sync at a time: the other tab says so', async () => {
  const tab = await a.context.newPage();
  await tab.goto(server.url);
  await contingencies(a.page, 'Sincronizar datos locales', 'Productos');
  await a.page.getByRole('button', { name: 'Sí' }).click();
  await a.page.getByText('Sincronizando…').first().waitFor();
  await contingencies(tab, 'Sincronizar datos locales', 'Clientes');
  await tab.getByRole('button', { name: 'Sí' }).click();
  await tab.getByText('Otra pestaña de este terminal está sincronizando.').waitFor();
  await tab.close();
  await a.page.getByText('Sincronización completada').waitFor();
  await a.page.getByRole('button', { name: 'Aceptar' }).click();
  await a.context.unroute('**/api/sync/products**');
});

test('Contingencias, its question and its result, by keyboard alone', async () => {
  await a.page.goto(`${server.url}/venta`);
  /* The sale takes the focus when it is there: a menu that was opened before would lose it. */
  await a.page.locator('input[role="combobox"]:focus').waitFor();
  await a.page.getByRole('button', { name: 'Facturar' }).focus();
  const { keyboard } = a.page;
  const press = async (key: string, focused: string): Promise<void> => {
    await keyboard.press(key);
    await a.page.locator('li:focus', { hasText: focused }).waitFor();
  };
  await press('Enter', 'Nueva venta');
  await press('ArrowDown', 'Facturas');
  await press('ArrowDown', 'Contingencias');
  await press('ArrowRight', 'Sincronizar datos locales');
  await press('ArrowRight', 'Productos');
  await press('ArrowLeft', 'Sincronizar datos locales');
  await press('ArrowRight', 'Productos');
  await press('ArrowDown', 'Clientes');
  await keyboard.press('Enter');
  await a.page.getByText('¿Desea sincronizar los clientes locales?').waitFor();
  await a.page.locator('button:focus', { hasText: 'Sí' }).waitFor();
  await keyboard.press('Enter');
  await a.page.getByText('Sincronización completada').waitFor();
  await a.page.locator('button:focus', { hasText: 'Aceptar' }).waitFor();
  await keyboard.press('Enter');
  await a.page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('nothing of the page is refused by its own content security policy', async () => {
  const refused: string[] = [];
  a.page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  await a.page.goto(`${server.url}/productos`);
  await a.page.getByRole('grid', { name: 'Productos' }).waitFor();
  const rows = await a.page.getByRole('row').count();
  expect(rows).toBeLessThan(60);
  expect(refused).toEqual([]);
});

import path from 'node:path';
import { changeUser } from '../kit/change-user';
import { startServer, type TestServer } from '../kit/start-server';
import {
  acceptLoginSyncs,
  editProduct,
  enrol,
  login,
  openShift,
  openSyncAll,
  sell,
  singleSync,
} from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(120_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
let server: TestServer;
let a: BrowserTerminal;
let b: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  a = await openBrowser(server.url);
  b = await openBrowser(server.url);
  await enrol(a.page, server.url, await server.newCode(), 'Caja 1');
  await login(a.page, 'supervisora', 'demo-supervisora');
  await acceptLoginSyncs(a.page);
  await enrol(b.page, server.url, await server.newCode(), 'Caja 2');
  await login(b.page, 'duena', 'demo-duena');
  await acceptLoginSyncs(b.page);
});
afterAll(async () => {
  await a?.close();
  await b?.close();
  await server?.close();
});

const priceOf = async ({ page }: BrowserTerminal, code: string): Promise<string> => {
  await page.goto(`${server.url}/productos`);
  await page.getByLabel('Buscar').fill(code);
  const cells = page.getByRole('row').filter({ hasText: code }).getByRole('gridcell');
  return ((await cells.nth(3).textContent()) ?? '').replaceAll('\u00a0', ' ');
};

test('F29 both edit different fields of one product: both changes stand, and nobody is asked', async () => {
  await editProduct(a.page, server.url, 'P0005', { 'Precio sin IVA': '5000' });
  await editProduct(b.page, server.url, 'P0005', { Notas: 'Solo por encargo' });
  await singleSync(b.page, 'Productos');
  await singleSync(a.page, 'Productos');
  await singleSync(b.page, 'Productos');
  expect(await priceOf(b, 'P0005')).toBe('₡5 000,00');
  await a.page.goto(`${server.url}/productos`);
  await a.page.getByLabel('Buscar').fill('P0005');
  await a.page.getByRole('row').filter({ hasText: 'P0005' }).click();
  await a.page.getByRole('dialog').waitFor();
  expect(await a.page.getByLabel('Notas').inputValue()).toBe('Solo por encargo');
  await a.page.keyboard.press('Escape');
  expect(await a.page.getByText(/^Conflictos: /).count()).toBe(0);
});

test('F29 both edit the same field: the conflict shows both values, and mine is applied with one click', async () => {
  await editProduct(a.page, server.url, 'P0001', { 'Precio sin IVA': '1650' });
  await editProduct(b.page, server.url, 'P0001', { 'Precio sin IVA': '1700' });
  await singleSync(b.page, 'Productos');
  await singleSync(a.page, 'Productos');
  await a.page.getByRole('link', { name: 'Conflictos: 1' }).click();
  const row = a.page.getByRole('row', { name: /^Precio sin IVA/ });
  await row.waitFor();
  const said = (await row.getByRole('cell').allTextContents()).map((text) =>
    text.replaceAll('\u00a0', ' '),
  );
  expect(said).toEqual(['Precio sin IVA', '₡1 580,00', '₡1 650,00', '₡1 700,00']);
  expect(await priceOf(a, 'P0001')).toBe('₡1 700,00');
  await a.page.goto(`${server.url}/sincronizacion`);
  await a.page.getByRole('button', { name: 'Aplicar lo mío' }).click();
  await a.page.getByText('No hay conflictos por decidir.').waitFor();
  await singleSync(a.page, 'Productos');
  await singleSync(b.page, 'Productos');
  expect(await priceOf(b, 'P0001')).toBe('₡1 650,00');
});

test('F29 keeping the server’s value changes nothing, and closes the record', async () => {
  await editProduct(a.page, server.url, 'P0002', { 'Precio sin IVA': '3100' });
  await editProduct(b.page, server.url, 'P0002', { 'Precio sin IVA': '3200' });
  await singleSync(b.page, 'Productos');
  await singleSync(a.page, 'Productos');
  await a.page.goto(`${server.url}/sincronizacion`);
  await a.page.getByRole('button', { name: 'Conservar lo del servidor' }).click();
  await a.page.getByText('No hay conflictos por decidir.').waitFor();
  expect(await priceOf(a, 'P0002')).toBe('₡3 200,00');
  await a.page.getByText('Todo guardado').waitFor();
});

test('F6 a refused product opens in its editor, prefilled; the correction goes out and the refusal is gone', async () => {
  await editProduct(a.page, server.url, 'P0010', { 'Precio sin IVA': '777' });
  await changeUser(server, 'supervisora', { role: 'cashier' });
  await singleSync(a.page, 'Productos');
  await a.page.getByRole('link', { name: 'Rechazados: 1' }).click();
  await a.page.getByText('El rol de quien lo hizo no lo permite.').waitFor();
  await a.page.getByRole('button', { name: 'Corregir y enviar de nuevo' }).click();
  const editor = a.page.getByRole('dialog', { name: 'Corregir y enviar de nuevo' });
  expect(await editor.getByLabel('Precio sin IVA').inputValue()).toBe('777,00');
  await editor.getByLabel('Precio sin IVA').fill('778');
  await changeUser(server, 'supervisora', { role: 'supervisor' });
  await editor.getByRole('button', { name: 'Corregir y enviar de nuevo' }).click();
  await a.page.getByText('¿Desea sincronizar los productos locales?').waitFor();
  await a.page.getByRole('button', { name: 'Sí' }).click();
  await a.page.getByText('Sincronización completada').waitFor();
  await a.page.getByRole('button', { name: 'Aceptar' }).click();
  await a.page.getByText('No hay documentos rechazados.').waitFor();
  await a.page.getByText('Todo guardado').waitFor();
});

test('F26 what is oversold reaches the owner as an alert in words, on the bar, in the list and on the invoice', async () => {
  await a.page.goto(`${server.url}/venta`);
  await openShift(a.page);
  const consecutive = await sell(a.page, ['999*P0020']);
  await openSyncAll(a.page);
  for (const stage of [0, 1, 2]) {
    if (stage === 2) {
      await a.page.getByRole('button', { name: 'Sincronizar', exact: true }).click();
      await a.page.getByText('Sincronización completada').waitFor();
    }
    await a.page.getByRole('button', { name: 'Continuar' }).click();
  }
  await a.page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  /* The terminal that issued it hears of it in the very run that sent it. */
  await a.page.goto(`${server.url}/facturas`);
  await a.page.getByRole('row').filter({ hasText: consecutive }).getByText('Alerta').waitFor();
  await openSyncAll(b.page);
  await b.page.getByRole('button', { name: 'Continuar' }).click();
  await b.page.getByRole('button', { name: 'Continuar' }).click();
  await b.page.getByRole('button', { name: 'Sincronizar', exact: true }).click();
  await b.page.getByText('Sincronización completada').waitFor();
  await b.page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await b.page.getByRole('link', { name: 'Alertas: 1' }).waitFor();
  await b.page.goto(`${server.url}/facturas`);
  await b.page.getByLabel('Solo con alertas').click();
  const row = b.page.getByRole('row').filter({ hasText: consecutive });
  await row.getByText('Alerta').waitFor();
  await row.click();
  await b.page.getByText('Se vendió más de lo que había').waitFor();
  await b.page.getByText(/Cuente el producto y corrija/).waitFor();
  await b.page.getByRole('button', { name: 'Atendida' }).click();
  await b.page.getByRole('link', { name: 'Alertas: 1' }).waitFor({ state: 'detached' });
});

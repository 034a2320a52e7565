import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../kit/start-server';
import { acceptLoginSyncs, enrol, login, openShift, sell, singleSync } from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(180_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
const pictures = process.env['PICTURES_DIR'];
let server: TestServer;
let office: BrowserTerminal;
let desk: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  const dark = process.env['PICTURES_DARK'] === '1';
  [office, desk] = [
    await openBrowser(server.url, { dark }),
    await openBrowser(server.url, { dark }),
  ];
});
afterAll(async () => {
  await desk?.close();
  await office?.close();
  await server?.close();
});

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

test('T70 P123 the owner sees by keyboard what another terminal has pending, and that it sold more than there was', async () => {
  await enrol(office.page, server.url, await server.newCode(), 'Oficina');
  await login(office.page, 'duena', 'demo-duena');
  await acceptLoginSyncs(office.page);
  await enrol(desk.page, server.url, await server.newCode(), 'Caja 2');
  await login(desk.page, 'supervisora', 'demo-supervisora');
  await acceptLoginSyncs(desk.page);
  await openShift(desk.page);
  await sell(desk.page, ['500*P0003', 'P0001']);
  await sell(desk.page, ['P0004']);
  const reported = desk.page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/terminals/self/report') && response.status() === 204,
  );
  await singleSync(desk.page, 'Clientes');
  await reported;

  const { page } = office;
  await page.getByRole('button', { name: 'Sucursal' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Estado de los terminales' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Estado de los terminales' }).waitFor();
  const caja = page.getByRole('row', { name: /Caja 2/ });
  await caja.getByText('Facturas: 2 · Cajas: 1').waitFor();
  expect(await caja.textContent()).toContain('Informado ahora mismo');
  await picture(page, 'fleet-pending');

  const { page: sold } = desk;
  await sold.getByRole('button', { name: 'Facturar' }).click();
  await sold.getByRole('menuitem', { name: 'Contingencias' }).click();
  await sold.getByRole('menuitem', { name: 'Sincronizar Servidor (Todo)' }).click();
  await sold.getByRole('button', { name: 'Sí' }).click();
  await sold.getByRole('button', { name: 'Continuar' }).click();
  await sold.getByRole('button', { name: 'Continuar' }).click();
  const again = sold.waitForResponse((response) => response.url().endsWith('/self/report'));
  await sold.getByRole('button', { name: 'Sincronizar', exact: true }).click();
  await again;
  await page.getByRole('button', { name: 'Actualizar' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/Productos con existencia negativa: 1/).waitFor();
  expect(await caja.textContent()).toContain('0Informado');
  await page.getByRole('img', { name: /^Ventas por hora.*: 2 en total/ }).waitFor();
  await picture(page, 'fleet-sold');
  await page.getByText('Ver como tabla').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: 'El día, hora por hora' }).waitFor();
  await picture(page, 'fleet-table');
});

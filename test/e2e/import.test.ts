import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startServer, type TestServer } from '../kit/start-server';
import { acceptLoginSyncs, enrol, login } from './desk-steps';
import { CLIENTS_FILE, PRODUCTS_FILE } from './import-files';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(120_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
let server: TestServer;
let terminal: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  terminal = await openBrowser(server.url);
  terminal.page.setDefaultTimeout(20_000);
  await enrol(terminal.page, server.url, await server.newCode(), 'Caja 1');
  await login(terminal.page, 'duena', 'demo-duena');
  await acceptLoginSyncs(terminal.page);
});
afterAll(async () => {
  await terminal?.close();
  await server?.close();
});

test('the owner chooses files, sees what is refused and why, imports, and receives the products', async () => {
  const { page } = terminal;
  const refusedByPolicy: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refusedByPolicy.push(message.text());
  });
  await page.getByRole('button', { name: 'Sucursal' }).click();
  await page.getByRole('menuitem', { name: 'Importar' }).click();
  await page.getByText('Archivos que se entienden').waitFor();
  await page.getByTestId('files').setInputFiles([PRODUCTS_FILE, CLIENTS_FILE]);
  await page.getByRole('button', { name: /productos.csv.*Listo para importar/ }).waitFor();

  const refused = page.getByRole('grid', { name: 'Rechazadas' });
  expect(await refused.getByRole('row').count()).toBe(8);
  await refused
    .getByRole('row', { name: /^5 código de barras 2990000000012 El dígito verificador/ })
    .waitFor();
  await page.getByText('Columnas que no se usan: proveedor.').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Descargar rechazadas' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('productos-rechazadas.csv');
  const rows = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(rows).toHaveLength(8);
  expect(rows[1]).toBe('4,precio,0,BAD_PRICE,El precio no es un número mayor que cero.');

  await page.getByRole('tab', { name: 'Aceptadas (las primeras 3)' }).click();
  await page.getByRole('row', { name: /I001 Café de altura 500 g.*₡3.450,00/ }).waitFor();

  await page.getByRole('button', { name: 'Importar', exact: true }).click();
  await page.getByText('La importación terminó').waitFor();
  await page
    .getByText(
      'Productos: nuevos 3, cambiados 0, iguales 0 · Clientes: nuevos 2, cambiados 0, iguales 0 · Existencias iniciales: 2',
    )
    .waitFor();

  await page.getByRole('button', { name: 'Sincronizar productos' }).click();
  await page.getByRole('button', { name: 'Sí' }).click();
  await page.getByText('Sincronización completada').waitFor();
  await page.getByRole('button', { name: 'Aceptar' }).click();
  await page.getByRole('link', { name: 'Productos', exact: true }).click();
  await page.getByLabel('Buscar').fill('I001');
  await page.getByRole('row', { name: /I001 Café de altura 500 g.* 24 / }).waitFor();
  expect(refusedByPolicy).toEqual([]);
});

test('without a connection files are read and looked at, and importing says what it needs', async () => {
  const { page, context } = terminal;
  await page.getByRole('button', { name: 'Sucursal' }).click();
  await page.getByRole('menuitem', { name: 'Importar' }).click();
  await page.getByRole('button', { name: 'Quitar archivos' }).click();
  await context.setOffline(true);
  await page.getByText(/No hay conexión con el servidor. Puede elegir y revisar/).waitFor();
  await page.getByTestId('files').setInputFiles([PRODUCTS_FILE]);
  await page.getByRole('button', { name: /productos.csv.*Listo para importar/ }).waitFor();
  expect(await page.getByRole('button', { name: 'Importar', exact: true }).isDisabled()).toBe(true);
  await context.setOffline(false);
  await page.locator('button:enabled', { hasText: /^Importar$/ }).waitFor();
});

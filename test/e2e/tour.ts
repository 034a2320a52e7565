import path from 'node:path';
import { changeUser } from '../kit/change-user';
import { startServer } from '../kit/start-server';
import {
  acceptLoginSyncs,
  contingencies,
  editProduct,
  enrol,
  holdRequests,
  login,
  openShift,
  openSyncAll,
  runStage,
  scan,
  sell,
  singleSync,
} from './desk-steps';
import { IMPORT_FILES } from './import-files';
import { type BrowserTerminal, openBrowser } from './open-browser';
import type { Shoot } from './picture-taker';

/** What one part of the tour works with. */
interface Tour {
  url: string;
  newCode: () => Promise<string>;
  changeUser: (userName: string, role: 'qa' | 'supervisor') => Promise<void>;
  /** The owner's terminal, and a supervisor's. */
  a: BrowserTerminal;
  b: BrowserTerminal;
  shoot: Shoot;
}

/** Walks through every screen and state of the desk, with two terminals, and takes a picture of each. */
export async function tour(shoot: Shoot): Promise<void> {
  const server = await startServer({ clientDir: path.resolve('dist/client') });
  const { url, newCode } = server;
  const [a, b] = [await openBrowser(url), await openBrowser(url)];
  const context: Tour = {
    url,
    newCode,
    changeUser: (userName, role) => changeUser(server, userName, { role }),
    a,
    b,
    shoot,
  };
  try {
    await door(context);
    await selling(context);
    await lists(context);
    await importing(context);
    await syncing(context);
    await attention(context);
    await leaving(context);
  } finally {
    await a.close();
    await b.close();
    await server.close();
  }
}

async function door({ url, newCode, a: { page, context }, shoot }: Tour): Promise<void> {
  const trial = await openBrowser(url, { keepsData: false });
  await trial.page.goto(`${url}/?codigo=${await newCode()}`);
  await shoot(trial.page, 'enrol');
  await trial.page.getByRole('button', { name: 'Inscribir' }).click();
  await trial.page.getByRole('button', { name: 'Inscribir solo para probar' }).waitFor();
  await shoot(trial.page, 'enrol-refused');
  await trial.page.getByRole('button', { name: 'Inscribir solo para probar' }).click();
  await trial.page.getByLabel('Usuario').waitFor();
  await shoot(trial.page, 'login-trial');
  await trial.close();

  await enrol(page, url, await newCode(), 'Caja 1');
  await shoot(page, 'login');
  await login(page, 'duena', 'mal');
  await page.getByRole('alert').waitFor();
  await shoot(page, 'login-wrong');
  const release = await holdRequests(context, '**/api/sync/clients**');
  await login(page, 'duena', 'demo-duena');
  await page.getByText('Sincronizando…').first().waitFor();
  await shoot(page, 'login-running');
  await release();
  await page.getByText('Sincronización completada').waitFor();
  await shoot(page, 'login-sync');
  await acceptLoginSyncs(page);
}

async function selling({ a: { page }, shoot }: Tour): Promise<void> {
  await shoot(page, 'sale-empty');
  await openShift(page);
  await sell(page, ['P0001', '2*P0050', 'P0120']);
  for (const code of ['P0001', '3*P0021', '0,75*P0396', 'P0082']) await scan(page, code);
  await shoot(page, 'sale');
  await page.keyboard.type('queso');
  await shoot(page, 'sale-search');
  await page.keyboard.press('Escape');
  await page.keyboard.type('zzz');
  await page.keyboard.press('Enter');
  await page.getByText('No hay un producto con').waitFor();
  await shoot(page, 'sale-not-found');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F3');
  await page.keyboard.type('a');
  await page.getByRole('option').first().waitFor();
  await shoot(page, 'sale-client');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('F10');
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'payment');
  await page.keyboard.type('100');
  await shoot(page, 'payment-missing');
  await page.keyboard.press('F8');
  await page.keyboard.press('Enter');
  await page.getByText('Documento emitido').waitFor();
  await shoot(page, 'issued');
  await page.getByRole('button', { name: 'Nueva venta' }).click();
  for (let i = 1; i <= 14; i++) await scan(page, `P${String(100 + i).padStart(4, '0')}`);
  await shoot(page, 'sale-long');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: 'Retomar' }).waitFor();
  await shoot(page, 'parked');
  await page.keyboard.press('Escape');
  await sell(page, ['500*P0003']);
  await page.getByRole('button', { name: 'Facturar' }).click();
  await page.getByRole('menuitem', { name: 'Contingencias' }).click();
  await page.getByRole('menuitem', { name: 'Sincronizar datos locales' }).click();
  await shoot(page, 'menu');
  await page.reload();
}

async function lists({ url, a: { page }, shoot }: Tour): Promise<void> {
  const open = async (address: string): Promise<void> => {
    await page.goto(`${url}${address}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  await open('/facturas');
  await page.getByRole('row').nth(2).waitFor();
  await shoot(page, 'invoices');
  await page.getByLabel('Buscar').fill('nadie');
  await page.getByText('Nada coincide').waitFor();
  await shoot(page, 'invoices-none');
  await page.getByLabel('Buscar').fill('');
  await page.getByRole('row').nth(2).click();
  await page.getByTestId('receipt').waitFor();
  await shoot(page, 'invoice');
  await page.getByRole('button', { name: 'Nota de crédito' }).click();
  await shoot(page, 'credit-note');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Nota de débito' }).click();
  await page.getByLabel('Monto sin IVA').fill('250');
  await page.getByLabel('Motivo').fill('Precio mal marcado');
  await shoot(page, 'debit-note');
  await page.getByRole('button', { name: 'Emitir' }).click();
  await page.getByRole('button', { name: 'Documento original' }).waitFor();
  await shoot(page, 'invoice-note');
  await open('/productos');
  await shoot(page, 'products');
  await page.getByRole('row').nth(3).click();
  await shoot(page, 'product');
  await page.getByRole('button', { name: 'Ajustar existencia' }).click();
  await shoot(page, 'adjust');
  await page.keyboard.press('Escape');
  await open('/clientes');
  await shoot(page, 'clients');
  await page.getByRole('row').nth(2).click();
  await shoot(page, 'client');
  await open('/caja');
  await page.getByLabel('Efectivo contado').fill('30000');
  await shoot(page, 'shift');
  await open('/terminales');
  await page.getByRole('button', { name: 'Nuevo código' }).click();
  await page.getByText('Sirve una vez').waitFor();
  await shoot(page, 'terminals');
  await page.getByRole('button', { name: 'Revocar' }).first().click();
  await shoot(page, 'revoke');
  await page.keyboard.press('Escape');
}

async function importing({ url, a: { page }, shoot }: Tour): Promise<void> {
  await page.goto(`${url}/importar`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await shoot(page, 'import');
  await page.getByTestId('files').setInputFiles(IMPORT_FILES);
  await page.getByText('Listo para importar').first().waitFor();
  await shoot(page, 'import-preview');
  await page.getByRole('tab', { name: /Aceptadas/ }).click();
  await shoot(page, 'import-accepted');
  await page.getByRole('button', { name: /hoja.xlsx/ }).click();
  await shoot(page, 'import-unreadable');
  await page.getByRole('button', { name: /catalogo.csv/ }).click();
  await page.getByLabel('Precio sin IVA de los productos nuevos del catálogo').fill('1 500');
  await page.getByRole('button', { name: /catalogo.csv.*Listo/ }).waitFor();
  await shoot(page, 'import-price');
  await page.getByRole('button', { name: /productos.csv/ }).click();
  await page.getByRole('button', { name: 'Importar', exact: true }).click();
  await page.getByText('La importación terminó').waitFor();
  await shoot(page, 'import-done');
  await page.goto(`${url}/productos`);
}

async function syncing({ a: { page, context }, url, shoot }: Tour): Promise<void> {
  await page.goto(`${url}/venta`);
  await contingencies(page, 'Sincronizar datos locales', 'Productos');
  await shoot(page, 'confirm-products');
  await page.getByRole('button', { name: 'Sí' }).click();
  await page.getByText('Sincronización completada').waitFor();
  await shoot(page, 'single-done');
  await page.getByRole('button', { name: 'Aceptar' }).click();
  await contingencies(page, 'Sincronizar Servidor (Todo)');
  await shoot(page, 'confirm');
  await page.getByRole('button', { name: 'Sí' }).click();
  await shoot(page, 'stage-1-before');
  await page.getByRole('button', { name: 'Continuar' }).click();
  await runStage(page);
  await shoot(page, 'stage-3-before');
  const release = await holdRequests(context, '**/api/sync/invoices**');
  const synchronize = page.getByRole('button', { name: 'Sincronizar', exact: true });
  await synchronize.click();
  await page.getByRole('button', { name: 'Cancelar' }).waitFor();
  await shoot(page, 'stage-3-running');
  await release();
  await page.getByText('Revise los datos').waitFor();
  await shoot(page, 'stage-3');
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByText('Todo está guardado en el servidor').waitFor();
  await shoot(page, 'all-saved');
  await page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await context.setOffline(true);
  await openSyncAll(page);
  await synchronize.click();
  await page.getByText('No hay conexión').first().waitFor();
  await shoot(page, 'stage-offline');
  await page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await context.setOffline(false);
}

/** A conflict, two kinds of refusal and an alert, as two terminals make them. */
async function attention(tour: Tour): Promise<void> {
  const { url, newCode, a, b, shoot } = tour;
  await enrol(b.page, url, await newCode(), 'Caja 2');
  await login(b.page, 'supervisora', 'demo-supervisora');
  await acceptLoginSyncs(b.page);
  await editProduct(b.page, url, 'P0001', {
    'Precio sin IVA': '1700',
    Notas: 'Del otro proveedor',
  });
  await singleSync(b.page, 'Productos');
  await editProduct(a.page, url, 'P0001', { 'Precio sin IVA': '1650', Notas: 'Subió en marzo' });
  await singleSync(a.page, 'Productos');
  await b.page.goto(`${url}/venta`);
  await openShift(b.page);
  await sell(b.page, ['P0004']);
  await editProduct(b.page, url, 'P0005', { 'Precio sin IVA': '990' });
  await tour.changeUser('supervisora', 'qa');
  await openSyncAll(b.page);
  await b.page.getByRole('button', { name: 'Continuar' }).click();
  for (const last of [false, true]) {
    await b.page.getByRole('button', { name: 'Sincronizar', exact: true }).click();
    await b.page.getByText('véalos en la página').waitFor();
    if (last) await shoot(b.page, 'stage-rejected');
    else await b.page.getByRole('button', { name: 'Continuar' }).click();
  }
  await b.page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await b.page.goto(`${url}/sincronizacion`);
  await b.page.getByText('Un documento emitido no se corrige').waitFor();
  await shoot(b.page, 'sync-page-rejected');
  await b.page.getByRole('button', { name: 'Corregir y enviar de nuevo' }).click();
  await b.page.getByRole('dialog').waitFor();
  await shoot(b.page, 'correct');
  await b.page.keyboard.press('Escape');
  await tour.changeUser('supervisora', 'supervisor');
  await a.page.goto(`${url}/sincronizacion`);
  await a.page.getByText('Se vendió más de lo que había').waitFor();
  await shoot(a.page, 'sync-page');
  await a.page.getByRole('button', { name: 'Comparar con el servidor' }).click();
  await a.page.getByRole('button', { name: 'Comparar con el servidor' }).waitFor();
  await a.page.getByRole('heading', { name: 'Historial' }).scrollIntoViewIfNeeded();
  await a.page.evaluate(() => document.querySelector('main')?.scrollTo(0, 1e6));
  await shoot(a.page, 'sync-page-end');
  await a.page.goto(`${url}/facturas`);
  await a.page.getByText('Alerta', { exact: true }).first().click();
  await a.page.getByText('Qué hacer').waitFor();
  await shoot(a.page, 'invoice-alert');
  await a.page.goto(`${url}/estado`);
  await a.page.getByText('documentos rechazados por el servidor').waitFor();
  await shoot(a.page, 'fleet');
  await a.page.getByText('Ver como tabla').click();
  await a.page.evaluate(() => document.querySelector('main')?.scrollTo(0, 1e6));
  await shoot(a.page, 'fleet-end');
}

async function leaving({ url, a, b, shoot }: Tour): Promise<void> {
  /* The server's clock against this machine's, as a terminal with a wrong clock sees it. */
  await a.context.route('**/health/live', (route) =>
    route.fulfill({ status: 200, headers: { date: 'Thu, 01 Jan 2026 00:00:00 GMT' }, body: '{}' }),
  );
  await a.page.goto(`${url}/venta`);
  await a.page.getByText(/El reloj de este equipo/).waitFor();
  await sell(a.page, ['P0010']);
  await shoot(a.page, 'status-crowded');
  await a.page.getByRole('button', { name: /Elena/ }).click();
  await a.page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
  await a.page.getByRole('dialog', { name: 'Hay documentos pendientes' }).waitFor();
  await shoot(a.page, 'guard');
  await a.page.getByRole('button', { name: 'Cerrar sesión de todos modos' }).click();
  await a.page.getByLabel('Usuario').waitFor();
  await a.context.unroute('**/health/live');
  await a.context.setOffline(true);
  await a.page.reload();
  await a.page.getByText('No hay conexión').first().waitFor();
  await shoot(a.page, 'login-no-connection');
  await login(a.page, 'cajero1', 'demo-cajero1');
  await a.page.getByText(/Se usan los datos del/).waitFor();
  await shoot(a.page, 'login-offline');
  await acceptLoginSyncs(a.page);
  await shoot(a.page, 'sale-cashier');
  await a.page.goto(`${url}/productos`);
  await a.page.getByRole('row').nth(3).click();
  await shoot(a.page, 'product-cashier');
  await b.context.clearCookies({ name: /session/i });
  await b.page.goto(`${url}/venta`);
  await contingencies(b.page, 'Sincronizar datos locales', 'Clientes');
  await b.page.getByRole('button', { name: 'Sí' }).click();
  await b.page.getByRole('dialog', { name: 'La sesión venció' }).waitFor();
  await shoot(b.page, 'password');
}

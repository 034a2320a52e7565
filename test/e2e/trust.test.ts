import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../kit/start-server';
import {
  acceptLoginSyncs,
  editProduct,
  enrol,
  login,
  logout,
  openShift,
  openSyncAll,
  runStage,
  scan,
  sell,
} from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(180_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
const pictures = process.env['PICTURES_DIR'];
let server: TestServer;
let desk: BrowserTerminal;
let office: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  office = await openBrowser(server.url, { dark: process.env['PICTURES_DARK'] === '1' });
  await enrol(office.page, server.url, await server.newCode(), 'Oficina');
  /* The server has to have seen the password of whoever approves later. */
  await login(office.page, 'supervisora', 'demo-supervisora');
  await acceptLoginSyncs(office.page);
  desk = await openBrowser(server.url, { dark: process.env['PICTURES_DARK'] === '1' });
  await enrol(desk.page, server.url, await server.newCode(), 'Caja 1');
  await login(desk.page, 'cajero1', 'demo-cajero1');
  await acceptLoginSyncs(desk.page);
});
afterAll(async () => {
  await desk?.close();
  await office?.close();
  await server?.close();
});

async function storePage(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sucursal' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}
async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

test('P76 without a connection a cashier gives a large discount with a supervisor’s approval; the server takes it', async () => {
  const { page, context } = desk;
  await openShift(page);
  await context.setOffline(true);
  await scan(page, 'P0001');
  await page.locator('#discount-0').fill('25');
  await page.locator('#discount-0').press('Enter');
  await page.getByText('Requiere autorización').waitFor();
  await picture(page, 'sale-needs-approval');
  await page.keyboard.press('F10');
  const approval = page.getByRole('dialog', { name: 'Autorización' });
  await approval.getByText('Descuento mayor que 10 %').waitFor();
  await approval.getByLabel('Usuario de quien autoriza').fill('supervisora');
  await approval.getByLabel('Contraseña de quien autoriza').fill('no es esta');
  await page.keyboard.press('Enter');
  await approval.getByText('No se autorizó').waitFor();
  await picture(page, 'approval-refused');
  await approval.getByLabel('Contraseña de quien autoriza').fill('demo-supervisora');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /^Cobrar/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Documento emitido' }).waitFor();
  await page.getByRole('button', { name: 'Nueva venta' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await context.setOffline(false);
  await openSyncAll(page);
  for (let stage = 0; stage < 3; stage++) await runStage(page);
  await picture(page, 'all-saved');
  const [stored] = (
    await server.context.store.scope(server.storeId).documents.page('invoices', 0, 10)
  ).documents;
  expect(JSON.parse(stored?.json ?? '{}')).toMatchObject({
    approvals: [{ permission: 'discountAboveLimit', userName: 'Rosa (supervisora)' }],
    flags: [],
  });
});

test('P70 at the other terminal a supervisor corrects that sale and a price by herself, and sees none of the owner’s pages', async () => {
  const { page } = office;
  expect(await page.getByRole('button', { name: 'Sucursal' }).count()).toBe(0);
  await page.goto(`${server.url}/usuarios`);
  await openShift(page);
  expect(await page.getByRole('heading', { name: 'Usuarios' }).count()).toBe(0);
  await openSyncAll(page);
  for (let stage = 0; stage < 3; stage++) await runStage(page);
  await page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.goto(`${server.url}/facturas`);
  await page.getByRole('row').nth(1).click();
  await page.getByRole('button', { name: 'Nota de crédito' }).click();
  const note = page.getByRole('dialog', { name: 'Nota de crédito' });
  expect(await note.getByLabel('Usuario de quien autoriza').count()).toBe(0);
  await note.getByLabel('Motivo').fill('Venía abierto');
  await note.getByRole('button', { name: 'Emitir' }).click();
  await note.waitFor({ state: 'detached' });
  await picture(page, 'supervisor-note');
  await editProduct(page, server.url, 'P0003', { 'Precio sin IVA': '4321' });
  await openSyncAll(page);
  for (let stage = 0; stage < 3; stage++) await runStage(page);
  await page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const scope = server.context.store.scope(server.storeId);
  const issued = (await scope.documents.page('invoices', 0, 10)).documents.map(
    ({ json }) => JSON.parse(json) as { type: string; approvals: unknown[] },
  );
  expect(issued.filter(({ type }) => type === '03')).toMatchObject([{ approvals: [] }]);
  await logout(page, /Rosa/);
  await login(page, 'duena', 'demo-duena');
  await acceptLoginSyncs(page);
});

test('P72 P75 the owner sees the approval in the log, exports it, and has the chains verified', async () => {
  const { page } = office;
  await storePage(page, 'Auditoría');
  await page.getByRole('row', { name: /Rosa \(supervisora\) Autorización 2 · Caja 1/ }).waitFor();
  await picture(page, 'audit');
  await page.getByLabel('Acción').click();
  await page.getByRole('option', { name: 'Autorización', exact: true }).click();
  await page.getByRole('row', { name: /permiso: descuento mayor que el límite/ }).waitFor();
  expect(await page.getByRole('row', { name: /Inicio de sesión/ }).count()).toBe(0);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Exportar CSV' }).click(),
  ]);
  const rows = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatch(/Rosa \(supervisora\),Autorización,2 · Caja 1,/);

  await storePage(page, 'Verificación');
  await page.getByRole('button', { name: 'Verificar ahora' }).click();
  await page.getByText(/Todas las cadenas están íntegras/).waitFor();
  await page.getByRole('row', { name: /2 · Caja 1 1 1 ….{12} Íntegra/ }).waitFor();
  await picture(page, 'verification');
});

test('P73 the owner makes a user, who logs in; deactivates that user, who does not; offline the screen says what it needs', async () => {
  const { page, context } = office;
  await storePage(page, 'Usuarios');
  await page.getByRole('button', { name: 'Usuario nuevo' }).click();
  const form = page.getByRole('dialog', { name: 'Usuario nuevo' });
  await form.getByLabel('Usuario').fill('cajera3');
  await form.getByLabel('Nombre').fill('Inés (caja 3)');
  await picture(page, 'user-new');
  await form.getByRole('button', { name: 'Guardar' }).click();
  await form.waitFor({ state: 'detached' });
  const told = page.getByRole('alert').filter({ hasText: 'Contraseña de Inés' });
  const password = /[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}/.exec(
    (await told.textContent()) ?? '',
  )?.[0];
  expect(password).toBeDefined();
  await picture(page, 'users');

  await desk.page
    .getByRole('button', { name: /Cerrar$|Aceptar|Cerrar ventana/ })
    .last()
    .click();
  await logout(desk.page, /Marco/);
  await login(desk.page, 'cajera3', password ?? '');
  await acceptLoginSyncs(desk.page);

  const row = page.getByRole('row', { name: /cajera3/ });
  await row.getByRole('button', { name: 'Desactivar' }).click();
  await picture(page, 'user-deactivate');
  await page.getByRole('button', { name: 'Sí' }).click();
  await row.getByText('Inactivo').waitFor();
  await logout(desk.page, /Inés/);
  await login(desk.page, 'cajera3', password ?? '');
  await desk.page.getByRole('alert').waitFor();

  await context.setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await page.getByText('Para ver y cambiar usuarios se necesita conexión.').waitFor();
  await picture(page, 'users-offline');
  await context.setOffline(false);
});

test('F22 the owner revokes the desk between two sales: the second one stays there, is kept aside, and everybody is told', async () => {
  const { page } = desk;
  await page.reload();
  await login(page, 'cajero1', 'demo-cajero1');
  await acceptLoginSyncs(page);
  await sell(page, ['P0002']);

  await office.page.reload();
  await storePage(office.page, 'Terminales');
  const row = office.page.getByRole('row', { name: /Caja 1/ });
  await row.getByRole('button', { name: 'Revocar' }).click();
  await office.page.getByRole('button', { name: 'Sí' }).click();
  await row.getByText('Revocado').waitFor();

  await openSyncAll(page);
  const window = page.getByRole('dialog', { name: 'Sincronizar Servidor (Todo)' });
  await window.getByRole('button', { name: 'Sincronizar', exact: true }).click();
  await window.getByText('Este terminal fue revocado').waitFor();
  await picture(page, 'revoked');
  const scope = server.context.store.scope(server.storeId);
  expect((await scope.documents.page('invoices', 0, 10)).documents).toHaveLength(2);
  const [kept] = await scope.journal.keptAside();
  expect(kept?.collection).toBe('invoices');

  await storePage(office.page, 'Auditoría');
  await office.page.getByRole('row', { name: /Envío de terminal revocado/ }).waitFor();
  await office.page
    .getByRole('row', { name: /Terminal revocado/ })
    .first()
    .waitFor();
  await picture(office.page, 'audit-revoked');
});

test('F22 the terminal that was not revoked goes on: its cashier sells, syncs, and is saved', async () => {
  const { page } = office;
  await logout(page, /Elena|Dueña|dueña/);
  await login(page, 'cajero2', 'demo-cajero2');
  await acceptLoginSyncs(page);
  const consecutive = await sell(page, ['P0003']);
  await openSyncAll(page);
  for (let stage = 0; stage < 3; stage++) await runStage(page);
  await picture(page, 'goes-on');
  const scope = server.context.store.scope(server.storeId);
  const issued = (await scope.documents.page('invoices', 0, 10)).documents.map(
    ({ json }) => JSON.parse(json) as { consecutive: string; lines: { unitPrice: number }[] },
  );
  /* For what the supervisor made it cost. */
  expect(issued.find((invoice) => invoice.consecutive === consecutive)?.lines).toMatchObject([
    { unitPrice: 432_100 },
  ]);
});

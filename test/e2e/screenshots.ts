import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../kit/start-server';
import { acceptLoginSyncs, contingencies, enrol, login, openShift, sell } from './desk-steps';
import { openBrowser } from './open-browser';

/* npm run screenshots [-- FOLDER [--dark] [--large]]: every screen as a picture; the README shows two of them. */
const folder = path.resolve(process.argv[2] ?? 'test/e2e/pictures');
const dark = process.argv.includes('--dark');
const viewport = process.argv.includes('--large')
  ? { width: 1920, height: 1080 }
  : { width: 1366, height: 768 };
mkdirSync(folder, { recursive: true });

const server = await startServer({ clientDir: path.resolve('dist/client') });
const terminal = await openBrowser(server.url, { viewport, dark });
const { page } = terminal;
page.setDefaultTimeout(15_000);
const shoot = async (name: string): Promise<void> => {
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
};

try {
  await page.goto(`${server.url}/?codigo=${await server.newCode()}`);
  await shoot('enrol');
  await enrol(page, server.url, await server.newCode(), 'Caja 1');
  await shoot('login');
  await login(page, 'duena', 'demo-duena');
  await page.getByRole('button', { name: 'Aceptar' }).waitFor();
  await shoot('login-sync');
  await acceptLoginSyncs(page);
  await shoot('sale-empty');
  await openShift(page);
  await sell(page, ['P0001', '2*P0050', 'P0120']);
  await page.getByRole('combobox', { name: 'Código, código de barras o palabras' }).focus();
  for (const code of ['P0001', '3*P0021', '0,75*P0490', 'P0210']) {
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(150);
  }
  await shoot('sale');
  await page.keyboard.type('queso');
  await shoot('sale-search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F10');
  await page.getByRole('dialog').waitFor();
  await shoot('payment');
  await page.keyboard.press('Enter');
  await page.getByText('Documento emitido').waitFor();
  await shoot('issued');
  await page.getByRole('button', { name: 'Nueva venta' }).click();
  await page.getByRole('button', { name: 'Facturar' }).click();
  await page.getByRole('menuitem', { name: 'Contingencias' }).click();
  await page.getByRole('menuitem', { name: 'Sincronizar datos locales' }).click();
  await shoot('menu');
  await page.keyboard.press('Escape');
  await page.reload();
  for (const [name, address] of [
    ['invoices', '/facturas'],
    ['products', '/productos'],
    ['clients', '/clientes'],
    ['shift', '/caja'],
    ['terminals', '/terminales'],
    ['sync-page', '/sincronizacion'],
  ] as const) {
    await page.goto(`${server.url}${address}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shoot(name);
  }
  await page.goto(`${server.url}/facturas`);
  await page.getByRole('row').nth(1).click();
  await page.getByText('Clave').waitFor();
  await shoot('invoice');
  await page.goto(`${server.url}/productos`);
  await page.getByRole('row').nth(3).click();
  await shoot('product');
  await page.keyboard.press('Escape');
  await contingencies(page, 'Sincronizar Servidor (Todo)');
  await shoot('confirm');
  await page.getByRole('button', { name: 'Sí' }).click();
  for (let stage = 0; stage < 3; stage++) {
    await page.getByRole('button', { name: 'Sincronizar', exact: true }).click();
    await page.getByText('Revise los datos').waitFor();
    await shoot(`stage-${stage + 1}`);
    await page.getByRole('button', { name: 'Continuar' }).click();
  }
  await shoot('all-saved');
} finally {
  await terminal.close();
  await server.close();
}

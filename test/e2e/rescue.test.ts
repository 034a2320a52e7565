import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../kit/start-server';
import {
  acceptLoginSyncs,
  enrol,
  login,
  openShift,
  openSyncAll,
  runStage,
  sell,
} from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(240_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
let server: TestServer;
let stuck: BrowserTerminal;
let helper: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  [stuck, helper] = [await openBrowser(server.url), await openBrowser(server.url)];
  await enrol(stuck.page, server.url, await server.newCode(), 'Caja del fondo');
  await login(stuck.page, 'cajero1', 'demo-cajero1');
  await acceptLoginSyncs(stuck.page);
  await enrol(helper.page, server.url, await server.newCode(), 'Oficina');
  await login(helper.page, 'supervisora', 'demo-supervisora');
  await acceptLoginSyncs(helper.page);
});
afterAll(async () => {
  await stuck?.close();
  await helper?.close();
  await server?.close();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['RESCUE_DIR'];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
};
const toSyncPage = (page: Page) => page.getByRole('link', { name: 'Sincronización' }).click();
const invoices = async (): Promise<string[]> => {
  const { documents } = server.context.store.scope(server.storeId);
  const page = await documents.page('invoices', 0, 100);
  return page.documents.map(
    ({ json }) => (JSON.parse(json) as { consecutive: string }).consecutive,
  );
};

test('T40 P80 sold where the server cannot be reached, brought in elsewhere, then synced: everything once', async () => {
  await stuck.page.goto(`${server.url}/venta`);
  await openShift(stuck.page);
  await stuck.context.setOffline(true);
  const sold = [await sell(stuck.page, ['P0001']), await sell(stuck.page, ['P0002', 'P0003'])];
  await toSyncPage(stuck.page);
  await stuck.page.getByRole('button', { name: 'Guardar pendientes en un archivo' }).click();
  const making = stuck.page.getByRole('dialog', { name: 'Guardar pendientes en un archivo' });
  await picture(stuck.page, 'export-1');
  const download = stuck.page.waitForEvent('download');
  await making.getByRole('button', { name: 'Guardar archivo' }).click();
  const file = await (await download).path();
  const key = (await making.getByTestId('rescue-key').textContent()) ?? '';
  expect(key).toMatch(/^(\d{4} ){5}\d{4}$/);
  expect(readFileSync(file, 'utf8')).not.toContain(sold[0]);
  await picture(stuck.page, 'export-2');
  await making.getByRole('button', { name: 'Cerrar' }).click();
  expect(await invoices()).toEqual([]);

  await toSyncPage(helper.page);
  await picture(helper.page, 'page');
  for (const time of [1, 2]) {
    await helper.page.getByTestId('rescue-file').setInputFiles(file);
    const dialog = helper.page.getByRole('dialog', { name: 'Importar archivo de rescate' });
    await dialog.getByText('Caja del fondo').waitFor();
    await dialog.getByLabel(/Clave del archivo/).fill(time === 1 ? `${key.slice(0, -1)}x` : key);
    await picture(helper.page, `import-${time}`);
    if (time === 1) {
      await dialog.getByRole('button', { name: 'Importar' }).click();
      await dialog.getByText(/La clave no abre este archivo/).waitFor();
      await picture(helper.page, 'import-wrong-key');
      await dialog.getByLabel(/Clave del archivo/).fill(key);
    }
    await dialog.getByRole('button', { name: 'Importar' }).click();
    await dialog.getByText(/Archivo importado/).waitFor();
    await picture(helper.page, `import-done-${time}`);
    await dialog.getByRole('button', { name: 'Cerrar' }).click();
    expect((await invoices()).sort()).toEqual([...sold].sort());
  }

  await stuck.context.setOffline(false);
  await openSyncAll(stuck.page);
  for (let stage = 0; stage < 3; stage++) await runStage(stuck.page);
  await stuck.page.getByRole('button', { name: 'Cerrar', exact: true }).click();
  expect((await invoices()).sort()).toEqual([...sold].sort());
  await stuck.page
    .getByRole('button', { name: 'Guardar pendientes en un archivo', disabled: true })
    .waitFor();
  await stuck.page.getByText('No hay conflictos por decidir.').waitFor();
  await stuck.page.getByText('No hay documentos rechazados.').waitFor();
});

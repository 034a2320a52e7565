import path from 'node:path';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../kit/start-server';
import { acceptLoginSyncs, enrol, login, singleSync } from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(180_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
let server: TestServer;
let a: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  a = await openBrowser(server.url);
  a.page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await a?.close();
  await server?.close();
});

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });

/** Takes the product out of the browser's own storage, as a defect of it would. */
const damage = (page: Page, code: string): Promise<void> =>
  page.evaluate(async (wanted) => {
    const name = (await indexedDB.databases()).find((entry) => entry.name?.endsWith('--products'));
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(name?.name ?? '');
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const write = request.result.transaction('docs', 'readwrite');
        write.oncomplete = () => {
          request.result.close();
          resolve();
        };
        const cursor = write.objectStore('docs').openCursor();
        cursor.onsuccess = () => {
          if (cursor.result?.value.code === wanted) cursor.result.delete();
          cursor.result?.continue();
        };
      };
    });
  }, code);

test('T8 in a browser: each dialog of a login, and syncs of two tabs in turn, end equal to the server', async () => {
  await enrol(a.page, server.url, await server.newCode(), 'Caja 1');
  await login(a.page, 'duena', 'demo-duena');
  await a.page.getByRole('dialog').getByText('Igual al servidor').waitFor();
  await acceptLoginSyncs(a.page);
  const tab = await a.context.newPage();
  tab.setDefaultTimeout(20_000);
  await tab.goto(`${server.url}/sincronizacion`);
  for (const page of [a.page, tab, a.page]) await singleSync(page, 'Productos');
  await row(tab, 'Productos').getByText('Igual al servidor').waitFor();
  await tab.close();
});

test('T12 a document that the browser lost is noticed, named, and brought back', async () => {
  await damage(a.page, 'P0007');
  await a.page.goto(`${server.url}/sincronizacion`);
  await a.page.getByRole('button', { name: 'Comparar con el servidor' }).click();
  const products = row(a.page, 'Productos');
  await products.getByText('Distinto del servidor').waitFor();
  await products.getByRole('button', { name: 'Ver diferencias' }).click();
  const dialog = a.page.getByRole('dialog', { name: 'Diferencias: Productos' });
  await dialog.getByText('Faltan aquí: 1').waitFor();
  await dialog.getByRole('button', { name: 'Reparar' }).click();
  await a.page.getByText('Se traerán otra vez del servidor: 1.').waitFor();
  await a.page.getByRole('button', { name: 'Sí' }).click();
  await dialog.getByText('Recibidos otra vez: 1.').waitFor();
  await dialog.getByRole('button', { name: 'Cerrar' }).click();
  await products.getByText('Igual al servidor').waitFor();
  await singleSync(a.page, 'Productos');
  await products.getByText('Igual al servidor').waitFor();
});

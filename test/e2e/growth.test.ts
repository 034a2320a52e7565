import path from 'node:path';
import { makeCut } from '../kit/make-cut';
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

jest.setTimeout(180_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
let server: TestServer;
let terminal: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir });
  terminal = await openBrowser(server.url);
  const { page } = terminal;
  await enrol(page, server.url, await server.newCode(), 'Caja 1');
  await login(page, 'supervisora', 'demo-supervisora');
  await acceptLoginSyncs(page);
  await openShift(page);
});
afterAll(async () => {
  await terminal?.close();
  await server?.close();
});

async function syncAll(): Promise<void> {
  const { page } = terminal;
  await openSyncAll(page);
  for (let stage = 0; stage < 3; stage++) await runStage(page);
  await page.getByText('Todo está guardado en el servidor').waitFor();
  await page.getByRole('button', { name: 'Cerrar', exact: true }).click();
}

/** How many rows of invoices lie in IndexedDB, tombstones apart. */
const rowsHere = (): Promise<{ live: number; dead: number }> =>
  terminal.page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const name = names.find((text) => /--invoices$/.test(text)) ?? '';
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = await new Promise<{ _deleted: string }[]>((resolve, reject) => {
      const request = db.transaction('docs').objectStore('docs').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    db.close();
    const dead = rows.filter(({ _deleted }) => _deleted === '1').length;
    return { live: rows.length - dead, dead };
  });

test('T80 T85 T87 old invoices leave IndexedDB, numbers go on, and the old ones are found at the server and corrected', async () => {
  const { page } = terminal;
  const first = await sell(page, ['P0001']);
  await sell(page, ['P0002']);
  const last = await sell(page, ['P0003']);
  await syncAll();
  expect(await makeCut(server, new Date().toISOString())).toBe(2);
  await syncAll();
  expect(await rowsHere()).toEqual({ live: 1, dead: 2 });
  await terminal.restart();
  const next = await sell(terminal.page, ['P0001']);
  expect(BigInt(next) - BigInt(last)).toBe(1n);

  const opened = terminal.page;
  await opened.goto(`${server.url}/facturas`);
  await opened.getByText(/^Aquí están las facturas desde el/).waitFor();
  const picture = async (name: string): Promise<void> => {
    const folder = process.env['PICTURES'];
    if (folder !== undefined) await opened.screenshot({ path: `${folder}/${name}.png` });
  };
  await picture('held-from');
  await opened.getByRole('button', { name: 'Buscar anteriores' }).click();
  await opened.getByLabel('Número').fill(first);
  await opened.getByRole('button', { name: 'Buscar', exact: true }).click();
  const row = opened.getByRole('row', { name: new RegExp(first) });
  await row.waitFor();
  await picture('archive');
  await row.click();
  await opened.getByText(/está en el servidor y no en este terminal/).waitFor();
  await opened.getByTestId('receipt').waitFor();
  await opened.getByRole('button', { name: 'Imprimir (F7)' }).waitFor();
  await picture('archived-invoice');
  const archived = opened.url();
  /* It was only looked at. */
  await opened.goto(`${server.url}/venta`);
  await syncAll();
  expect(await rowsHere()).toEqual({ live: 2, dead: 2 });

  await opened.goto(archived);
  await opened.getByRole('button', { name: 'Nota de crédito' }).click();
  await opened.getByLabel('Motivo').fill('Devuelto');
  await picture('archived-note');
  await opened.getByRole('button', { name: 'Emitir' }).click();
  await opened.getByRole('heading', { name: /^Nota de crédito 001/ }).waitFor();
  await opened.getByRole('button', { name: 'Documento original' }).click();
  await opened.getByText('Notas de este documento').waitFor();
  await picture('archived-invoice-with-note');
  await opened.goto(`${server.url}/venta`);
  await syncAll();
  expect(await rowsHere()).toEqual({ live: 3, dead: 2 });
});

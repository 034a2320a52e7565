import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Product } from '../../schemas/products';
import { apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';
import { acceptLoginSyncs, enrol, login, openShift, scan } from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';
import { pdfPages } from './pdf-pages';

jest.setTimeout(120_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
const HOSTILE = '<img src="/none" onerror="document.title=1"> Queso';
const LONG =
  'Surtido de galletas importadas de mantequilla con chispas de chocolate amargo y nueces de macadamia, caja de 48 unidades';

let server: TestServer;
let a: BrowserTerminal;

/** Products that the demo store does not have: a hostile name, a long one, and one of each rate. */
async function addProducts(): Promise<void> {
  const owner = await apiTerminal(server, 'duena');
  const { documents } = await owner.pull('products', 0, 1);
  const [known] = documents as Product[];
  if (known === undefined) throw new Error('no product');
  const make = (code: string, change: Partial<Product>): Product => ({
    ...known,
    id: randomUUID(),
    code,
    barcode: '',
    ver: 0,
    edit: randomUUID(),
    pending: 1,
    editedBy: owner.session.user.id,
    ...change,
  });
  const reply = await owner.push('products', [
    make('Q1', { description: HOSTILE, taxCode: 'iva13', price: 123_456_789 }),
    make('Q2', { description: LONG, taxCode: 'iva4', price: 99_995 }),
    make('Q3', { description: 'Pan', taxCode: 'exempt', price: 12_000 }),
  ]);
  if (reply.accepted.length !== 3) throw new Error('products were refused');
}

beforeAll(async () => {
  server = await startServer({ clientDir });
  await addProducts();
  a = await openBrowser(server.url);
  await enrol(a.page, server.url, await server.newCode(), 'Caja 1');
  await login(a.page, 'duena', 'demo-duena');
  await acceptLoginSyncs(a.page);
  await openShift(a.page);
  await a.page.getByTestId('connection').getByText('Con conexión').waitFor();
  await a.context.setOffline(true);
  await a.page.getByTestId('connection').getByText('Sin conexión').waitFor();
});
afterAll(async () => {
  await a?.close();
  await server?.close();
});

test('S9 markup as a product’s name stays text in the search, the sale, the list and the receipt', async () => {
  await a.page.getByRole('combobox').first().fill('queso img');
  await a.page.getByRole('option').getByText(HOSTILE).waitFor();
  await a.page.keyboard.press('Escape');
  for (const code of ['2*Q1', '3*Q2', 'Q3', 'P0001']) await scan(a.page, code);
  await a.page.getByRole('table').getByText(HOSTILE).waitFor();
  await a.page.locator('button:enabled', { hasText: 'Cobrar (F10)' }).waitFor();
  await a.page.keyboard.press('F10');
  await a.page.getByRole('dialog', { name: /^Cobrar/ }).waitFor();
  await a.page.getByLabel('Efectivo · Recibido').fill('9000000');
  await a.page.keyboard.press('Enter');
  await a.page.getByRole('dialog', { name: 'Documento emitido' }).waitFor();
  await a.page.getByRole('button', { name: 'Nueva venta' }).click();
  await a.page.goto(`${server.url}/productos`);
  await a.page.getByLabel('Buscar').fill('queso img');
  await a.page.getByRole('gridcell').getByText(HOSTILE).waitFor();
  await a.page.goto(`${server.url}/facturas`);
  await a.page.getByRole('row').nth(1).click();
  await a.page.getByTestId('receipt').getByText(HOSTILE).waitFor();
  expect(await a.page.locator('img').count()).toBe(0);
  expect(await a.page.title()).toBe('Mostrador');
});

test('the receipt is one page of 80 mm, as long as it needs, with every figure inside of the paper', async () => {
  await a.page.evaluate(() => {
    window.print = () => undefined;
  });
  await a.page.getByRole('button', { name: 'Imprimir (F7)' }).click();
  const paper = a.page.locator('#receipt-print');
  await paper.waitFor({ state: 'attached' });
  await a.page.emulateMedia({ media: 'print' });
  const outside = await paper.evaluate((element) => {
    const page = element.getBoundingClientRect();
    return [...element.querySelectorAll('*')]
      .filter((child) => {
        const box = child.getBoundingClientRect();
        return (
          box.right > page.left + page.width + 0.5 || child.scrollWidth > child.clientWidth + 1
        );
      })
      .filter((child) => getComputedStyle(child).display !== 'inline')
      .map((child) => child.textContent);
  });
  expect(outside).toEqual([]);
  /* Nothing of the desk is on the paper, and all of the receipt is. */
  expect(await a.page.locator('#root').isVisible()).toBe(false);
  expect(await paper.isVisible()).toBe(true);
  const text = ((await paper.textContent()) ?? '').replaceAll('\u00a0', ' ');
  for (const part of [
    LONG,
    'Emitido sin conexión',
    'IVA 13 % base',
    'IVA 4 % base',
    'Exento base',
  ]) {
    expect(text).toContain(part);
  }
  /* Back to what a printer gets: print styles while printing, and only then. */
  await a.page.emulateMedia({ media: null });
  const height = await paper.evaluate((element) => element.getBoundingClientRect().height);
  const heightMm = (height / 96) * 25.4;
  const pdf = await a.page.pdf({ preferCSSPageSize: true });
  const pages = pdfPages(pdf);
  expect(pages).toHaveLength(1);
  expect(pages[0]?.widthMm).toBeCloseTo(80, 0);
  expect(pages[0]?.heightMm).toBeGreaterThan(heightMm);
  expect(pages[0]?.heightMm).toBeLessThan(heightMm + 8);

  /* RECEIPT_DIR=folder keeps the paper as a file, and as a picture where poppler is installed: to be looked at. */
  const folder = process.env['RECEIPT_DIR'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'receipt.pdf');
  writeFileSync(file, pdf);
  execFileSync('pdftoppm', ['-png', '-r', '200', file, path.join(folder, 'receipt')]);
});

test('every print prints once, and with the language that is chosen then', async () => {
  await a.page.evaluate(() => {
    window.print = () => {
      const { dataset } = document.documentElement;
      dataset['prints'] = String(Number(dataset['prints'] ?? '0') + 1);
    };
  });
  await a.page.keyboard.press('F7');
  await a.page.locator('html[data-prints="1"]').waitFor({ state: 'attached' });
  await a.page.getByRole('button', { name: 'English' }).click();
  await a.page.getByRole('button', { name: 'Print (F7)' }).click();
  await a.page.locator('html[data-prints="2"]').waitFor({ state: 'attached' });
  expect(await a.page.locator('#receipt-print').textContent()).toContain('Issued offline');
});

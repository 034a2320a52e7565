import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Case, caseSchema } from '../../client/trace/case-schema';
import { validate } from '../../schemas/validate';
import { startServer, type TestServer } from '../kit/start-server';
import {
  acceptLoginSyncs,
  editProduct,
  enrol,
  login,
  openShift,
  openSyncAll,
  runStage,
  sell,
  singleSync,
} from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(240_000);

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-case-'));
let server: TestServer;
let a: BrowserTerminal;

beforeAll(async () => {
  server = await startServer({ clientDir: path.join(root, 'dist', 'client') });
  a = await openBrowser(server.url);
  a.page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await a?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

const PICTURES = process.env['CASE_PICTURES'];

async function picture(name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await a.page.emulateMedia({ colorScheme });
    await a.page.waitForTimeout(400);
    await a.page.screenshot({ path: path.join(PICTURES, `${name}-${colorScheme}.png`) });
  }
  await a.page.emulateMedia({ colorScheme: 'light' });
}

test('T52 in a browser: what was sold, edited, cut off and synced is exported, and the scenario command replays it', async () => {
  const { page, context } = a;
  await page.setViewportSize({ width: 1366, height: 768 });
  await enrol(page, server.url, await server.newCode(), 'Caja 1');
  await login(page, 'duena', 'demo-duena');
  await acceptLoginSyncs(page);
  await openShift(page);
  await sell(page, ['P0007', 'P0009']);
  await editProduct(page, server.url, 'P0003', { 'Precio sin IVA': '1234' });
  await context.setOffline(true);
  await page.goto(`${server.url}/venta`);
  await sell(page, ['P0007']);
  await context.setOffline(false);
  await page.reload();
  await singleSync(page, 'Productos');
  await openSyncAll(page);
  for (let stage = 0; stage < 3; stage++) await runStage(page);
  await page.getByRole('button', { name: 'Cerrar', exact: true }).click();

  await page.goto(`${server.url}/sincronizacion`);
  const open = page.getByRole('button', { name: 'Exportar caso para QA' });
  await open.scrollIntoViewIfNeeded();
  await picture('section');
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'Exportar caso para QA' });
  await dialog.getByText('Contraseñas, códigos de inscripción').waitFor();
  await dialog.getByText(/acciones y \d+ mensajes/).waitFor();
  await picture('dialog');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Guardar archivo' }).click();
  const saved = await download;
  await page.getByText(`Guardado: ${saved.suggestedFilename()}`).waitFor();

  const file = path.join(folder, 'case.json');
  await saved.saveAs(file);
  const text = readFileSync(file, 'utf8');
  const parsed = validate<Case>(caseSchema, JSON.parse(text));
  expect(parsed).toMatchObject({ ok: true });
  expect(text).toContain('P0007');
  for (const secret of ['demo-duena', 'duena', 'Caja 1', 'argon2', 'mostrador_']) {
    expect(text).not.toContain(secret);
  }
  if (PICTURES !== undefined) writeFileSync(path.join(PICTURES, 'case.json'), text);

  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'test/world/scenario/main.ts', file, '--report', folder],
    { cwd: root, encoding: 'utf8' },
  );
  expect(stdout + stderr).toContain(`PASS ${file}`);
  expect(status).toBe(0);
  expect(readFileSync(path.join(folder, 'case.html'), 'utf8')).toContain('<title>Passed: ');
});

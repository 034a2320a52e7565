import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { listen } from '../../server/listen';
import { openContext } from '../../server/open-context';
import { machinePorts } from '../../server/ports';
import { type PublicKey, verifyChain } from '../../shared/chain/signature';
import { startServer } from '../kit/start-server';
import {
  acceptLoginSyncs,
  enrol,
  login,
  openShift,
  openSyncAll,
  runStage,
  sell,
} from './desk-steps';
import { openBrowser } from './open-browser';

jest.setTimeout(180_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
const pictures = process.env['PICTURES_DIR'];

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}
const isSignedOut = (page: Page) => page.getByLabel('Usuario').waitFor();

test('any page of an empty server is its set-up; it ends with the owner logged in at the first terminal', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-empty-'));
  const log = pino({ level: 'fatal' });
  const context = await openContext({ dataDir, clientDir, ports: machinePorts, log });
  const running = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  const url = `http://127.0.0.1:${running.port}`;
  const browser = await openBrowser(url);
  const { page } = browser;
  await page.goto(`${url}/productos`);
  await page.getByRole('heading', { name: 'Preparar este servidor' }).waitFor();
  await page.getByRole('button', { name: 'Crear sucursal' }).click();
  await page.getByText('8 caracteres como mínimo.').waitFor();
  await picture(page, 'set-up-wrong');
  const fields = {
    'Código de instalación': context.setupCode,
    'Nombre de la sucursal': 'Pulpería Nueva',
    'Cédula del emisor': '3101000111',
    'Nombre y apellidos': 'Elena Mora',
    Usuario: 'elena',
    'La contraseña otra vez': 'diez letras o más',
  };
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  await page.getByLabel('Contraseña', { exact: true }).fill('diez letras o más');
  await picture(page, 'set-up');
  await page.getByRole('button', { name: 'Crear sucursal' }).click();
  await page.getByRole('heading', { name: 'Inscribir este terminal' }).waitFor();
  await picture(page, 'set-up-done');
  await page.getByRole('button', { name: 'Inscribir' }).click();
  await isSignedOut(page);
  await login(page, 'elena', 'diez letras o más');
  await acceptLoginSyncs(page);

  await page.goto(`${url}/terminales`);
  await page.getByRole('button', { name: 'Nuevo código' }).click();
  await page.getByRole('timer').waitFor();
  await page.getByRole('button', { name: 'Cambiar nombre' }).click();
  await picture(page, 'terminal-rename');
  await page.getByRole('dialog').getByLabel('Nombre').fill('Mostrador de afuera');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('cell', { name: /Mostrador de afuera/ }).waitFor();
  await picture(page, 'terminals-code');
  await browser.close();
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('T20 T22 F13 a browser signs by a key that no script can read, finds back without cookies, and its copy is noticed', async () => {
  const server = await startServer({ clientDir });
  const { url } = server;
  const scope = server.context.store.scope(server.storeId);
  const browser = await openBrowser(url);
  await enrol(browser.page, url, await server.newCode(), 'Caja 1');
  await login(browser.page, 'duena', 'demo-duena');
  await acceptLoginSyncs(browser.page);
  await openShift(browser.page);
  await sell(browser.page, ['P0001']);
  await openSyncAll(browser.page);
  for (let stage = 0; stage < 3; stage++) await runStage(browser.page);

  const key = JSON.parse((await scope.auth.terminals())[0]?.publicKey ?? '') as PublicKey;
  const { documents } = await scope.documents.page('invoices', 0, 10);
  const chains = documents.map(({ json }) => JSON.parse(json).chain);
  expect(chains.map((chain) => verifyChain(key, chain))).toEqual([true]);

  const exported = await browser.page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('mostrador-key'));
    const pair = await done<CryptoKeyPair>(
      db.transaction('keys').objectStore('keys').get('terminal'),
    );
    db.close();
    const tries = [
      crypto.subtle.exportKey('jwk', pair.privateKey),
      crypto.subtle.exportKey('pkcs8', pair.privateKey),
    ];
    return (await Promise.allSettled(tries)).map(({ status }) => status);
  });
  expect(exported).toEqual(['rejected', 'rejected']);

  /* A browser that is killed may never have written its cookies down. */
  await browser.context.clearCookies();
  await browser.restart();
  const { page } = browser;
  await openSyncAll(page);
  const dialog = page.getByRole('dialog', { name: 'Sincronizar Servidor (Todo)' });
  await dialog.getByRole('button', { name: 'Sincronizar', exact: true }).click();
  await page.getByLabel('Contraseña').fill('demo-duena');
  await picture(page, 'credential-lost');
  await page.getByLabel('Contraseña').press('Enter');
  await page.getByText('Sincronización completada').waitFor();
  expect(await scope.journal.audits('terminalCredentialRenewed')).toHaveLength(1);
  expect(await scope.journal.audits('terminalCopied')).toEqual([]);
  await browser.context.close();

  const copy = await openBrowser(url, { copyOf: browser.profile });
  const logInAgain = async (desk: Page): Promise<void> => {
    await desk.context().clearCookies();
    await desk.goto(`${url}/terminales`);
    await desk.evaluate(() => sessionStorage.clear());
    await openSyncAll(desk);
    const stages = desk.getByRole('dialog', { name: 'Sincronizar Servidor (Todo)' });
    await stages.getByRole('button', { name: 'Sincronizar', exact: true }).click();
    await desk.getByLabel('Contraseña').fill('demo-duena');
    await desk.getByLabel('Contraseña').press('Enter');
    await desk.getByText('Sincronización completada').waitFor();
  };
  await logInAgain(copy.page);
  expect(await copy.page.getByText(/Hay otra copia de este terminal/).count()).toBe(0);
  await browser.restart();
  await logInAgain(browser.page);
  await browser.page.getByText(/Hay otra copia de este terminal/).waitFor();
  await browser.page.goto(`${url}/terminales`);
  await browser.page.getByText('Copia detectada').waitFor();
  await picture(browser.page, 'terminals-copied');
  expect(await scope.journal.audits('terminalCopied')).toHaveLength(1);
  await copy.close();
  await browser.close();
  await server.close();
});

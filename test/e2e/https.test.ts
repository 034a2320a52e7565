import { createHash, X509Certificate } from 'node:crypto';
import path from 'node:path';
import { machinePorts } from '../../server/ports';
import { makeAuthority, makeServerCertificate } from '../../server/tls/authority';
import { startServer, type TestServer } from '../kit/start-server';
import { acceptLoginSyncs, enrol, login, openShift, sell } from './desk-steps';
import { type BrowserTerminal, openBrowser } from './open-browser';

jest.setTimeout(180_000);

const clientDir = path.join(__dirname, '..', '..', 'dist', 'client');
/* A name that is no `localhost`: that one is a secure context whatever the protocol. */
const HOST = 'caja.lan';
let server: TestServer;
let terminal: BrowserTerminal;
let url: string;

beforeAll(async () => {
  const authority = makeAuthority(machinePorts, []);
  const pair = makeServerCertificate(machinePorts, { authority, hosts: [HOST] });
  server = await startServer({
    clientDir,
    https: { ...pair, authorityFile: null, servesPlainLan: false },
  });
  url = `https://${HOST}:${new URL(server.url).port}`;
  /* In the place of an authority that was installed: this very key is trusted, no other. */
  const key = new X509Certificate(pair.certificate).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  const pin = createHash('sha256').update(key).digest('base64');
  terminal = await openBrowser(url, {
    args: [
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${pin}`,
    ],
  });
});
afterAll(async () => {
  await terminal?.close();
  await server?.close();
});

test('T42 T43 at a LAN name over HTTPS: a secure context, a service worker, Secure cookies, and a sale without a connection', async () => {
  const { page, context } = terminal;
  await enrol(page, url, await server.newCode(), 'Caja LAN');
  await login(page, 'cajero1', 'demo-cajero1');
  await acceptLoginSyncs(page);
  const found = await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    return {
      isSecure: isSecureContext,
      worker: active?.scriptURL ?? '',
      hasCrypto: typeof crypto.subtle,
      persisted: await navigator.storage.persisted(),
    };
  });
  expect(found).toEqual({
    isSecure: true,
    worker: `${url}/sw.js`,
    hasCrypto: 'object',
    persisted: true,
  });
  const cookies = await context.cookies(`${url}/api`);
  expect(cookies.map(({ secure, httpOnly, sameSite }) => [secure, httpOnly, sameSite])).toEqual([
    [true, true, 'Strict'],
    [true, true, 'Strict'],
  ]);
  await page.goto(`${url}/venta`);
  await openShift(page);
  await context.setOffline(true);
  await page.reload();
  expect(await sell(page, ['P0001'])).toMatch(/^\d{20}$/);
});

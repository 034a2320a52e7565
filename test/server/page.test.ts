import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, type TestServer } from '../kit/start-server';

const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-client-'));
let server: TestServer;

beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<meta nonce="__CSP_NONCE__"><p>__CSP_NONCE__');
  writeFileSync(path.join(folder, 'sw.js'), '/**/');
  writeFileSync(path.join(folder, 'assets', 'index-abc123.js'), '/**/');
  writeFileSync(path.join(folder, '.secret'), 'no');
  server = await startServer({ clientDir: folder });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = async (address: string, accept = 'text/html') => {
  const response = await fetch(`${server.url}${address}`, { headers: { accept } });
  return {
    response,
    header: (name: string) => response.headers.get(name),
    text: await response.text(),
  };
};

test('the page carries the nonce of its own response, another each time', async () => {
  const nonces = new Set<string>();
  for (const address of ['/', '/index.html', '/facturar/ventas?codigo=AB']) {
    const { header, text } = await get(address);
    const nonce = /'nonce-([^']+)'/.exec(header('content-security-policy') ?? '')?.[1] ?? 'none';
    expect(text).toBe(`<meta nonce="${nonce}"><p>${nonce}`);
    expect(header('cache-control')).toBe('no-cache');
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test('the policy is default deny, and promises no HTTPS that is not there', async () => {
  const { header } = await get('/');
  const policy = (header('content-security-policy') ?? '').replace(/'nonce-[^']+'/, 'NONCE');
  expect(policy.split(';').sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' NONCE",
    "worker-src 'self'",
  ]);
  expect(header('strict-transport-security')).toBeNull();
  expect(header('x-content-type-options')).toBe('nosniff');
  expect(header('referrer-policy')).toBe('no-referrer');
  expect(header('x-powered-by')).toBeNull();
});

test('hashed files are kept for ever, the service worker is asked for each time', async () => {
  const asset = await get('/assets/index-abc123.js', '*/*');
  expect(asset.header('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await get('/sw.js', '*/*')).header('cache-control')).toBe('no-cache');
});

test.each([
  ['/assets/gone.js', 404],
  ['/..%2f..%2fpackage.json', 404],
  ['/api/nothing', 400],
  ['/health/nothing', 404],
])('%s is not the page', async (address, status) => {
  const { response, header, text } = await get(address);
  expect([response.status, header('content-type')]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
  expect(text).not.toContain('<p>');
  expect(text).not.toMatch(/node_modules|server\//);
});

test.each(['/.secret', '/%ff'])('%s is the page, and no file', async (address) => {
  expect((await get(address)).text).toContain('<p>');
});

test('live and ready', async () => {
  expect((await get('/health/live')).text).toBe('{"status":"live"}');
  expect((await get('/health/ready')).text).toBe('{"status":"ready"}');
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import { startServer, type TestServer } from '../kit/start-server';

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-headers-'));
let server: TestServer;

beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<p nonce="__CSP_NONCE__">');
  writeFileSync(path.join(folder, 'assets', 'index-abc123.js'), '/**/');
  writeFileSync(path.join(folder, 'manifest.webmanifest'), '{}');
  server = await startServer({ clientDir: folder });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Helmet's defaults, looked at one by one. Changed: the policy (default deny, nothing inline, a nonce for styles), HSTS
 * (over HTTPS only), no frames at all, no referrer. Left: the rest. Off: Cross-Origin-Embedder-Policy, since nothing here
 * asks for what it isolates.
 */
const SECURITY = {
  'content-security-policy': [
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
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};
/** What says nothing about security. */
const PLAIN = [
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'content-type',
  'x-request-id',
];

async function headersOf(address: string, init: RequestInit = {}): Promise<Record<string, string>> {
  const response = await fetch(`${server.url}${address}`, init);
  await response.arrayBuffer();
  const policy = response.headers.get('content-security-policy') ?? '';
  const sorted = policy
    .replace(/'nonce-[^']+'/, 'NONCE')
    .split(';')
    .sort()
    .join('; ');
  return Object.fromEntries(
    [...response.headers]
      .filter(([name]) => !PLAIN.includes(name))
      .map(([name, value]) => [name, name === 'content-security-policy' ? sorted : value]),
  );
}
const API = { headers: { 'x-mostrador-protocol': String(PROTOCOL_VERSION) } };

test.each([
  ['the page', '/', {}, { 'cache-control': 'no-cache' }],
  [
    'a page of the desk',
    '/venta',
    { headers: { accept: 'text/html' } },
    { 'cache-control': 'no-cache' },
  ],
  ['health', '/health/live', {}, { 'cache-control': 'no-store' }],
  ['what is not there', '/assets/gone.js', {}, {}],
  [
    'the API',
    '/api/session',
    API,
    { 'cache-control': 'no-store', 'x-mostrador-protocol': String(PROTOCOL_VERSION) },
  ],
  [
    'the API without its header',
    '/api/session',
    {},
    { 'cache-control': 'no-store', 'x-mostrador-protocol': String(PROTOCOL_VERSION) },
  ],
  [
    'a method that is not taken',
    '/api/session',
    { ...API, method: 'PUT' },
    { 'cache-control': 'no-store', 'x-mostrador-protocol': String(PROTOCOL_VERSION) },
  ],
])(
  '%s: each security header as pinned, and no other header',
  async (_what, address, init, more) => {
    expect(await headersOf(address, init)).toEqual({ ...SECURITY, ...more });
  },
);

test.each([
  ['/assets/index-abc123.js', 'public, max-age=31536000, immutable'],
  ['/manifest.webmanifest', 'no-cache'],
])('%s: the same headers on files', async (address, cache) => {
  const { etag, 'last-modified': modified, ...rest } = await headersOf(address);
  expect(rest).toEqual({ ...SECURITY, 'accept-ranges': 'bytes', 'cache-control': cache });
});

test('no mixed content: no source of the client or the page names an address that is loaded by http', () => {
  const files = (below: string): string[] =>
    readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
      const target = path.join(below, entry.name);
      return entry.isDirectory() ? files(target) : [target];
    });
  const naming = files(path.join(root, 'client'))
    .filter((file) => /\.(tsx?|html|svg)$/.test(file) && !file.endsWith('vite.config.ts'))
    .filter((file) =>
      readFileSync(file, 'utf8')
        /* The name of a format, not an address. */
        .replaceAll('http://www.w3.org/', '')
        .split('\n')
        .some((line) => !/^\s*(\/\*|\*|\/\/)/.test(line) && /["'(`]http:\/\/[a-z]/.test(line)),
    );
  expect(naming).toEqual([]);
});

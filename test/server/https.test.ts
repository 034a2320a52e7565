import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createServer, request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import inject from 'light-my-request';
import { createApp } from '../../server/app';
import { machinePorts } from '../../server/ports';
import { isPermitted, makeAuthority, makeServerCertificate } from '../../server/tls/authority';
import { expiryWarning, loadHttps } from '../../server/tls/load-https';
import { certificateFile, readPair, writePair } from '../../server/tls/tls-files';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import { passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-tls-'));
const authority = makeAuthority(machinePorts, ['tienda.example.com']);
const pair = makeServerCertificate(machinePorts, {
  authority,
  hosts: ['localhost', 'tienda.example.com', '127.0.0.1', '192.168.1.20'],
});
let server: TestServer;
let port: number;

beforeAll(async () => {
  writePair(dataDir, 'ca', authority);
  writePair(dataDir, 'server', pair);
  const https = loadHttps(dataDir, {});
  if (https === undefined) throw new Error('no certificate');
  server = await startServer({ https });
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}
interface Asked {
  path: string;
  method?: string;
  body?: unknown;
  host?: string;
  cookie?: string;
  ca?: string | undefined;
}
const ask = (
  make: typeof httpsRequest,
  { path: where, method = 'GET', body, host, cookie, ca }: Asked,
) =>
  new Promise<Reply>((resolve, reject) => {
    const sent = make(
      {
        host: '127.0.0.1',
        port,
        path: where,
        method,
        headers: {
          'x-mostrador-protocol': String(PROTOCOL_VERSION),
          connection: 'close',
          ...(host === undefined ? {} : { host }),
          ...(cookie === undefined ? {} : { cookie }),
        },
        ...(ca === undefined ? {} : { ca }),
        ...(host === undefined ? {} : { servername: host.split(':')[0] }),
      },
      (response) => {
        let text = '';
        response.on('data', (part) => {
          text += String(part);
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
const secure = (asked: Asked) => ask(httpsRequest, { ca: authority.certificate, ...asked });
const plain = (asked: Asked) => ask(httpRequest as typeof httpsRequest, asked);

test('T42 who trusts the authority enrols and logs in over HTTPS; its cookies are Secure', async () => {
  const code = await server.newCode();
  const enrolled = await secure({
    path: '/api/terminals',
    method: 'POST',
    body: { code, name: 'Caja' },
  });
  expect(enrolled.status).toBe(201);
  const cookie = String(enrolled.headers['set-cookie']?.[0]).split(';')[0] ?? '';
  const session = await secure({
    path: '/api/session',
    method: 'POST',
    cookie,
    body: { userName: 'cajero1', password: passwordOf('cajero1') },
  });
  expect(session.status).toBe(201);
  for (const reply of [enrolled, session]) {
    expect(reply.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
  }
});

test('T42 who does not trust it does not connect; a name that is not in the certificate neither', async () => {
  await expect(ask(httpsRequest, { path: '/health/live' })).rejects.toMatchObject({
    code: expect.stringMatching(/UNABLE_TO|SELF_SIGNED/),
  });
  await expect(secure({ path: '/health/live', host: 'otra.example.com' })).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

test('T42 the authority vouches for private names and the store’s own, and for nothing else of the web', async () => {
  const bank = makeServerCertificate(machinePorts, { authority, hosts: ['bank.example'] });
  const other = createServer({ key: bank.key, cert: bank.certificate }, (_request, response) =>
    response.end('no'),
  );
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const own = port;
  try {
    port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(secure({ path: '/', host: 'bank.example' })).rejects.toThrow(
      'permitted subtree violation',
    );
  } finally {
    port = own;
    other.close();
  }
  expect((await secure({ path: '/health/live', host: `tienda.example.com:${port}` })).status).toBe(
    200,
  );
  const may = (host: string): boolean => isPermitted(authority, host);
  for (const host of [
    'caja.local',
    'localhost',
    'a.tienda.example.com',
    '10.1.2.3',
    '172.31.0.1',
    '::1',
  ]) {
    expect([host, may(host)]).toEqual([host, true]);
  }
  for (const host of [
    'bank.example',
    'xtienda.example.com',
    'example.com',
    '172.32.0.1',
    '8.8.8.8',
    '::2',
  ]) {
    expect([host, may(host)]).toEqual([host, false]);
  }
  expect(isPermitted(makeAuthority(machinePorts, ['203.0.113.9']), '203.0.113.9')).toBe(true);
  const { ca } = new X509Certificate(authority.certificate);
  expect([ca, new X509Certificate(pair.certificate).ca]).toEqual([true, false]);
});

test('T43 HSTS over HTTPS, but never for localhost or over HTTP', async () => {
  const header = async (asked: Promise<Reply>) =>
    (await asked).headers['strict-transport-security'];
  expect(await header(secure({ path: '/health/live', host: `tienda.example.com:${port}` }))).toBe(
    'max-age=31536000',
  );
  expect(await header(secure({ path: '/health/live', host: `localhost:${port}` }))).toBeUndefined();
  expect(await header(plain({ path: '/health/live' }))).toBeUndefined();
});

test('T43 plain HTTP on the same port: this machine is served, the authority can be fetched', async () => {
  expect((await plain({ path: '/health/live' })).status).toBe(200);
  const fetched = await plain({ path: '/mostrador-ca.crt' });
  expect(fetched.headers['content-type']).toBe('application/x-x509-ca-cert');
  expect(fetched.text).toBe(authority.certificate);
});

test('T43 other machines are sent to HTTPS, unless that is put off until they have synced', async () => {
  const from = (remoteAddress: string, servesPlainLan: boolean) => {
    const app = createApp(server.context, { authorityFile: null, servesPlainLan });
    /* Behind a function of its own: what is injected into an Express app itself changes every other app of the process. */
    return inject((request, response) => app(request as never, response as never), {
      url: '/venta?x=1',
      remoteAddress,
      headers: { host: 'caja.local:3000' },
    });
  };
  const sent = await from('192.168.1.9', false);
  expect([sent.statusCode, sent.headers.location]).toEqual([
    308,
    'https://caja.local:3000/venta?x=1',
  ]);
  for (const [address, plainLan] of [
    ['127.0.0.1', false],
    ['::ffff:127.0.0.1', false],
    ['192.168.1.9', true],
  ] as const) {
    expect([address, (await from(address, plainLan)).statusCode]).toEqual([address, 404]);
  }
});

test('a connection that says nothing, or breaks off its handshake, harms nobody', async () => {
  const silent = connect(port, '127.0.0.1');
  const broken = connect(port, '127.0.0.1', () => broken.write(Buffer.from([0x16, 3, 1, 0, 5, 9])));
  broken.on('error', () => undefined);
  expect((await secure({ path: '/health/live' })).status).toBe(200);
  broken.destroy();
  silent.destroy();
});

test('keys are the server’s own; what TLS_CERT and TLS_KEY name goes first, and must fit together', () => {
  expect(statSync(path.join(dataDir, 'tls', 'server.key')).mode & 0o777).toBe(0o600);
  expect(readPair(dataDir, 'server')).toEqual(pair);
  const [cert, key] = [certificateFile(dataDir, 'server'), path.join(dataDir, 'tls', 'server.key')];
  expect(loadHttps('/nowhere', {})).toBeUndefined();
  expect(loadHttps('/nowhere', { TLS_CERT: cert, TLS_KEY: key, HTTP_LAN: 'serve' })).toMatchObject({
    certificate: pair.certificate,
    authorityFile: null,
    servesPlainLan: true,
  });
  expect(() => loadHttps(dataDir, { TLS_CERT: cert })).toThrow(/BAD_REQUEST/);
  writeFileSync(path.join(dataDir, 'other.key'), authority.key);
  expect(() =>
    loadHttps(dataDir, { TLS_CERT: cert, TLS_KEY: path.join(dataDir, 'other.key') }),
  ).toThrow(/BAD_REQUEST/);
});

test('a certificate that ends soon is spoken of at the start', () => {
  const ends = Date.parse(new X509Certificate(pair.certificate).validTo);
  const day = 24 * 3600 * 1000;
  expect(expiryWarning(pair.certificate, ends - 31 * day)).toBeNull();
  expect(expiryWarning(pair.certificate, ends - 10 * day)).toMatch(/vence en (9|10) días/);
  expect(expiryWarning(pair.certificate, ends + day)).toMatch(/ya venció/);
});

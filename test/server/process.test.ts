import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { seedDemo } from '../../server/demo/seed-demo';
import { listen } from '../../server/listen';
import { startServer } from '../kit/start-server';

const root = path.join(__dirname, '..', '..');

/** The server as people start it; resolves with what it printed, once it names its address. */
async function start(dataDir: string, env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', path.join('server', 'main.ts')],
    { cwd: root, env: { ...process.env, DATA_DIR: dataDir, PORT: '0', ...env } },
  );
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(printed)));
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const codes = printed.match(/\?codigo=/g)?.length ?? 0;
      if (codes === 2 || (env['MOSTRADOR_DEMO'] === '0' && printed.includes('\n'))) resolve();
    });
  });
  const url = /http:\/\/localhost:\d+/.exec(printed)?.[0] ?? '';
  return { child, url, printed: () => printed };
}

/** What a server that was stopped has of passwords. */
function passwordHashes(dataDir: string): string[] {
  const database = new Database(path.join(dataDir, 'mostrador.db'));
  const rows = database.prepare('SELECT password_hash FROM credentials').all();
  database.close();
  expect(rows.length).toBeGreaterThan(0);
  return rows.map((row) => String((row as Record<string, unknown>)['password_hash']));
}

test('it starts with a demo store, says how to enter, and SIGTERM ends it cleanly', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-main-'));
  const first = await start(dataDir);
  expect(first.printed()).toMatch(/duena +demo-duena/);
  expect(first.printed()).toMatch(/\?codigo=[A-Z0-9]{4}-[A-Z0-9]{4}/);
  expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
  first.child.kill('SIGTERM');
  expect(await once(first.child, 'exit')).toEqual([0, null]);
  const second = await start(dataDir);
  expect(second.printed()).toMatch(/duena +demo-duena/);
  second.child.kill('SIGINT');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
  for (const hash of passwordHashes(dataDir)) {
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  }
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);

test('T42 with the certificate that the command makes it serves HTTPS, and a second one comes from the same authority', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-main-'));
  const certify = (...args: string[]) =>
    spawnSync(
      process.execPath,
      ['--import', 'tsx', path.join('server', 'cli', 'certificate.ts'), ...args],
      { cwd: root, env: { ...process.env, DATA_DIR: dataDir }, encoding: 'utf8' },
    );
  expect(certify('--host', 'caja.lan').stdout).toMatch(/Certificado para: caja\.lan, localhost/);
  const ca = readFileSync(path.join(dataDir, 'tls', 'ca.crt'), 'utf8');
  expect(certify('--host', 'banco.com').status).toBe(1);
  expect(certify().status).toBe(0);
  expect(readFileSync(path.join(dataDir, 'tls', 'ca.crt'), 'utf8')).toBe(ca);
  const { child, url, printed } = await start(dataDir);
  expect(printed()).toContain('HTTPS en el mismo puerto: localhost');
  const status = await new Promise((resolve, reject) => {
    get(`${url.replace('http:', 'https:')}/health/ready`, { ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
  expect(status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

test('MOSTRADOR_DEMO=0 makes no store and prints no logins', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-main-'));
  const { child, printed } = await start(dataDir, { MOSTRADOR_DEMO: '0' });
  expect(printed()).not.toContain('demo');
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);

test('stopping lets a request under way end, and takes no new one', async () => {
  const server = await startServer();
  const { context } = server;
  const real = context.store.readiness;
  let release = (): void => undefined;
  context.store.readiness = () =>
    new Promise((resolve) => {
      release = () => resolve('ready');
    });
  const running = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 5000 });
  const url = `http://127.0.0.1:${running.port}/health/ready`;
  const slow = fetch(url);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stopped = running.stop();
  await expect(fetch(url)).rejects.toThrow();
  release();
  expect((await slow).status).toBe(200);
  await stopped;
  context.store.readiness = real;
  expect(await context.store.readiness()).toBe('down');
  await server.close();
});

test('a request that never ends does not keep the server from stopping', async () => {
  const server = await startServer();
  server.context.store.readiness = () => new Promise(() => undefined);
  const hanging = fetch(`${server.url}/health/ready`).catch(() => 'cut');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await server.close();
  expect(await hanging).toBe('cut');
});

test('the demo store is the same everywhere, and quickly made', async () => {
  const demo = async () => {
    const server = await startServer();
    const { documents } = server.context.store.scope(server.storeId);
    const status = await documents.status();
    const products = await documents.page('products', 0, 1000);
    await server.close();
    return { status, products, storeId: server.storeId };
  };
  const [one, two] = [await demo(), await demo()];
  expect(one).toEqual(two);
  expect(one.products.documents.length).toBeGreaterThanOrEqual(400);
  expect(one.status).toMatchObject({ clients: { count: 50 }, users: { count: 5 } });
  const server = await startServer();
  const { documents } = server.context.store.scope(server.storeId);
  const before = await documents.status();
  expect(await seedDemo(server.context)).toBe(server.storeId);
  expect(await documents.status()).toEqual(before);
  await server.close();
});

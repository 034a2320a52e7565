import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { listen, type RunningServer } from '../../server/listen';
import { openContext } from '../../server/open-context';
import { machinePorts } from '../../server/ports';
import { openTerminal } from '../kit/open-terminal';

let folder: string;
let context: Awaited<ReturnType<typeof openContext>>;
let running: RunningServer;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mostrador-empty-'));
  context = await openContext({
    dataDir: folder,
    clientDir: path.join(folder, 'none'),
    ports: machinePorts,
    log: pino({ level: 'fatal' }),
  });
  running = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  url = `http://127.0.0.1:${running.port}`;
});
afterEach(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

const OWNER = { userName: 'elena', displayName: 'Elena Mora', password: 'diez letras o más' };
const STORE = {
  name: 'Pulpería Nueva',
  legalName: 'Pulpería Nueva S.A.',
  issuerId: '3101000111',
  address: '',
  phone: '',
  email: '',
  branch: '002',
  currency: 'CRC',
  timeZone: 'America/Costa_Rica',
};
async function post(body: object) {
  const response = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'x-mostrador-protocol': '2', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { code: string; expiresAt?: string };
}
const request = (change: object = {}) => ({
  code: context.setupCode,
  store: STORE,
  owner: OWNER,
  ...change,
});

test('an empty server is set up from a browser, which becomes the first terminal and logs its owner in', async () => {
  const terminal = await openTerminal({ url });
  const { desk } = terminal;
  expect(await desk.setup.isNeeded()).toBe(true);
  const { code } = await desk.setup.setUp(request());
  expect(await desk.setup.isNeeded()).toBe(false);
  await desk.session.enrol({ code, name: 'Caja 1' });
  await desk.session.login(OWNER);
  expect(desk.session.state$.getValue()).toMatchObject({
    user: { userName: 'elena', role: 'owner' },
    store: { name: 'Pulpería Nueva', branch: '002', fiscalDeadlineHours: 72 },
    terminal: { number: 1 },
  });
  expect((await desk.terminals.list()).map(({ hasKey }) => hasKey)).toEqual([true]);
  await terminal.close();
});

test('only whoever read the code sets it up, and only once', async () => {
  expect(await post(request({ code: 'AAAA-AAAA' }))).toMatchObject({ code: 'CODE_INVALID' });
  expect(await context.store.stores()).toEqual([]);
  const both = await Promise.all([post(request()), post(request())]);
  expect(both.filter(({ expiresAt }) => expiresAt !== undefined)).toHaveLength(1);
  expect(both.filter(({ code }) => code === 'SETUP_DONE')).toHaveLength(1);
  expect(await context.store.stores()).toHaveLength(1);
  expect(await post(request({ code: 'AAAA-AAAA' }))).toMatchObject({ code: 'SETUP_DONE' });
});

test('what does not fit makes nothing', async () => {
  for (const change of [
    { owner: { ...OWNER, password: '7 letra' } },
    { owner: { ...OWNER, password: '        ' } },
    { owner: { ...OWNER, userName: 'Con Espacio' } },
    { owner: { ...OWNER, role: 'owner' } },
    { store: { ...STORE, issuerId: 'x' } },
    { store: { ...STORE, branch: '2' } },
    { store: { ...STORE, maxDiscount: 10_000 } },
  ]) {
    expect(await post(request(change))).toMatchObject({ code: 'BAD_REQUEST' });
  }
  expect(await context.store.stores()).toEqual([]);
  const eight = { owner: { ...OWNER, password: '8 letras' }, code: `  ${context.setupCode}\t` };
  expect(await post(request(eight))).toHaveProperty('expiresAt');
});

test('S10 guessing the code slows down', async () => {
  let last = { code: '' };
  for (let i = 0; i < 21; i++) last = await post(request({ code: 'AAAA-AAAA' }));
  expect(last.code).toBe('TOO_MANY_REQUESTS');
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { DEMO_LOGINS } from '../../server/demo/seed-demo';
import { listen } from '../../server/listen';
import { addNewStore } from '../../server/new-store';
import { openContext } from '../../server/open-context';
import { machinePorts } from '../../server/ports';
import { may } from '../../shared/roles';
import { apiTerminal } from '../kit/api';
import { startServer } from '../kit/start-server';

const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-laboratory-'));
const clientDir = path.join(folder, 'client');

beforeAll(() => {
  mkdirSync(path.join(clientDir, 'lab', 'assets'), { recursive: true });
  writeFileSync(path.join(clientDir, 'index.html'), '<p>');
  writeFileSync(path.join(clientDir, 'lab', 'lab.js'), '/* laboratory */');
  writeFileSync(path.join(clientDir, 'lab', 'assets', 'worker-abc.js'), '/* worker */');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = ['/lab/lab.js', '/lab/assets/worker-abc.js'];

test('a server with a demo store serves the laboratory; a session says that its store is one', async () => {
  const server = await startServer({ clientDir });
  for (const file of FILES) expect((await fetch(server.url + file)).status).toBe(200);
  const { enrolled, session } = await apiTerminal(server, 'calidad');
  expect([enrolled.store.demo, session.store.demo]).toEqual([true, true]);
  await server.close();
});

test('a server of real stores has no laboratory', async () => {
  const context = await openContext({
    ...{ dataDir: path.join(folder, 'data'), clientDir, ports: machinePorts },
    log: pino({ level: 'fatal' }),
  });
  await addNewStore(context, {
    profile: {
      name: 'Tienda',
      legalName: 'Tienda S.A.',
      issuerId: '3101123456',
      ...{ address: '', phone: '', email: '', branch: '001', currency: 'CRC' },
      ...{ fiscalDeadlineHours: 72, maxDiscount: 1000, timeZone: 'America/Costa_Rica' },
      /* Whatever a profile says of itself. */
      demo: true,
    },
    owner: { userName: 'duena', displayName: 'Dueña', password: 'una-clave-larga' },
  });
  const server = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  for (const file of FILES) {
    expect((await fetch(`http://127.0.0.1:${server.port}${file}`)).status).toBe(404);
  }
  expect((await context.store.stores()).map(({ profile }) => profile.demo)).toEqual([false]);
  await server.stop();
});

test('of the demo users the owner and the one who looks after quality may use it', () => {
  const allowed = DEMO_LOGINS.filter(({ role }) => may(role, 'useLaboratory'));
  expect(allowed.map(({ userName }) => userName)).toEqual(['duena', 'calidad']);
});

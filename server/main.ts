import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { instant } from '../shared/ports/clock';
import { makeCode } from './auth/enrolment';
import { refuseMoved } from './cli/refuse-moved';
import { DEMO_LOGINS, seedDemo } from './demo/seed-demo';
import { listen } from './listen';
import { openContext } from './open-context';
import { machinePorts } from './ports';
import { placeOf } from './store/open-database';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const port = Number(process.env['PORT'] ?? 3000);
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' });
const place = placeOf(process.env, path.join(ROOT, 'data'));
refuseMoved(place);
const context = await openContext({
  ...place,
  clientDir: path.join(ROOT, 'dist', 'client'),
  ports: machinePorts,
  log,
  trustProxy: Number(process.env['TRUST_PROXY'] ?? 0),
});
if ((await context.store.stores()).length === 0 && process.env['MOSTRADOR_DEMO'] !== '0') {
  await seedDemo(context);
}
const server = await listen(context, { port });
/* Before anything is said: whoever reads the address may stop the server at once, and it has to drain all the same. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void server.stop().then(() => process.exit(0));
  });
}
const address = `http://localhost:${server.port}`;
say(`Mostrador: ${address}`);
const demo = (await context.store.stores()).find((store) => store.demo);
if (demo !== undefined) await announceDemo(demo.id);

/** The demo store is for looking: its logins are no secret, and each start makes two codes for new terminals. */
async function announceDemo(storeId: string): Promise<void> {
  say('');
  say('Demo: usuario / contraseña');
  for (const { userName, password, displayName } of DEMO_LOGINS) {
    say(`  ${userName.padEnd(12)} ${password.padEnd(18)} ${displayName}`);
  }
  say('');
  say('Cada terminal (perfil de navegador) se inscribe una vez; abra en dos perfiles:');
  for (let i = 0; i < 2; i++) {
    const { code } = await makeCode(context, { storeId, actor: 'start' });
    say(`  ${address}/?codigo=${code}`);
  }
  say('');
  log.info({ at: instant(context.ports.clock.now()) }, 'ready');
}

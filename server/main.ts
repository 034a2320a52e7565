import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { instant } from '../shared/ports/clock';
import { pruneHourly } from './archive/prune-hourly';
import { makeCode } from './auth/enrolment';
import { refuseMoved } from './cli/refuse-moved';
import { DEMO_LOGINS, seedDemo } from './demo/seed-demo';
import { admissionLimits } from './http/admission-limits';
import { listen } from './listen';
import { prometheusMetrics } from './metrics/prometheus-metrics';
import { openContext } from './open-context';
import { machinePorts } from './ports';
import { placeOf } from './store/open-database';
import { certificateHosts, expiryWarning, loadHttps } from './tls/load-https';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** For the database to be closed after the last request has ended. */
const CLOSE_MS = 5_000;

const port = Number(process.env['PORT'] ?? 3000);
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' });
const place = placeOf(process.env, path.join(ROOT, 'data'));
refuseMoved(place);
const https = loadHttps(place.dataDir, process.env);
const context = await openContext({
  ...place,
  clientDir: path.join(ROOT, 'dist', 'client'),
  ports: machinePorts,
  log,
  trustProxy: Number(process.env['TRUST_PROXY'] ?? 0),
  metrics: prometheusMetrics(),
  metricsToken: process.env['METRICS_TOKEN'] ?? '',
  admission: admissionLimits(process.env),
});
const isDemo = process.env['MOSTRADOR_DEMO'] !== '0' && !process.argv.includes('--no-demo');
if (isDemo && (await context.store.stores()).length === 0) {
  await seedDemo(context);
}
const seconds = (name: string, otherwise: number): number => {
  const value = Number(process.env[name] ?? otherwise);
  return Number.isFinite(value) && value >= 0 ? value * 1000 : otherwise * 1000;
};
const [drainMs, noticeMs] = [seconds('STOP_DRAIN_S', 10), seconds('STOP_NOTICE_S', 0)];
const server = await listen(context, {
  port,
  drainMs,
  noticeMs,
  ...(https === undefined ? {} : { https }),
});
const stopPruning = pruneHourly(context);
/* Before anything is said: whoever reads the address may stop the server at once, and it has to drain all the same. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'stopping');
    /* A database that does not answer keeps nobody from stopping. */
    setTimeout(() => process.exit(1), noticeMs + drainMs + CLOSE_MS).unref();
    /* The database closes with the server: no cut may be under way by then. */
    void stopPruning()
      .then(server.stop)
      .then(() => process.exit(0));
  });
}
const address = `http://localhost:${server.port}`;
say(`Mostrador: ${address}`);
if (https !== undefined) {
  say(`HTTPS en el mismo puerto: ${certificateHosts(https.certificate).join(', ')}`);
  const warning = expiryWarning(https.certificate, context.ports.clock.now());
  if (warning !== null) say(warning);
}
const demo = (await context.store.stores()).find((store) => store.demo);
if (demo !== undefined) await announceDemo(demo.id);
else if ((await context.store.stores()).length === 0) announceSetUp();

/** The demo store is for looking: its logins are no secret, and each start makes two codes for new terminals. */
async function announceDemo(storeId: string): Promise<void> {
  say('');
  say('Demo: usuario / contraseña');
  const { auth } = context.store.scope(storeId);
  for (const { userName, password, displayName } of DEMO_LOGINS) {
    /* A demo store of an older version has fewer. */
    if ((await auth.password(userName)) === null) continue;
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

/** An empty server: whoever reads this line may make its first store. */
function announceSetUp(): void {
  say('');
  say(`Todavía no hay sucursal. Abra ${address} y escriba el código de instalación:`);
  say(`  ${context.setupCode}`);
  say('');
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { makeCode } from '../../server/auth/enrolment';
import { seedDemo } from '../../server/demo/seed-demo';
import { addNewStore } from '../../server/new-store';
import { openContext } from '../../server/open-context';
import { machinePorts } from '../../server/ports';
import type { DataPlace } from '../../server/store/open-database';
import { residentMiB } from '../kit/resident-mib';

/** The real server in a process of its own, over two stores. */
export interface AttackedServer {
  url: string;
  port: number;
  place: DataPlace;
  /** One-time codes that were made before it started. */
  codes: { demo: string[]; other: string[] };
  /** What it wrote to its log: at level error, so each line is a defect. */
  log(): string;
  /** Resident memory in MiB; 0 where the machine does not tell. */
  memory(): number;
  isRunning(): boolean;
  stop(): Promise<void>;
}

const OTHER = {
  name: 'Otra',
  legalName: 'Otra S.A.',
  issuerId: '3101000000',
  address: '',
  phone: '',
  email: '',
  branch: '002',
  currency: 'CRC',
  fiscalDeadlineHours: 72,
  maxDiscount: 1000,
  timeZone: 'America/Costa_Rica',
};

export async function startAttackedServer(
  root: string,
  databaseUrl?: string,
): Promise<AttackedServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-attack-'));
  const place = { dataDir, databaseUrl };
  const codes = await seed(place);
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'server', 'main.ts')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl ?? '',
      LOG_LEVEL: 'error',
      MOSTRADOR_DEMO: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let port = 0;
  await new Promise<void>((resolve, reject) => {
    const read = (part: Buffer): void => {
      printed += part.toString();
      port = Number(/localhost:(\d+)/.exec(printed)?.[1] ?? 0);
      if (port > 0 && printed.includes('contraseña')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`the server ended:\n${printed}`)));
  });
  const started = printed.length;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    place,
    codes,
    /* Logins and codes are printed at the start, as are warnings of node: a defect is JSON, or what ends the process. */
    log: () =>
      child.exitCode !== null && child.exitCode !== 0
        ? printed.slice(started)
        : printed
            .slice(started)
            .split('\n')
            .filter((line) => line.startsWith('{'))
            .join('\n'),
    memory: () => residentMiB(child.pid),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function seed(place: DataPlace): Promise<AttackedServer['codes']> {
  const context = await openContext({
    ...place,
    clientDir: '',
    ports: machinePorts,
    log: pino({ level: 'fatal' }),
  });
  const demo = await seedDemo(context);
  const owner = { userName: 'duena', displayName: 'Otra dueña', password: 'demo-duena' };
  const other = await addNewStore(context, { profile: OTHER, owner });
  const make = async (storeId: string, count: number): Promise<string[]> => {
    const made: string[] = [];
    while (made.length < count)
      made.push((await makeCode(context, { storeId, actor: 'test' })).code);
    return made;
  };
  const codes = { demo: await make(demo, 8), other: await make(other, 2) };
  await context.store.close();
  return codes;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pino } from 'pino';
import { makeCode } from '../../server/auth/enrolment';
import { addNewStore } from '../../server/new-store';
import { openContext } from '../../server/open-context';
import { machinePorts } from '../../server/ports';
import type { DataPlace } from '../../server/store/open-database';
import { benchProducts } from '../bench/bench-products';
import { passwordOf } from '../kit/api';
import { residentMiB } from '../kit/resident-mib';

export interface SeededStore {
  id: string;
  /** One-time codes, one a terminal. */
  codes: string[];
}

/** Who logs in at every terminal. */
export const USER = 'duena';
const PRODUCTS = 200;
const START_MS = 60_000;

/** Makes the stores, each with products and a code for each of its terminals, while no server is there yet. */
export async function seedStores(
  place: DataPlace,
  stores: number,
  terminals: number,
): Promise<SeededStore[]> {
  const context = await openContext({
    ...place,
    clientDir: '',
    ports: machinePorts,
    log: pino({ level: 'fatal' }),
  });
  const seeded: SeededStore[] = [];
  for (let index = 0; index < stores; index++) {
    const id = await addNewStore(context, {
      profile: profileOf(index),
      owner: { userName: USER, displayName: 'Dueña', password: passwordOf(USER) },
    });
    const products = benchProducts(PRODUCTS, 1 + index);
    await context.store.transaction(id, (scope) =>
      scope.documents.write(
        'products',
        products.map((product) => ({
          id: product.id,
          ver: product.ver,
          edit: product.edit,
          json: JSON.stringify(product),
        })),
      ),
    );
    const codes: string[] = [];
    for (let terminal = index; terminal < terminals; terminal += stores) {
      codes.push((await makeCode(context, { storeId: id, actor: 'load' })).code);
    }
    seeded.push({ id, codes });
  }
  await context.store.close();
  return seeded;
}

const profileOf = (index: number) => ({
  name: `Sucursal ${index + 1}`,
  legalName: 'Carga S.A.',
  issuerId: '3101000000',
  address: '',
  phone: '',
  email: '',
  branch: String(index + 1).padStart(3, '0'),
  currency: 'CRC',
  fiscalDeadlineHours: 72,
  maxDiscount: 1000,
  timeZone: 'America/Costa_Rica',
});

/** One node as people start it, in a process of its own. */
export interface LoadedServer {
  readonly url: string;
  readonly pid: number;
  /** Resident memory in MiB. */
  memory(): number;
  /** What it logged at level error, and whatever ended it: each line is a defect. */
  defects(): string[];
  stop(): Promise<void>;
}

export async function startLoadedServer(
  root: string,
  place: DataPlace,
  env: Readonly<Record<string, string>>,
): Promise<LoadedServer> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'server', 'main.ts')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.databaseUrl ?? '',
      LOG_LEVEL: 'error',
      MOSTRADOR_DEMO: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const port = await new Promise<number>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the server ${why}:\n${printed}`));
    const limit = setTimeout(() => fail('did not start in time'), START_MS);
    const read = (part: Buffer): void => {
      printed += part.toString();
      const found = Number(/localhost:(\d+)\n/.exec(printed)?.[1] ?? 0);
      if (found === 0) return;
      clearTimeout(limit);
      resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => {
      clearTimeout(limit);
      fail('ended');
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    memory: () => residentMiB(child.pid),
    defects: () => [
      ...printed.split('\n').filter((line) => line.startsWith('{')),
      ...(isRunning(child) ? [] : [`the server ended: ${printed.slice(-500)}`]),
    ],
    async stop() {
      if (!isRunning(child)) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

const isRunning = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null;

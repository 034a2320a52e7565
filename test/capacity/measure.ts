import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Product } from '../../schemas/products';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { cpuSeconds } from '../kit/cpu-seconds';
import { startCluster } from '../kit/postgres-cluster';
import { makeInvoices } from '../load/bursting-terminal';
import { seedStores, startLoadedServer, USER } from '../load/loaded-servers';
import type { Costs } from './paper';

export interface MeasureOptions {
  root: string;
  database: 'sqlite' | 'postgres';
  /** Invoices that are pushed in each of two rounds. */
  invoices: number;
  /** Repetitions of the other operations. */
  times: number;
}

const BATCH = 10;
const WARM_UP = 200;

/** What the database takes, and the CPU time that it has used beside the server's. */
interface Meter {
  bytes(): Promise<number>;
  seconds(): number;
}

/** Costs of single operations at a real server in a process of its own, one after the other, over loopback. */
export async function measure(options: MeasureOptions): Promise<Costs> {
  const { root, database } = options;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-capacity-'));
  const cluster = database === 'postgres' ? await startCluster({ durable: true }) : null;
  try {
    const place = { dataDir, databaseUrl: cluster?.url() };
    const [store] = await seedStores(place, 1, 1);
    const server = await startLoadedServer(root, place, {});
    try {
      const newCode = () => Promise.resolve(store?.codes[0] ?? '');
      const terminal = await apiTerminal({ url: server.url, newCode }, USER);
      const of = cluster === null ? folderMeter(dataDir) : await clusterMeter(cluster.url());
      const seconds = (): number => cpuSeconds(server.pid) + of.seconds();
      return await measureAt(terminal, { ...of, seconds }, options);
    } finally {
      await server.stop();
    }
  } finally {
    await cluster?.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureAt(
  terminal: ApiTerminal,
  meter: Meter,
  { invoices, times }: MeasureOptions,
): Promise<Costs> {
  const products = (await terminal.pull('products')).documents as Product[];
  /** CPU milliseconds of one of `count` things that are done. */
  const cost = async (count: number, work: () => Promise<void>): Promise<number> => {
    const before = meter.seconds();
    await work();
    return ((meter.seconds() - before) * 1000) / count;
  };
  const repeat = async (work: () => Promise<{ status: number; text: string }>): Promise<void> => {
    for (let time = 0; time < times; time++) ok(await work());
  };
  const pushAll = async (count: number): Promise<number> => {
    const made = makeInvoices(terminal, products, count);
    const began = performance.now();
    for (let at = 0; at < made.length; at += BATCH) {
      const sent = made.slice(at, at + BATCH);
      const { accepted } = await terminal.push('invoices', sent);
      if (accepted.length !== sent.length) throw new Error('not all were accepted');
    }
    return count / ((performance.now() - began) / 1000);
  };
  await pushAll(WARM_UP);
  const bytes = await meter.bytes();
  let storePerSecond = 0;
  const pushMs = await cost(invoices, async () => {
    storePerSecond = await pushAll(invoices);
  });
  const pushLaterMs = await cost(invoices, async () => {
    await pushAll(invoices);
  });
  const storedBytes = ((await meter.bytes()) - bytes) / (2 * invoices);
  const { epoch } = terminal.session;
  const page = (seq: number) => () =>
    terminal.request('GET', `/api/sync/invoices?epoch=${epoch}&seq=${seq}&limit=1000`);
  const first = await page(0)();
  const pulled = (first.body as { documents: unknown[] }).documents.length;
  const last = 2 * invoices + WARM_UP;
  const idlePullMs = await cost(times, () => repeat(page(last)));
  const fullPageMs = (await cost(times, () => repeat(page(0)))) * (1000 / pulled);
  const login = { userName: USER, password: passwordOf(USER) };
  const loginMs = await cost(times, () =>
    repeat(() => terminal.request('POST', '/api/session', login)),
  );
  const sentBytes = first.text.length / pulled;
  return {
    pushMs,
    pushLaterMs,
    idlePullMs,
    fullPageMs,
    loginMs,
    storedBytes,
    sentBytes,
    storePerSecond,
  };
}

function ok({ status, text }: { status: number; text: string }): void {
  if (status < 200 || status > 299) throw new Error(`${status} ${text.slice(0, 300)}`);
}

const folderMeter = (dataDir: string): Meter => ({
  bytes: () =>
    Promise.resolve(
      readdirSync(dataDir)
        /* What the log still holds is written over and over: it does not grow with the data. */
        .filter((name) => name.endsWith('.db'))
        .reduce((sum, name) => sum + statSync(path.join(dataDir, name)).size, 0),
    ),
  seconds: () => 0,
});

async function clusterMeter(url: string): Promise<Meter> {
  const ask = async (text: string): Promise<string> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<{ value: string }>(text);
      return String(rows[0]?.value ?? '');
    } finally {
      await client.end();
    }
  };
  const pid = Number((await ask("select pg_read_file('postmaster.pid') as value")).split('\n')[0]);
  return {
    bytes: async () => Number(await ask('select pg_database_size(current_database()) as value')),
    seconds: () => cpuSeconds(pid),
  };
}

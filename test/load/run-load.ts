import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { prng } from '../../server/demo/prng';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startCluster } from '../kit/postgres-cluster';
import { burst, makeInvoices, type Seen } from './bursting-terminal';
import { type LoadedServer, seedStores, startLoadedServer, USER } from './loaded-servers';

export interface LoadOptions {
  root: string;
  terminals: number;
  /** Of each terminal. */
  invoices: number;
  /** Invoices a push. */
  batch: number;
  stores: number;
  nodes: number;
  database: 'sqlite' | 'postgres';
  seed: number;
  /** The burst ends early, and the report says so, when the time is up. */
  maxSeconds: number;
  /** Further settings of the servers: their limits. */
  env?: Readonly<Record<string, string>>;
  onProgress?: (line: string) => void;
}

export interface LoadReport extends Seen {
  /** Seconds for enrolments and logins, one after the other (argon2), before the burst; and of the burst. */
  loginSeconds: number;
  seconds: number;
  sent: number;
  acknowledged: number;
  /** Acknowledged invoices that were not there, not with their number, or more than once. */
  lost: number;
  twice: number;
  /** Milliseconds from the beginning of the burst to the end of each store's last terminal. */
  storeMs: number[];
  /** Of all nodes together, in MiB. */
  memory: { start: number; peak: number; end: number };
  problems: string[];
}

const SAMPLE_MS = 250;
const TOLD = 20;

interface Desk {
  store: number;
  terminal: ApiTerminal;
  invoices: Invoice[];
}

/** Terminals of several stores, all at once, against real servers in processes of their own: an opening or a closing. */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const { root, stores, terminals, nodes, database, env = {}, onProgress } = options;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-load-'));
  const cluster = database === 'postgres' ? await startCluster({ durable: true }) : null;
  const servers: LoadedServer[] = [];
  try {
    const place = { dataDir, databaseUrl: cluster?.url() };
    const seeded = await seedStores(place, stores, terminals);
    while (servers.length < nodes) servers.push(await startLoadedServer(root, place, env));
    const began = performance.now();
    const desks: Desk[] = [];
    for (const [store, { codes }] of seeded.entries()) {
      for (const code of codes) desks.push(await openDesk(servers, store, code, options.invoices));
    }
    const loginSeconds = (performance.now() - began) / 1000;
    onProgress?.(`${desks.length} terminals logged in after ${loginSeconds.toFixed(0)} s`);
    return { ...(await burstOf(options, desks, servers)), loginSeconds };
  } finally {
    for (const server of servers) await server.stop();
    await cluster?.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function openDesk(
  servers: readonly LoadedServer[],
  store: number,
  code: string,
  count: number,
): Promise<Desk> {
  let turn = 0;
  const target = {
    newCode: () => Promise.resolve(code),
    get url() {
      /* As a balancer does: the next request goes to the next node. */
      return servers[turn++ % servers.length]?.url ?? '';
    },
  };
  const terminal = await apiTerminal(target, USER);
  const products = (await terminal.pull('products')).documents as Product[];
  return { store, terminal, invoices: makeInvoices(terminal, products, count) };
}

async function burstOf(
  { batch, stores, maxSeconds, seed, onProgress }: LoadOptions,
  desks: readonly Desk[],
  servers: readonly LoadedServer[],
): Promise<Omit<LoadReport, 'loginSeconds'>> {
  const seen: Seen = { pushes: [], pulls: [], batches: [], statuses: new Map(), waitedMs: 0 };
  const next = prng(seed);
  const used = (): number => servers.reduce((sum, server) => sum + server.memory(), 0);
  const memory = { start: used(), peak: 0, end: 0 };
  const sampling = setInterval(() => {
    memory.peak = Math.max(memory.peak, used());
  }, SAMPLE_MS);
  const storeMs: number[] = Array.from({ length: stores }, () => 0);
  const acknowledged: Invoice[][] = Array.from({ length: stores }, () => []);
  const problems: string[] = [];
  const began = performance.now();
  const passed = (): number => performance.now() - began;
  const goesOn = (): boolean => passed() < maxSeconds * 1000;
  await Promise.all(
    desks.map(async ({ store, terminal, invoices }) => {
      try {
        const end = await burst(terminal, { invoices, batch, seen, random: next, goesOn });
        acknowledged[store]?.push(...end.acknowledged);
        problems.push(...end.problems);
      } catch (error) {
        problems.push(String(error));
      }
      storeMs[store] = Math.max(storeMs[store] ?? 0, passed());
    }),
  );
  const seconds = passed() / 1000;
  clearInterval(sampling);
  memory.end = used();
  memory.peak = Math.max(memory.peak, memory.end);
  const sent = desks.reduce((sum, { invoices }) => sum + invoices.length, 0);
  const known = acknowledged.reduce((sum, list) => sum + list.length, 0);
  if (known < sent) problems.push(`${known} of ${sent} were acknowledged when the burst ended`);
  onProgress?.('looking for what was acknowledged');
  const found = { lost: 0, twice: 0 };
  for (const [store, list] of acknowledged.entries()) {
    const reader = desks.find((desk) => desk.store === store);
    if (reader === undefined) continue;
    const { lost, twice } = await compare(reader.terminal, list);
    found.lost += lost;
    found.twice += twice;
  }
  for (const server of servers) problems.push(...server.defects());
  return {
    ...seen,
    ...found,
    seconds,
    sent,
    acknowledged: known,
    storeMs,
    memory,
    problems: problems.slice(0, TOLD),
  };
}

/** Reads the store's invoices anew, and compares them with what its terminals were told. */
async function compare(
  reader: ApiTerminal,
  acknowledged: readonly Invoice[],
): Promise<{ lost: number; twice: number }> {
  const numbers = new Map<string, string>();
  const times = new Map<string, number>();
  for (let seq = 0; ; ) {
    const page = await reader.pull('invoices', seq);
    for (const { id, consecutive } of page.documents as Invoice[]) {
      numbers.set(id, consecutive);
      times.set(consecutive, (times.get(consecutive) ?? 0) + 1);
    }
    seq = page.checkpoint.seq;
    if (page.remaining === 0) break;
  }
  const lost = acknowledged.filter(({ id, consecutive }) => numbers.get(id) !== consecutive).length;
  const twice = [...times.values()].filter((count) => count > 1).length;
  return { lost, twice };
}

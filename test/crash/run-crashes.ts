import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { COLLECTION_NAMES, COLLECTIONS, type CollectionName } from '../../schemas/registry';
import { prng } from '../../server/demo/prng';
import type { DataPlace } from '../../server/store/open-database';
import type { StatusReply } from '../../shared/protocol/messages';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startCluster } from '../kit/postgres-cluster';
import { type Acknowledged, AcknowledgedRows, contentOf } from './acknowledged';
import { auditDatabase, storedDocuments } from './audit-database';
import { isUnanswered } from './is-unanswered';
import { type Batch, LoadTerminal } from './load-terminal';
import { brokenOff, finderFor, type Losses, noLosses, refusalsOf } from './losses';
import { type ServerProcess, serverProcess } from './server-process';

export interface CrashReport extends Losses {
  kills: number;
}

export type Victim = 'sqlite' | 'postgres' | 'postgres-itself';

const USERS = ['duena', 'supervisora', 'cajero1', 'cajero2'];

/** Load before each kill, in ms: from the first request under way to well into the stream of them. */
const LOAD_MS = { least: 10, most: 400 };

/**
 * Kills the real server by SIGKILL while terminals push to it, starts it again over the same data, and looks whether
 * everything that was acknowledged is there and every transaction is whole. The seed decides what is sent and when it is
 * killed; what the machine is doing at that moment, nobody decides.
 */
export async function runCrashes(options: {
  root: string;
  kills: number;
  seed: number;
  /**
   * Which database is under the server that is killed: the embedded one, or PostgreSQL; with `postgres-itself` every
   * process of PostgreSQL is killed first.
   */
  victim?: Victim;
  /** Ends early, and says so, when the time is up. */
  maxSeconds: number;
  onKill?: (report: Readonly<CrashReport>) => void;
}): Promise<CrashReport> {
  const { root, kills, seed, maxSeconds, victim = 'sqlite' } = options;
  const next = prng(seed);
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-crash-'));
  const cluster = victim === 'sqlite' ? null : await startCluster({ durable: true });
  const place = { dataDir, databaseUrl: cluster?.url() };
  const server = await serverProcess(root, place);
  const acknowledged = new AcknowledgedRows();
  const report: CrashReport = { ...noLosses(seed), kills: 0 };
  const found = finderFor(report);
  try {
    const terminals = await openTerminals(server, await server.start(), {
      next,
      acknowledged,
      mayBeBusy: victim === 'postgres-itself',
    });
    const [reader] = terminals;
    if (reader === undefined) throw new Error('no terminal');
    while (report.kills < kills && seconds() < maxSeconds) {
      const load = Promise.allSettled(
        terminals.map((terminal) => terminal.sendWhile(() => server.isRunning)),
      );
      await wait(LOAD_MS.least + next() * (LOAD_MS.most - LOAD_MS.least));
      if (victim === 'postgres-itself') {
        await cluster?.kill();
        /* The server stays, and says 503: what it is asked meanwhile gets no other answer. */
        await server.kill();
        await cluster?.start();
      } else await server.kill();
      report.kills += 1;
      report.refused += found(brokenOff(await load));
      await server.start();
      report.half += found(await auditDatabase(place));
      report.lost += found(await missing(reader.api, acknowledged, place));
      for (const terminal of terminals) await settleDoubt(terminal, place, report, found);
      report.half += found(await auditDatabase(place));

      report.acknowledged = acknowledged.count;
      report.refused += found(refusalsOf(terminals));
      report.seconds = seconds();
      options.onKill?.(report);
    }
    return report;
  } finally {
    await server.kill();
    /* What went wrong is worth looking at: then the data stay. */
    if (report.problems.length === 0 || cluster !== null) {
      rmSync(dataDir, { recursive: true, force: true });
      await cluster?.remove();
    } else report.problems.push(`data kept in ${dataDir}`);
  }
}

export async function openTerminals(
  server: Pick<ServerProcess, 'url'>,
  codes: readonly string[],
  load: { next: () => number; acknowledged: AcknowledgedRows; mayBeBusy: boolean },
): Promise<LoadTerminal[]> {
  const left = [...codes];
  const terminals: LoadTerminal[] = [];
  const newCode = async (): Promise<string> => {
    const code = left.shift();
    if (code !== undefined) return code;
    const [owner] = terminals;
    if (owner === undefined) throw new Error('no code, and nobody to make one');
    const made = await owner.api.request('POST', '/api/terminals/codes', {});
    return (made.body as { code: string }).code;
  };
  for (const userName of USERS) {
    const terminal = new LoadTerminal({
      api: await apiTerminal({ url: server.url, newCode }, userName),
      ...load,
    });
    await terminal.receive();
    terminals.push(terminal);
  }
  return terminals;
}

/**
 * Once more where the connection broke: a pool keeps sockets that the kill, or the server's keep-alive, has closed, and
 * notices by using them. For what may be repeated only.
 */
async function insisting<T>(task: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await task();
    } catch (error) {
      if (tries === 10 || !isUnanswered(error)) throw error;
      await wait(50);
    }
  }
}

/** Acknowledged rows that are not there: read back by pull, and on disk where terminals only send. */
export async function missing(
  reader: ApiTerminal,
  acknowledged: AcknowledgedRows,
  place: DataPlace,
): Promise<string[]> {
  const lost: string[] = [];
  const onDisk = await storedDocuments(place);
  for (const name of COLLECTION_NAMES) {
    const rows = acknowledged.newest(name);
    if (rows.size === 0) continue;
    const pulled = COLLECTIONS[name].direction === 'up' ? null : await pullAll(reader, name);
    for (const row of rows.values()) {
      const json = onDisk.get(`${name}:${row.id}`)?.json;
      const stored =
        pulled?.get(row.id) ??
        (pulled === null && json !== undefined ? JSON.parse(json) : undefined);
      const why = whyLost(row, stored);
      if (why !== null) lost.push(`lost: ${name} ${row.id} ver ${row.ver}: ${why}`);
    }
  }
  return lost;
}

async function pullAll(
  api: ApiTerminal,
  name: CollectionName,
): Promise<Map<string, Record<string, unknown>>> {
  const documents = new Map<string, Record<string, unknown>>();
  for (let seq = 0; ; ) {
    const from = seq;
    const page = await insisting(() => api.pull(name, from));
    for (const document of page.documents as Record<string, unknown>[]) {
      documents.set(String(document['id']), document);
    }
    seq = page.checkpoint.seq;
    if (page.remaining === 0) return documents;
  }
}

function whyLost(row: Acknowledged, stored: Record<string, unknown> | undefined): string | null {
  if (stored === undefined) return 'not there';
  const ver = Number(stored['ver']);
  if (ver < row.ver) return `there with version ${ver}`;
  const { immutable } = COLLECTIONS[row.collection];
  if (!immutable && ver > row.ver) return null;
  if (!immutable && stored['edit'] !== row.edit) return 'there as another edit';
  return contentOf(stored) === contentOf(row.document) ? null : 'there with another content';
}

/** What got no answer is sent again, and once more: the first may store it, the second must change nothing. */
export async function settleDoubt(
  terminal: LoadTerminal,
  place: DataPlace,
  report: Pick<Losses, 'inDoubt' | 'inDoubtStored' | 'half' | 'twice'>,
  found: (problems: readonly string[]) => number,
): Promise<void> {
  const { inDoubt } = terminal;
  if (inDoubt === null) return;
  report.inDoubt += 1;
  const stored = await countStored(inDoubt, place);
  if (stored > 0) report.inDoubtStored += 1;
  /* Nothing of these is ever refused, so a batch is there wholly or not at all. */
  if (COLLECTIONS[inDoubt.collection].immutable && stored > 0 && stored < inDoubt.rows.length) {
    report.half += found([`${inDoubt.collection}: ${stored} of ${inDoubt.rows.length} rows`]);
  }
  await insisting(() => terminal.sendAgain());
  const before = await statusOf(terminal.api);
  await insisting(() => terminal.push(inDoubt));
  const after = await statusOf(terminal.api);
  if (before !== after) {
    report.twice += found([`${inDoubt.collection}: sent once more, it changed something`]);
  }
}

async function countStored({ collection, rows }: Batch, place: DataPlace): Promise<number> {
  const onDisk = await storedDocuments(place);
  return rows.filter(({ newDocumentState }) => {
    const stored = onDisk.get(`${collection}:${newDocumentState['id']}`);
    if (stored === undefined) return false;
    return COLLECTIONS[collection].immutable || stored.edit === newDocumentState['edit'];
  }).length;
}

async function statusOf(api: ApiTerminal): Promise<string> {
  const reply = await insisting(() => api.request('GET', '/api/sync/status'));
  return JSON.stringify((reply.body as unknown as StatusReply).collections);
}

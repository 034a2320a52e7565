import { Worker } from 'node:worker_threads';
import { makeCode } from '../../server/auth/enrolment';
import type { Refusal } from '../../shared/import/refusal';
import { startServer } from '../kit/start-server';
import { buildStore, OPENING, PASSWORD } from './build-store';
import { addFigures, type Figures, figuresOfFile, NO_FIGURES } from './figures';
import { planDay } from './plan-day';
import { readData } from './read-data';
import type { Commands } from './terminal-worker';

export interface DayReport {
  date: string;
  products: number;
  clients: number;
  priceChanges: number;
  refusedOfDay: readonly Refusal[];
  adjustments: number;
  expected: Figures;
  terminals: Figures[];
  total: Figures;
  /** What each terminal holds of the whole store after the last sync. */
  seenByEach: Figures[];
  digestsEqual: boolean;
  stockEqual: boolean;
  rejected: number;
  conflicts: number;
  seconds: { build: number; issue: number; sync: number };
  ok: boolean;
}

class Terminal {
  readonly #worker: Worker;
  #next = 1;
  readonly #waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: Error) => void }
  >();
  readonly ready: Promise<void>;

  constructor(data: { url: string; code: string; name: string }) {
    this.#worker = new Worker(new URL('./worker-entry.mjs', import.meta.url), {
      workerData: data,
    });
    this.ready = new Promise((resolve, reject) => {
      this.#waiting.set(0, { resolve, reject });
      this.#worker.on('error', reject);
    });
    this.#worker.on(
      'message',
      ({ id, value, error }: { id: number; value: never; error?: string }) => {
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        if (error === undefined) waiting?.resolve(value);
        else waiting?.reject(new Error(error));
      },
    );
  }

  call<C extends keyof Commands>(
    command: C,
    ...[argument]: Parameters<Commands[C]>
  ): Promise<Awaited<ReturnType<Commands[C]>>> {
    const id = this.#next++;
    this.#worker.postMessage({ id, command, argument });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: never) => void, reject });
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

const same = (a: Figures, b: Figures): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Lets the terminals trade one day of the file offline, sync at different moments, and compares every figure. */
export async function runDay(options: {
  data: string;
  date: string;
  terminals: number;
}): Promise<DayReport> {
  const started = performance.now();
  const data = readData(options.data);
  const server = await startServer();
  const terminals: Terminal[] = [];
  try {
    const built = await buildStore(server.context, data, options.date);
    const { storeId } = built;
    for (let i = 0; i < options.terminals; i++) {
      const { code } = await makeCode(server.context, { storeId, actor: 'tradeday' });
      terminals.push(new Terminal({ url: server.url, code, name: `T${i + 1}` }));
    }
    await Promise.all(terminals.map((terminal) => terminal.ready));
    for (const terminal of terminals) await terminal.call('login', PASSWORD);
    const documents = planDay(data, options.date, built);
    const builtAt = performance.now();

    let syncing = 0;
    for (const [index, document] of documents.entries()) {
      const turn = index % terminals.length;
      await terminals[turn]?.call('issue', document);
      /* Each terminal syncs once in the middle of its day, each at another moment. */
      const share = Math.floor(((turn + 1) / (terminals.length + 1)) * documents.length);
      if (index === share - (share % terminals.length) + turn) {
        const before = performance.now();
        await terminals[turn]?.call('sync');
        syncing += performance.now() - before;
      }
    }
    const issuedAt = performance.now();
    /* Twice: what the last one sent has to reach the first one too. */
    for (let round = 0; round < 2; round++)
      for (const terminal of terminals) await terminal.call('sync');
    const syncedAt = performance.now();

    const reports = [];
    for (const terminal of terminals) reports.push(await terminal.call('report'));
    const { figures: expected, stock } = figuresOfFile(data.salesText, options.date);
    const total = reports.map(({ own }) => own).reduce(addFigures, NO_FIGURES);
    const stockEqual = reports.every((report) =>
      [...built.products.values()].every(
        ({ id, code, stocked }) =>
          !stocked || report.stock.get(id) === (OPENING + (stock.get(code) ?? 0)) * 1000,
      ),
    );
    const digestsEqual = reports.every(({ equal }) => equal);
    const rejected = reports.reduce((sum, report) => sum + report.rejected, 0);
    const conflicts = reports.reduce((sum, report) => sum + report.conflicts, 0);
    const lines = data.salesText.split('\n');
    return {
      date: options.date,
      products: built.products.size,
      clients: built.clients.size,
      priceChanges: built.priceChanges,
      refusedOfDay: data.refused.filter(({ line }) =>
        lines[line - 1]?.includes(`,${options.date} `),
      ),
      adjustments: documents.filter(({ kind }) => kind === 'adjustment').length,
      expected,
      terminals: reports.map(({ own }) => own),
      total,
      seenByEach: reports.map(({ all }) => all),
      digestsEqual,
      stockEqual,
      rejected,
      conflicts,
      seconds: {
        build: (builtAt - started) / 1000,
        issue: (issuedAt - builtAt - syncing) / 1000,
        sync: (syncedAt - issuedAt + syncing) / 1000,
      },
      ok:
        same(total, expected) &&
        reports.every(({ all }) => same(all, expected)) &&
        digestsEqual &&
        stockEqual &&
        rejected === 0,
    };
  } finally {
    for (const terminal of terminals) await terminal.close();
    await server.close();
  }
}

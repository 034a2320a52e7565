import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { composeDesk } from '../../../client/app/compose';
import { toInvoiceLine } from '../../../client/desk/build-invoice';
import type { OpenDesk } from '../../../client/desk/create-desk';
import { countPending } from '../../../client/pending/pending-counts';
import { benchProducts } from '../bench-products';
import { countReads, type Reads } from './count-reads';
import { rawRows } from './raw-rows';

/*
 * The page that the bench drives: the real desk of the browser (client/app/compose), without screens. Each function
 * takes and gives plain data, times itself, and touches nothing but this origin's IndexedDB and the server it came from.
 */

let opened: OpenDesk | null = null;
const desk = (): OpenDesk => {
  if (opened === null) throw new Error('open() comes first');
  return opened;
};

async function settled(): Promise<void> {
  await desk().sync.idle();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await desk().sync.idle();
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await task();
  return performance.now() - began;
}

/** The run that `begin` starts, to its end; throws when it did not end well. */
async function run(begin: () => void): Promise<number> {
  const ms = await timed(async () => {
    begin();
    await settled();
  });
  const { phase, errorCode } = desk().sync.run$.getValue();
  if (phase !== 'done') throw new Error(`sync run: ${phase} ${errorCode}`);
  return ms;
}

const longTasks: number[] = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longTasks.push(entry.duration);
}).observe({ type: 'longtask' });

const bench = {
  /** Opens the terminal's database; `plain`: over RxDB's Dexie storage as it comes. */
  async open(storage: 'desk' | 'plain'): Promise<number> {
    return timed(async () => {
      opened = await (storage === 'plain' ? composeDesk(getRxStorageDexie()) : composeDesk());
    });
  },

  async enrol(code: string, login: { userName: string; password: string }): Promise<void> {
    await desk().session.enrol({ code, name: 'Bench' });
    await desk().session.login(login);
    await settled();
  },

  /** Second dialog of the first login: all products, from nothing. */
  async firstSync(expected: number): Promise<{ ms: number; longest: number }> {
    longTasks.length = 0;
    const ms = await run(() => desk().sync.send({ type: 'accept' }));
    const longest = Math.max(0, ...longTasks);
    const stored = await desk().db.products.count().exec();
    if (stored !== expected) throw new Error(`${stored} products instead of ${expected}`);
    await run(() => desk().sync.send({ type: 'accept' }));
    desk().sync.send({ type: 'accept' });
    return { ms, longest };
  },

  /** "Sincronizar datos locales > Productos" with nothing new on either side. */
  async idleSync(): Promise<number> {
    desk().sync.send({ type: 'askSingle', unit: 'products' });
    const ms = await run(() => desk().sync.send({ type: 'accept' }));
    desk().sync.send({ type: 'accept' });
    return ms;
  },

  rawProducts: (count: number): Promise<number> =>
    rawRows(benchProducts(count), { indexes: ['barcode', 'code'], perTransaction: 1000 }),

  /**
   * Edits some products, one after the other. `ms`: the count as the status bar asks for it, after each; `stored`: the
   * same asked of the storage itself, past everything that RxDB remembers; `reads`: what all of them read.
   */
  async pendingCount(
    edits: number,
  ): Promise<{ ms: number[]; stored: number[]; reads: Reads; counted: number }> {
    const { db, products } = desk();
    const some = await db.products.find({ limit: edits }).exec();
    const ms: number[] = [];
    const stored: number[] = [];
    let counted = 0;
    const reads: Reads = { documents: 0, keys: 0 };
    for (const { id } of some) {
      await products.edit(id, { notes: `bench ${counted}` });
      const asked = await countReads(async () => {
        ms.push(
          await timed(async () => {
            counted = await countPending(db, 'products');
          }),
        );
        const prepared = db.products
          .count({ selector: { pending: { $eq: 1 } }, index: ['pending'] })
          .getPreparedQuery();
        stored.push(await timed(() => db.products.storageInstance.count(prepared)));
      });
      reads.documents += asked.reads.documents;
      reads.keys += asked.reads.keys;
    }
    return { ms, stored, reads, counted };
  },

  /** Issues tickets of three lines that move stock, one after the other, as the sale screen does. */
  async issue(count: number): Promise<number> {
    const { db } = desk();
    const stocked = (await db.stock.find({ limit: 3 }).exec()).map(({ id }) => id);
    const found = await db.products.findByIds(stocked).exec();
    const products = [...found.values()].map((product) => product.toMutableJSON());
    const lines = products.map((product) => ({
      product,
      quantity: 1000,
      unitPrice: product.price,
      discountRate: 0,
    }));
    const total = lines.map(toInvoiceLine).reduce((sum, line) => sum + line.total, 0);
    return timed(async () => {
      for (let i = 0; i < count; i++) {
        await desk().sales.issue({
          type: '04',
          clientId: '',
          lines,
          payments: [{ method: 'cash', amount: total, reference: '' }],
          tendered: total,
          notes: '',
        });
      }
    });
  },

  /** The invoices stage of "Sincronizar Servidor (Todo)", after the two before it. */
  async push(): Promise<{ ms: number; sent: number }> {
    const { sync } = desk();
    sync.send({ type: 'askAll' });
    sync.send({ type: 'accept' });
    for (let stage = 0; stage < 2; stage++) {
      await run(() => sync.send({ type: 'run' }));
      sync.send({ type: 'accept' });
    }
    const ms = await run(() => sync.send({ type: 'run' }));
    const { sent } = sync.run$.getValue().counts;
    sync.send({ type: 'accept' });
    sync.send({ type: 'accept' });
    return { ms, sent };
  },

  /** This terminal's newest invoices as raw rows: one transaction each as a sale has, or all at once as a push has. */
  async rawInvoices(count: number, perTransaction: number): Promise<number> {
    const invoices = (await desk().db.invoices.find({ limit: count }).exec()).map((invoice) =>
      invoice.toMutableJSON(),
    );
    return rawRows(invoices, { indexes: ['consecutive', 'issuedAt'], perTransaction });
  },

  close: (): Promise<void> => desk().close(),
};
export type Bench = typeof bench;

Object.assign(window, { bench });

import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { deskStorage } from '../../client/db/storage/desk-storage';
import { memoryNotePages } from '../../client/db/storage/note-pages';
import { toInvoiceLine } from '../../client/desk/build-invoice';
import { createDesk } from '../../client/desk/create-desk';
import { memoryLocks } from '../../client/desk/locks';
import { verifyArgon2 } from '../../client/session/verify-password';
import { settingsFlowStore } from '../../client/sync/flow-store';
import { memorySyncLock } from '../../client/sync/sync-lock';
import { cookieFetch } from '../kit/cookie-fetch';
import { addFigures, type Figures, NO_FIGURES } from './figures';
import type { DayDocument } from './plan-day';

/* One terminal: the real client over RxDB in memory, in a thread of its own (RxDB opens 13 collections a copy). */

const { url, code, name } = workerData as { url: string; code: string; name: string };
let offline = false;
/** The terminal's clock stands at the moment of the document that is being issued. */
let now = Date.now();

const desk = await createDesk({
  databaseName: `tradeday${randomUUID().replaceAll('-', '')}`,
  storage: deskStorage({ documents: getRxStorageMemory(), notes: memoryNotePages }),
  multiInstance: false,
  baseUrl: url,
  fetch: cookieFetch(() =>
    offline ? Promise.reject(new TypeError('offline')) : Promise.resolve(undefined),
  ),
  verifyPassword: verifyArgon2,
  openKey: () => Promise.resolve(null),
  clock: { now: () => now },
  ids: { newId: () => randomUUID() },
  digits: (length) => String(Math.floor(Math.random() * 10 ** length)).padStart(length, '0'),
  syncLock: memorySyncLock(),
  locks: memoryLocks(),
  flows: settingsFlowStore,
  persist: () => Promise.resolve(true),
});

async function settle(): Promise<void> {
  await desk.sync.idle();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await desk.sync.idle();
}

const commands = {
  async login(password: string): Promise<void> {
    await desk.session.enrol({ code, name });
    await desk.session.login({ userName: 'owner', password });
    for (let step = 0; step < 3; step++) {
      await settle();
      desk.sync.send({ type: 'accept' });
    }
    offline = true;
    await desk.status.checkConnection();
  },

  async issue(document: DayDocument): Promise<void> {
    now = Date.parse(document.at);
    if (document.kind === 'adjustment') {
      for (const { productId, quantity } of document.lines) {
        await desk.stock.adjust({
          productId,
          kind: 'adjustment',
          quantity: quantity * 1000,
          reason: document.number,
        });
      }
      return;
    }
    const products = await desk.db.products
      .findByIds(document.lines.map(({ productId }) => productId))
      .exec();
    const lines = document.lines.map(({ productId, quantity, unitPrice }) => {
      const product = products.get(productId)?.toMutableJSON();
      if (product === undefined) throw new Error(`product ${productId} is not at this terminal`);
      return { product, quantity: Math.abs(quantity) * 1000, unitPrice, discountRate: 0 };
    });
    const total = lines.map(toInvoiceLine).reduce((sum, line) => sum + line.total, 0);
    const payments = [{ method: 'cash' as const, amount: total, reference: '' }];
    const { clientId } = document;
    if (document.kind === 'sale') {
      const type = clientId === '' ? '04' : '01';
      await desk.sales.issue({
        type,
        clientId,
        lines,
        payments,
        tendered: total,
        notes: document.number,
      });
      return;
    }
    await desk.sales.issueNote({
      type: '03',
      clientId,
      lines,
      payments,
      notes: document.number,
      reference: {
        invoiceId: '',
        documentType: '01',
        number: document.number,
        issuedAt: document.at,
        code: '04',
        reason: 'Cancellation in the sales file',
      },
    });
  },

  async sync(): Promise<void> {
    offline = false;
    desk.sync.send({ type: 'askAll' });
    desk.sync.send({ type: 'accept' });
    for (let stage = 0; stage < 3; stage++) {
      desk.sync.send({ type: 'run' });
      await settle();
      const run = desk.sync.run$.getValue();
      if (run.phase !== 'done')
        throw new Error(`sync of ${run.unit}: ${run.phase} ${run.errorCode}`);
      desk.sync.send({ type: 'accept' });
    }
    desk.sync.send({ type: 'accept' });
    offline = true;
  },

  async report() {
    offline = false;
    let own: Figures = NO_FIGURES;
    let all: Figures = NO_FIGURES;
    const state = desk.session.state$.getValue();
    const terminalId = state.kind === 'signedIn' ? state.terminal.id : '';
    for (const invoice of await desk.db.invoices.find().exec()) {
      const sign = invoice.type === '03' ? -1 : 1;
      const figures = {
        invoices: sign === 1 ? 1 : 0,
        notes: sign === 1 ? 0 : 1,
        lines: invoice.lines.length,
        units: (sign * invoice.lines.reduce((sum, line) => sum + line.quantity, 0)) / 1000,
        amount: sign * invoice.totals.net,
      };
      all = addFigures(all, figures);
      if (invoice.terminalId === terminalId) own = addFigures(own, figures);
    }
    const comparison = await desk.proof.compare();
    const stock = new Map(
      (await desk.db.stock.find().exec()).map(({ id, onHand }) => [id, onHand]),
    );
    return {
      own,
      all,
      stock,
      equal: comparison.every(({ equality }) => equality === 'equal'),
      rejected: (await desk.db.rejected.find().exec()).length,
      conflicts: (await desk.db.conflicts.find().exec()).length,
    };
  },
};
export type Commands = typeof commands;

parentPort?.on(
  'message',
  ({ id, command, argument }: { id: number; command: keyof Commands; argument: never }) => {
    (commands[command] as (value: never) => Promise<unknown>)(argument).then(
      (value) => parentPort?.postMessage({ id, value }),
      (error: unknown) =>
        parentPort?.postMessage({
          id,
          error: error instanceof Error ? `${error.stack}` : String(error),
        }),
    );
  },
);
parentPort?.postMessage({ id: 0, value: 'ready' });

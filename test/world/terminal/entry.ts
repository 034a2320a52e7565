import { createDesk, type OpenDesk } from '../../../client/desk/create-desk';
import { memoryLocks } from '../../../client/desk/locks';
import { settingsFlowStore } from '../../../client/sync/flow-store';
import { memorySyncLock } from '../../../client/sync/sync-lock';
import { COLLECTION_NAMES } from '../../../schemas/registry';
import { AppError } from '../../../shared/errors/app-error';
import { TAX_RATES } from '../../../shared/fiscal/tax-rates';
import { lineAmounts } from '../../../shared/money/line-amounts';
import { type Disk, durableStorage } from './durable-storage';
import type { Operation, Outcome, RunReport, TerminalState, WrittenDocument } from './operations';

/** What the world gives a terminal's realm besides its globals. */
export interface RealmHost {
  disk: Disk;
  fetch: typeof fetch;
  newId(): string;
  digits(length: number): string;
  /** What the person at the desk types when a run asks for the password. */
  password(): string;
}

/** What the world may ask of a terminal; texts are JSON. */
export interface RealmTerminal {
  /** Operation -> Outcome. */
  perform(operation: string): Promise<string>;
  /** TerminalState. */
  state(): Promise<string>;
  close(): Promise<void>;
}

/** How long a person takes to type the password that a run asks for. */
const PASSWORD_MS = 2_000;

/** Opens the real desk: everything but storage, network, clock and randomness is what a browser runs. */
export async function openRealm(host: RealmHost): Promise<RealmTerminal> {
  const desk = await createDesk({
    databaseName: 'terminal',
    storage: durableStorage(host.disk),
    multiInstance: false,
    baseUrl: '',
    fetch: host.fetch,
    verifyPassword: (password, verifier) => Promise.resolve(verifier.endsWith(`$${password}`)),
    clock: { now: () => Date.now() },
    ids: { newId: () => host.newId() },
    digits: (length) => host.digits(length),
    syncLock: memorySyncLock(),
    locks: memoryLocks(),
    flows: settingsFlowStore,
    persist: () => Promise.resolve(true),
  });
  desk.sync.run$.subscribe(({ phase }) => {
    if (phase !== 'needs-password') return;
    setTimeout(() => {
      desk.sync.reauthenticate(host.password()).catch(() => desk.sync.cancel());
    }, PASSWORD_MS);
  });
  return {
    async perform(text) {
      const operation = JSON.parse(text) as Operation;
      const runs: RunReport[] = [];
      try {
        const written = await perform(desk, operation, runs);
        return JSON.stringify({ ok: true, written, runs } satisfies Outcome);
      } catch (error) {
        const code = error instanceof AppError ? error.code : 'UNEXPECTED';
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        return JSON.stringify({
          ok: false,
          code,
          message: code === 'UNEXPECTED' ? message : '',
        } satisfies Outcome);
      }
    },
    state: async () => JSON.stringify(await stateOf(desk)),
    close: () => desk.close(),
  };
}

async function perform(
  desk: OpenDesk,
  operation: Operation,
  runs: RunReport[],
): Promise<WrittenDocument[]> {
  switch (operation.op) {
    case 'enrol':
      await desk.session.enrol({ code: operation.code, name: operation.name });
      return [];
    case 'login':
      await desk.session.login(operation);
      for (let step = 0; step < 3; step++) {
        runs.push(await nextReport(desk));
        desk.sync.send({ type: 'accept' });
      }
      return [];
    case 'logout':
      await desk.session.logout();
      return [];
    case 'sync':
      await sync(desk, operation.unit, runs);
      return [];
    case 'sell':
      return [written('invoices', null, await sell(desk, operation))];
    case 'creditNote': {
      const invoice = await desk.invoices.find(operation.invoiceId);
      if (invoice === null) throw new AppError('NOT_FOUND');
      const note = await desk.sales.creditNote(invoice, { reason: 'Devolución' });
      return [written('invoices', null, note)];
    }
    case 'createClient':
      return [
        written(
          'clients',
          null,
          await desk.clients.create({
            name: operation.name,
            identificationType: '',
            identification: '',
            email: '',
            phone: '',
            address: '',
            notes: '',
            active: true,
          }),
        ),
      ];
    case 'createProduct':
      return [
        written(
          'products',
          null,
          await desk.products.create({
            code: operation.code,
            description: `Producto ${operation.code}`,
            price: operation.price,
            barcode: '',
            cabys: '',
            unit: 'Unid',
            taxCode: 'iva13',
            stocked: true,
            notes: '',
            active: true,
          }),
        ),
      ];
    case 'editClient':
    case 'editProduct': {
      const collection = operation.op === 'editClient' ? 'clients' : 'products';
      const before = await desk.db[collection].findOne(operation.id).exec();
      if (before === null) throw new AppError('NOT_FOUND');
      const seen = before.toMutableJSON();
      const service = collection === 'clients' ? desk.clients : desk.products;
      return [written(collection, seen, await service.edit(operation.id, operation.change))];
    }
    case 'adjust': {
      const { productId, quantity, reason } = operation;
      const known = new Set((await desk.db.movements.find().exec()).map(({ id }) => id));
      await desk.stock.adjust({ productId, quantity, reason, kind: 'adjustment' });
      const now = await desk.db.movements.find().exec();
      return now
        .filter(({ id }) => !known.has(id))
        .map((movement) => written('movements', null, movement.toMutableJSON()));
    }
    case 'openShift':
      return [
        written('shifts', null, await desk.shifts.open({ openingCash: operation.cash, notes: '' })),
      ];
    case 'closeShift':
      return [
        written(
          'shifts',
          null,
          await desk.shifts.close({ countedCash: operation.cash, notes: '' }),
        ),
      ];
    case 'applyMine':
    case 'keepTheirs':
      return decide(desk, operation.op);
    case 'sendAgain': {
      const refused = await desk.db.rejected.find().exec();
      const first = refused.map(({ id }) => id).sort()[0];
      if (first === undefined) throw new AppError('NOT_FOUND');
      await desk.attention.sendAgain(first);
      return [];
    }
  }
}

const written = (collection: string, before: object | null, after: object): WrittenDocument => ({
  collection,
  before: before as Record<string, unknown> | null,
  after: after as Record<string, unknown>,
});

/** Decides the first open conflict, by id. */
async function decide(desk: OpenDesk, op: 'applyMine' | 'keepTheirs'): Promise<WrittenDocument[]> {
  const open = await desk.db.conflicts.find({ selector: { status: 'open' } }).exec();
  const first = open
    .map((record) => record.toMutableJSON())
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  if (first === undefined) throw new AppError('NOT_FOUND');
  if (op === 'keepTheirs') {
    await desk.attention.keepTheirs(first.id);
    return [];
  }
  const name = first.collectionName === 'clients' ? 'clients' : 'products';
  const read = async () => (await desk.db[name].findOne(first.documentId).exec())?.toMutableJSON();
  const before = await read();
  await desk.attention.applyMine(first.id);
  const after = await read();
  return after === undefined ? [] : [written(name, before ?? null, after)];
}

async function sell(desk: OpenDesk, { lines, clientId }: Extract<Operation, { op: 'sell' }>) {
  const sold = [];
  let total = 0;
  for (const { productId, quantity } of lines) {
    const found = await desk.db.products.findOne(productId).exec();
    if (found === null) throw new AppError('NOT_FOUND');
    const product = found.toMutableJSON();
    const line = { quantity, unitPrice: product.price, discountRate: 0 };
    total += lineAmounts({ ...line, taxRate: TAX_RATES[product.taxCode] }).total;
    sold.push({ product, ...line });
  }
  return desk.sales.issue({
    type: clientId === '' ? '04' : '01',
    clientId,
    lines: sold,
    payments: [{ method: 'cash', amount: total, reference: '' }],
    tendered: total,
    notes: '',
  });
}

/** Clicks through the menu as an operator does, dialog by dialog. */
async function sync(
  desk: OpenDesk,
  unit: Extract<Operation, { op: 'sync' }>['unit'],
  runs: RunReport[],
): Promise<void> {
  /* A dialog that a reload left open is closed first, as a person would. */
  desk.sync.send({ type: 'dismiss' });
  if (unit !== 'all') {
    desk.sync.send({ type: 'askSingle', unit });
    desk.sync.send({ type: 'accept' });
    runs.push(await nextReport(desk));
    desk.sync.send({ type: 'accept' });
    return;
  }
  desk.sync.send({ type: 'askAll' });
  desk.sync.send({ type: 'accept' });
  for (let stage = 0; stage < 3; stage++) {
    desk.sync.send({ type: 'run' });
    const report = await nextReport(desk);
    runs.push(report);
    /* "Continuar" is not enabled after a stage that failed: the person closes the window. */
    if (report.status !== 'done') break;
    desk.sync.send({ type: 'accept' });
  }
  desk.sync.send({ type: 'dismiss' });
}

/** The run that is on, or that a flow has just started, to its end. */
async function nextReport(desk: OpenDesk): Promise<RunReport> {
  await desk.sync.idle();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await desk.sync.idle();
  const { unit, phase, counts, pending, errorCode } = desk.sync.run$.getValue();
  return { unit, status: phase, ...counts, pending, errorCode };
}

/** The status bar counts bursts of writes together. */
const COUNTED_MS = 200;

async function stateOf(desk: OpenDesk): Promise<TerminalState> {
  await new Promise((resolve) => setTimeout(resolve, COUNTED_MS));
  const documents: TerminalState['documents'] = {};
  for (const name of COLLECTION_NAMES) {
    const found = await desk.db[name].find().exec();
    documents[name] = found.map((document) => document.toMutableJSON());
  }
  const conflicts = await desk.db.conflicts.find().exec();
  const rejected = await desk.db.rejected.find().exec();
  const products = (documents['products'] ?? []).map(({ id }) => String(id));
  const status = desk.status.status$.getValue();
  return {
    session: desk.session.state$.getValue().kind,
    documents,
    conflicts: conflicts.map((record) => record.toMutableJSON()),
    rejected: rejected.map((record) => record.toMutableJSON()),
    pending: { ...status.pending },
    shownStock: Object.fromEntries(await desk.stock.shownOf(products)),
    incomplete: status.incomplete,
  };
}

import { bytesToHex } from '@noble/hashes/utils.js';
import { createDesk, type OpenDesk } from '../../../client/desk/create-desk';
import { memoryLocks } from '../../../client/desk/locks';
import { settingsFlowStore } from '../../../client/sync/flow-store';
import { memorySyncLock } from '../../../client/sync/sync-lock';
import type { TraceStore } from '../../../client/trace/trace-store';
import { COLLECTION_NAMES } from '../../../schemas/registry';
import type { PublicKey } from '../../../shared/chain/signature';
import { AppError } from '../../../shared/errors/app-error';
import { isRunning } from '../../../shared/sync/run-machine';
import { type Disk, durableStorage } from './durable-storage';
import type { Operation, Outcome, RunReport, TerminalState } from './operations';
import { perform, SaleBlocked } from './perform';

/** What the world gives a terminal's realm besides its globals. */
export interface RealmHost {
  disk: Disk;
  fetch: typeof fetch;
  newId(): string;
  digits(length: number): string;
  /** What the person at the desk types when a run asks for the password; null: nothing. */
  password(): string | null;
  /** Where the trace lies; null: none is kept. */
  trace: TraceStore | null;
  /** The profile's key: its public half as JSON, and a signature (base64url) over bytes (hexadecimal). */
  publicKey(): string;
  sign(hex: string): string;
}

/** What the world may ask of a terminal; texts are JSON. */
export interface RealmTerminal {
  /** Operation -> Outcome. */
  perform(operation: string): Promise<string>;
  /** TerminalState. */
  state(): Promise<string>;
  /** Whether a run is on, also one that nobody asked for: the one that a reload cut. */
  isSyncing(): boolean;
  close(): Promise<void>;
}

/** How long a person takes to type the password that a run asks for. */
const PASSWORD_MS = 2_000;

const codeOf = (error: unknown): string => {
  if (error instanceof SaleBlocked) return 'SALE_BLOCKED';
  return error instanceof AppError ? error.code : 'UNEXPECTED';
};

/** Opens the real desk: everything but storage, network, clock and randomness is what a browser runs. */
export async function openRealm(host: RealmHost): Promise<RealmTerminal> {
  const desk = await createDesk({
    databaseName: 'terminal',
    storage: durableStorage(host.disk),
    multiInstance: false,
    baseUrl: '',
    fetch: host.fetch,
    verifyPassword: (password, verifier) => Promise.resolve(verifier.endsWith(`$${password}`)),
    hashPassword: (password) => Promise.resolve(`$plain$${password}`),
    openKey: () =>
      Promise.resolve({
        publicKey: JSON.parse(host.publicKey()) as PublicKey,
        sign: (bytes) => Promise.resolve(host.sign(bytesToHex(bytes))),
      }),
    clock: { now: () => Date.now() },
    ids: { newId: () => host.newId() },
    digits: (length) => host.digits(length),
    syncLock: memorySyncLock(),
    locks: memoryLocks(),
    flows: settingsFlowStore,
    persist: () => Promise.resolve(true),
    ...(host.trace === null ? {} : { traceStore: host.trace }),
  });
  desk.sync.run$.subscribe(({ phase }) => {
    if (phase !== 'needs-password') return;
    setTimeout(() => {
      const password = host.password();
      if (password === null) return;
      desk.sync.reauthenticate(password).catch(() => desk.sync.cancel());
    }, PASSWORD_MS);
  });
  return {
    async perform(text) {
      const operation = JSON.parse(text) as Operation;
      const runs: RunReport[] = [];
      try {
        if (operation.op === 'exportCase') {
          const { text } = await desk.cases.export();
          return JSON.stringify({ ok: true, written: [], runs, text } satisfies Outcome);
        }
        const written = await perform(desk, operation, runs);
        return JSON.stringify({ ok: true, written, runs } satisfies Outcome);
      } catch (error) {
        const code = codeOf(error);
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        return JSON.stringify({
          ok: false,
          code,
          message: code === 'UNEXPECTED' ? message : '',
        } satisfies Outcome);
      }
    },
    state: async () => JSON.stringify(await stateOf(desk)),
    isSyncing: () => isRunning(desk.sync.run$.getValue()),
    close: () => desk.close(),
  };
}

/** The status bar counts bursts of writes together. */
const COUNTED_MS = 200;

async function stateOf(desk: OpenDesk): Promise<TerminalState> {
  const wasRunning = isRunning(desk.sync.run$.getValue());
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
    atRest: !wasRunning && !isRunning(desk.sync.run$.getValue()),
    session: desk.session.state$.getValue().kind,
    documents,
    conflicts: conflicts.map((record) => record.toMutableJSON()),
    rejected: rejected.map((record) => record.toMutableJSON()),
    pending: { ...status.pending },
    shownStock: Object.fromEntries(await desk.stock.shownOf(products)),
    incomplete: status.incomplete,
  };
}

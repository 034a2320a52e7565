import { Type } from '@sinclair/typebox';
import type { RxStorage } from 'rxdb';
import { AppError } from '../../shared/errors/app-error';
import type { Clock } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import { type DeskDatabase, openDatabase } from '../db/database';
import { databaseSettings, type Settings } from '../db/settings';
import { createApiClients } from '../http/create-api-clients';
import { createImportReader } from '../import/create-import-reader';
import type { ImportReader } from '../import/import-reader';
import { settingsContents } from '../proof/kept-contents';
import { settingsProofs } from '../proof/proofs';
import { createProver } from '../proof/prover';
import type { Desk } from '../services/desk';
import { createSessionService } from '../session/create-session-service';
import { type HashPassword, hashArgon2 } from '../session/hash-password';
import { settingsIdentity } from '../session/identity';
import { settingsLeftSession } from '../session/left-session';
import { offlineLogin } from '../session/offline-login';
import { chainSigner, keySigner } from '../session/sign-chain';
import type { OpenTerminalKey } from '../session/terminal-key';
import type { VerifyPassword } from '../session/verify-password';
import { createConflictHandler } from '../sync/conflict-handler';
import { createSyncService } from '../sync/create-sync-service';
import { settingsCuts } from '../sync/cuts';
import type { FlowStore } from '../sync/flow-store';
import { httpTransport } from '../sync/http-transport';
import { databaseRecords } from '../sync/records';
import { databaseHistory } from '../sync/run-history';
import { SentStates } from '../sync/sent-states';
import { SupersededEdits } from '../sync/superseded-edits';
import type { SyncLock } from '../sync/sync-lock';
import { settingsSyncMarks } from '../sync/sync-marks';
import type { waitFor } from '../sync/wait-for';
import { createCaseService } from '../trace/create-case-service';
import { createTrace } from '../trace/trace';
import type { TraceStore } from '../trace/trace-store';
import { createApprovalsService } from './create-approvals-service';
import { createArchiveService } from './create-archive-service';
import { createAttentionService } from './create-attention-service';
import { createAuditNotes } from './create-audit-notes';
import { createAuditService } from './create-audit-service';
import { createImportService } from './create-import-service';
import { createLocalServices } from './create-local-services';
import { createProofService } from './create-proof-service';
import { createRescueService } from './create-rescue-service';
import { createSetupService } from './create-setup-service';
import { createStatusService } from './create-status-service';
import { createTerminalsService } from './create-terminals-service';
import { createUsersService } from './create-users-service';
import type { Locks } from './locks';
import { noteLeftPending } from './note-left-pending';
import { ISSUE_LOCK, newestOwn } from './own-numbers';

export interface DeskOptions {
  databaseName: string;
  // biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of a storage, whatever its internals
  storage: RxStorage<any, any>;
  multiInstance: boolean;
  /** '' in the browser, `http://host:port` elsewhere. */
  baseUrl: string;
  fetch: typeof fetch;
  /** Checks a password against the verifier of a user, for a login without a connection. */
  verifyPassword: VerifyPassword;
  /** Slow hash of a password, for approvals; argon2id where it is not given. */
  hashPassword?: HashPassword;
  openKey: OpenTerminalKey;
  clock: Clock;
  ids: Ids;
  /** Random decimal digits. */
  digits: (length: number) => string;
  /** How a sync waits for a busy server; by the machine's timer where it is not given. */
  wait?: typeof waitFor;
  syncLock: SyncLock;
  /** Locks that all tabs share, for taking numbers. */
  locks: Locks;
  flows: (settings: Settings) => FlowStore;
  persist: () => Promise<boolean | null>;
  /** Reads files that are to be imported; where it is not given, in place. */
  importReader?: ImportReader;
  /** Where the trace for QA lies; where it is not given, none is kept. */
  traceStore?: TraceStore;
}

/** A desk, and what only its owner calls. */
export interface OpenDesk extends Desk {
  readonly db: DeskDatabase;
  close(): Promise<void>;
}

/**
 * Wires one terminal. Everything that differs between a browser and a test is an argument, so that tests run the very
 * same desk.
 */
export async function createDesk(options: DeskOptions): Promise<OpenDesk> {
  const { clock, ids } = options;
  const superseded = new SupersededEdits();
  const sent = new SentStates(() => settings);
  const db = await openDatabase({
    name: options.databaseName,
    storage: options.storage,
    multiInstance: options.multiInstance,
    /* A tab with the program before may be selling: what it issues is either migrated, or fails to be stored. */
    whileNobodyIssues: (migrate) => options.locks.run(ISSUE_LOCK, migrate),
    conflictHandler: (collection) => createConflictHandler(collection, { ids, superseded, sent }),
  });
  const settings = databaseSettings(db);
  const identity = settingsIdentity(settings);
  const marks = settingsSyncMarks(settings);
  const records = databaseRecords(db, clock);

  const trace = createTrace({ store: options.traceStore, ids, clock });
  const { contacts$, ...clients } = createApiClients(options);
  const traced = trace.api(clients.untraced);
  const left = settingsLeftSession(settings, traced);
  const api = left.endFirst(traced);
  const slow = left.endFirst(clients.slow);
  const transport = httpTransport(api);

  const signedIn = () => {
    const state = session.state$.getValue();
    if (state.kind !== 'signedIn') throw new AppError('SESSION_EXPIRED');
    return state;
  };
  const who = (): { id: string; name: string } => {
    const state = session.state$.getValue();
    return state.kind === 'signedIn'
      ? { id: state.user.id, name: state.user.displayName }
      : { id: '', name: '' };
  };
  const kept = settingsContents(db, settings);
  const proofs = settingsProofs(db, settings);
  const goesOnFrom = async () => newestOwn(db, (await identity.read())?.terminal.id ?? '');
  const cuts = settingsCuts({ db, settings, transport, clock, goesOnFrom });
  const history = databaseHistory({ db, clock, who });

  const signBytes = keySigner(identity, options.openKey);
  const sign = chainSigner(signBytes);

  const notes = createAuditNotes({
    settings,
    api: left.endFirst(clients.pinger),
    clock,
    ids,
    userId: () => who().id,
  });
  const approvals = createApprovalsService({
    clock,
    author: signedIn,
    checkPassword: (typed) =>
      offlineLogin({ db, settings, clock, verifyPassword: options.verifyPassword }, typed),
    hashPassword: options.hashPassword ?? hashArgon2,
  });

  const session = createSessionService({
    db,
    settings,
    identity,
    api,
    clock,
    verifyPassword: options.verifyPassword,
    openKey: options.openKey,
    left,
    ids,
    persist: options.persist,
    onLogin: ({ online }) => {
      if (online) void notes.tell();
      sync.send({ type: 'loggedIn', online });
    },
    onLogout: () => sync.reset(),
  });
  const status = createStatusService({
    db,
    marks,
    contacts$,
    persist: options.persist,
    ping: async () => {
      const live = { method: 'GET', path: '/health/live' } as const;
      await clients.pinger
        .request(live, Type.Unknown())
        .then(() => left.end())
        .catch(() => undefined);
    },
  });
  const sync = createSyncService({
    db,
    transport,
    identity,
    marks,
    records,
    history,
    prover: createProver({ db, transport, kept, proofs, cuts, clock }),
    kept,
    cuts,
    superseded,
    sent,
    clock,
    ids,
    digits: options.digits,
    ...(options.wait === undefined ? {} : { wait: options.wait }),
    sign,
    lock: options.syncLock,
    flows: options.flows(settings),
    newSession: (password) => session.reauthenticate(password),
    logout: async () => {
      await noteLeftPending({ db, ids, history, notes, approvals });
      await session.logout();
    },
  });
  const attention = createAttentionService({
    db,
    clock,
    ids,
    author: signedIn,
    onDecided: (details) => void notes.add({ action: 'conflictDecided', details }),
  });
  const proof = createProofService({
    db,
    transport,
    identity,
    kept,
    proofs,
    cuts,
    lock: options.syncLock,
    clock,
  });
  const archive = createArchiveService({
    api: left.endFirst(clients.untraced),
    heldFrom$: cuts.heldFrom$,
  });
  const local = createLocalServices({
    db,
    clock,
    ids,
    digits: options.digits,
    sign,
    locks: options.locks,
    author: signedIn,
    session$: session.state$,
    terminalId: () => {
      const state = session.state$.getValue();
      return 'terminal' in state ? state.terminal.id : null;
    },
    isOnline: () => status.status$.getValue().connection === 'online',
    approvals,
    archive,
  });

  const imports = createImportService({
    api: slow,
    reader: options.importReader ?? createImportReader(),
    author: signedIn,
    session,
  });

  const isSignedIn = await session.start();
  trace.starts({ db, sync, session: session.state$.getValue() });
  if (isSignedIn) await sync.resume();

  return trace.desk({
    db,
    clock,
    ids,
    session,
    sync,
    status,
    attention,
    proof,
    ...local.services,
    approvals,
    archive,
    users: createUsersService(api),
    audit: createAuditService({ api, slow, notes }),
    terminals: createTerminalsService(api),
    setup: createSetupService(api),
    imports,
    cases: createCaseService({ db, recorder: trace.recorder, identity, clock, ids }),
    rescue: createRescueService({
      db,
      api,
      identity,
      clock,
      ids,
      digits: options.digits,
      author: signedIn,
      signBytes,
    }),
    async close() {
      sync.cancel();
      await sync.idle();
      trace.close();
      status.close();
      imports.close();
      local.close();
      await db.close();
    },
  });
}

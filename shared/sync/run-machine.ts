import type { CollectionName } from '../../schemas/registry';
import type { ErrorCode } from '../errors/registry';
import { type Equality, worstOf } from '../proof/equality';
import { MAX_BUSY_TRIES } from './busy-wait';
import { type SyncUnit, UNIT_COLLECTIONS } from './units';

/**
 * One sync run as a pure machine: `(state, event) -> { state, effects }`. It decides; `client/sync/run-driver` acts.
 * The table is total: a new phase or event does not compile until every combination is answered.
 */
export type RunPhase =
  | 'idle'
  | 'locking'
  | 'transferring'
  | 'waiting'
  | 'needs-password'
  | 'verifying'
  | 'done'
  | 'failed'
  | 'cancelled';

/** login: at login; single: one unit asked for; all: a stage of "Sincronizar Servidor (Todo)". */
export type RunTrigger = 'login' | 'single' | 'all';

/**
 * How often in a run what is stuck is written anew. Once is enough for a write that a clock hid; a conflict that it then
 * meets is resolved by another write, which the same clock hides.
 */
export const MAX_HEALS = 3;

export interface RunCounts {
  /** Documents that came from the server, those of this terminal that merely came back not counted. */
  readonly received: number;
  readonly sent: number;
  readonly conflicts: number;
  readonly rejected: number;
}
export const NO_COUNTS: RunCounts = { received: 0, sent: 0, conflicts: 0, rejected: 0 };

export interface RunState {
  readonly phase: RunPhase;
  readonly runId: string;
  readonly unit: SyncUnit;
  readonly trigger: RunTrigger;
  /** Index into UNIT_COLLECTIONS[unit] of the collection that is being transferred. */
  readonly position: number;
  readonly counts: RunCounts;
  /** Work of this run in documents, as far as known: handled so far, and still to come. Null until the first page. */
  readonly handled: number;
  readonly remaining: number | null;
  /** How often what was stuck has been written anew in this run. */
  readonly heals: number;
  /** How often in a row the run waited for a busy server without anything getting through, and the present wait in ms. */
  readonly busyTries: number;
  readonly waitMs: number | null;
  /** The server's data began a new life in this run (once at most). */
  readonly epochAdopted: boolean;
  /** Of the collections transferred so far, the worst; null while nothing was compared. */
  readonly equality: Equality | null;
  /** Pending documents of the unit when it ended; null while unknown. */
  readonly pending: number | null;
  readonly errorCode: ErrorCode | null;
}

export type RunEvent =
  | { type: 'start'; runId: string; unit: SyncUnit; trigger: RunTrigger }
  | { type: 'locked' }
  | { type: 'lockBusy' }
  | { type: 'progress'; counts: Partial<RunCounts>; handled: number; remaining: number }
  /** `equality`: of the collection that was transferred; null for one that is only sent. */
  | { type: 'transferred'; equality: Equality | null }
  | { type: 'sessionExpired' }
  /** The server, or a proxy, asks to be left alone for `waitMs` (jitter included); `code` says why. */
  | { type: 'serverBusy'; code: ErrorCode; waitMs: number }
  | { type: 'waited' }
  | { type: 'reauthenticated' }
  | { type: 'epochChanged'; epoch: string }
  /** `stuck`: pending since before the run, neither acknowledged nor rejected. */
  | { type: 'verified'; pending: number; stuck: number }
  | { type: 'failed'; code: ErrorCode }
  | { type: 'cancel' };

export type RunEffect =
  | { type: 'acquireLock' }
  | { type: 'transfer'; collection: CollectionName }
  | { type: 'stopTransfer' }
  | { type: 'wait'; ms: number }
  | { type: 'verify' }
  | { type: 'rewind' }
  | { type: 'adoptEpoch'; epoch: string }
  | { type: 'finish'; status: 'done' | 'failed' | 'cancelled' };

export interface RunStep {
  readonly state: RunState;
  readonly effects: readonly RunEffect[];
}

export const IDLE_RUN: RunState = {
  phase: 'idle',
  runId: '',
  unit: 'clients',
  trigger: 'single',
  position: 0,
  counts: NO_COUNTS,
  handled: 0,
  remaining: null,
  heals: 0,
  busyTries: 0,
  waitMs: null,
  epochAdopted: false,
  equality: null,
  pending: null,
  errorCode: null,
};

/** True while the run holds, or waits for, the terminal's sync lock. */
export const isRunning = (state: RunState): boolean =>
  state.phase === 'locking' ||
  state.phase === 'transferring' ||
  state.phase === 'waiting' ||
  state.phase === 'needs-password' ||
  state.phase === 'verifying';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
type Handler<T extends RunEvent['type']> = (state: RunState, event: EventOf<T>) => RunStep;
type Row = { readonly [T in RunEvent['type']]: Handler<T> };

const stay = (state: RunState): RunStep => ({ state, effects: [] });

const end = (
  state: RunState,
  status: 'done' | 'failed' | 'cancelled',
  change: Partial<RunState> = {},
): RunStep => ({
  state: { ...state, ...change, phase: status },
  effects: [{ type: 'finish', status }],
});

const transferAt = (state: RunState, position: number): RunStep => {
  const collection = UNIT_COLLECTIONS[state.unit][position];
  if (collection === undefined) {
    return { state: { ...state, phase: 'verifying' }, effects: [{ type: 'verify' }] };
  }
  return {
    state: { ...state, phase: 'transferring', position, remaining: null, waitMs: null },
    effects: [{ type: 'transfer', collection }],
  };
};

const begin: Handler<'start'> = (_state, { runId, unit, trigger }) => ({
  state: { ...IDLE_RUN, phase: 'locking', runId, unit, trigger },
  effects: [{ type: 'acquireLock' }],
});

const stopAnd = (step: RunStep): RunStep => ({
  state: step.state,
  effects: [{ type: 'stopTransfer' }, ...step.effects],
});

/** Nothing of the terminal's own can happen in these phases: late events of a run that has ended are dropped. */
const ended: Row = {
  start: begin,
  locked: stay,
  lockBusy: stay,
  progress: stay,
  transferred: stay,
  sessionExpired: stay,
  serverBusy: stay,
  waited: stay,
  reauthenticated: stay,
  epochChanged: stay,
  verified: stay,
  failed: stay,
  cancel: stay,
};

const TABLE: Record<RunPhase, Row> = {
  idle: ended,
  done: ended,
  failed: ended,
  cancelled: ended,
  locking: {
    ...ended,
    start: stay,
    locked: (state) => transferAt(state, 0),
    lockBusy: (state) => end(state, 'failed', { errorCode: 'SYNC_BUSY' }),
    failed: (state, { code }) => end(state, 'failed', { errorCode: code }),
    cancel: (state) => end(state, 'cancelled', { errorCode: 'CANCELLED' }),
  },
  transferring: {
    ...ended,
    start: stay,
    progress: (state, { counts, handled, remaining }) =>
      stay({
        ...state,
        handled: state.handled + handled,
        remaining,
        busyTries: handled > 0 ? 0 : state.busyTries,
        counts: {
          received: state.counts.received + (counts.received ?? 0),
          sent: state.counts.sent + (counts.sent ?? 0),
          conflicts: state.counts.conflicts + (counts.conflicts ?? 0),
          rejected: state.counts.rejected + (counts.rejected ?? 0),
        },
      }),
    transferred: (state, { equality }) =>
      transferAt({ ...state, equality: worstOf(state.equality, equality) }, state.position + 1),
    sessionExpired: (state) => ({
      state: { ...state, phase: 'needs-password' },
      effects: [{ type: 'stopTransfer' }],
    }),
    /* What got through stays, and is not sent again: the collection goes on from its checkpoint. */
    serverBusy: (state, { code, waitMs }) =>
      state.busyTries >= MAX_BUSY_TRIES
        ? stopAnd(end(state, 'failed', { errorCode: code }))
        : {
            state: { ...state, phase: 'waiting', busyTries: state.busyTries + 1, waitMs },
            effects: [{ type: 'stopTransfer' }, { type: 'wait', ms: waitMs }],
          },
    epochChanged: (state, { epoch }) =>
      state.epochAdopted
        ? stopAnd(end(state, 'failed', { errorCode: 'EPOCH_CHANGED' }))
        : {
            state: { ...state, epochAdopted: true, equality: null },
            effects: [
              { type: 'stopTransfer' },
              { type: 'adoptEpoch', epoch },
              ...transferAt(state, 0).effects,
            ],
          },
    failed: (state, { code }) => stopAnd(end(state, 'failed', { errorCode: code })),
    cancel: (state) => stopAnd(end(state, 'cancelled', { errorCode: 'CANCELLED' })),
  },
  waiting: {
    ...ended,
    start: stay,
    waited: (state) => transferAt(state, state.position),
    failed: (state, { code }) => end(state, 'failed', { errorCode: code, waitMs: null }),
    cancel: (state) => end(state, 'cancelled', { errorCode: 'CANCELLED', waitMs: null }),
  },
  'needs-password': {
    ...ended,
    start: stay,
    /* The collection that was cut goes on from its checkpoint; nothing restarts (F20). */
    reauthenticated: (state) => transferAt(state, state.position),
    failed: (state, { code }) => end(state, 'failed', { errorCode: code }),
    cancel: (state) => end(state, 'cancelled', { errorCode: 'CANCELLED' }),
  },
  verifying: {
    ...ended,
    start: stay,
    verified: (state, { pending, stuck }) => {
      if (stuck === 0) return end(state, 'done', { pending });
      if (state.heals >= MAX_HEALS)
        return end(state, 'failed', { pending, errorCode: 'STILL_PENDING' });
      /* A clock that was set back hides writes from RxDB's push checkpoint: offer them anew. */
      const again = transferAt({ ...state, heals: state.heals + 1, equality: null }, 0);
      return { state: again.state, effects: [{ type: 'rewind' }, ...again.effects] };
    },
    failed: (state, { code }) => end(state, 'failed', { errorCode: code }),
    cancel: (state) => end(state, 'cancelled', { errorCode: 'CANCELLED' }),
  },
};

/** Takes one event. Total: every phase answers every event, unknown combinations change nothing. */
export function runStep(state: RunState, event: RunEvent): RunStep {
  const handler = TABLE[state.phase][event.type] as (s: RunState, e: RunEvent) => RunStep;
  return handler(state, event);
}

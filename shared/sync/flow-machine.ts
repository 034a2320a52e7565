import type { ErrorCode } from '../errors/registry';
import type { Equality } from '../proof/equality';
import type { RunCounts } from './run-machine';
import { ALL_STAGES, LOGIN_UNITS, type Stage, type SyncUnit } from './units';

/**
 * Which syncing dialog is open and where it stands: plain data that a reload restores. The run itself is apart
 * (`run-machine`): closing a window never changes a run.
 */
export interface RunSummary {
  readonly unit: SyncUnit;
  readonly status: 'done' | 'failed' | 'cancelled';
  readonly counts: RunCounts;
  /** Whether the terminal then held what the server holds; null when nothing was compared. */
  readonly equality: Equality | null;
  readonly pending: number | null;
  readonly errorCode: ErrorCode | null;
}

export type Flow =
  | { readonly kind: 'none' }
  /** `step` is the index into LOGIN_UNITS; `result` null while its run is on. */
  | { readonly kind: 'login'; readonly step: number; readonly result: RunSummary | null }
  | { readonly kind: 'confirmSingle'; readonly unit: 'clients' | 'products' }
  | {
      readonly kind: 'single';
      readonly unit: 'clients' | 'products';
      readonly result: RunSummary | null;
    }
  | { readonly kind: 'confirmAll'; readonly thenLogout: boolean }
  /**
   * `stage` is the index into ALL_STAGES, or ALL_STAGES.length when all is saved. `results`: the last run of each
   * stage since the window was opened; `running`: the current stage's run is on.
   */
  | {
      readonly kind: 'all';
      readonly stage: number;
      readonly results: Readonly<Partial<Record<Stage, RunSummary>>>;
      readonly running: boolean;
      readonly thenLogout: boolean;
    }
  | { readonly kind: 'logoutGuard' };

export const NO_FLOW: Flow = { kind: 'none' };

export type FlowEvent =
  /** A login succeeded; offline, the three dialogs say so instead of running. */
  | { type: 'loggedIn'; online: boolean }
  | { type: 'askSingle'; unit: 'clients' | 'products' }
  | { type: 'askAll' }
  | { type: 'askLogout'; pending: number | null }
  /** "Sí" of a confirmation, "Aceptar" of a result, "Continuar" of a stage. */
  | { type: 'accept' }
  /** "No", "Cancelar", or closing a window that may be closed. */
  | { type: 'dismiss' }
  /** "Sincronizar" of a stage; "Reintentar" of a failed dialog. */
  | { type: 'run' }
  | { type: 'logoutAnyway' }
  | { type: 'runEnded'; summary: RunSummary };

export type FlowEffect =
  | { type: 'startRun'; unit: SyncUnit; trigger: 'login' | 'single' | 'all' }
  | { type: 'logout' };

export interface FlowStep {
  readonly flow: Flow;
  readonly effects: readonly FlowEffect[];
}

const step = (flow: Flow, ...effects: FlowEffect[]): FlowStep => ({ flow, effects });

const offlineResult = (unit: SyncUnit): RunSummary => ({
  unit,
  status: 'failed',
  counts: { received: 0, sent: 0, conflicts: 0, rejected: 0 },
  equality: null,
  pending: null,
  errorCode: 'NETWORK',
});

/** The unit of a login step; steps past the last do not occur. */
const loginUnit = (index: number): SyncUnit => LOGIN_UNITS[index] ?? 'users';

const startLogin = (index: number): FlowStep =>
  step(
    { kind: 'login', step: index, result: null },
    { type: 'startRun', unit: loginUnit(index), trigger: 'login' },
  );

type FlowOf<K extends Flow['kind']> = Extract<Flow, { kind: K }>;
type FlowEventOf<T extends FlowEvent['type']> = Extract<FlowEvent, { type: T }>;
type FlowRow<K extends Flow['kind']> = {
  readonly [T in FlowEvent['type']]: (flow: FlowOf<K>, event: FlowEventOf<T>) => FlowStep;
};

const keep = (flow: Flow): FlowStep => step(flow);
const close = (): FlowStep => step(NO_FLOW);
/** A new login always begins at the first dialog, whatever a former session left open. */
const loggedIn = (_flow: Flow, { online }: FlowEventOf<'loggedIn'>): FlowStep =>
  online ? startLogin(0) : step({ kind: 'login', step: 0, result: offlineResult(loginUnit(0)) });

const IGNORE = {
  loggedIn,
  askSingle: keep,
  askAll: keep,
  askLogout: keep,
  accept: keep,
  dismiss: keep,
  run: keep,
  logoutAnyway: keep,
  runEnded: keep,
} as const;

/** True once the current stage's figures may be left behind: it ran well, or had nothing pending from the start. */
export function mayContinue(flow: FlowOf<'all'>, pendingOfStage: number | null): boolean {
  if (flow.running) return false;
  const stage = ALL_STAGES[flow.stage];
  if (stage === undefined) return true;
  return flow.results[stage]?.status === 'done' || pendingOfStage === 0;
}

const TABLE: { readonly [K in Flow['kind']]: FlowRow<K> } = {
  none: {
    ...IGNORE,
    askSingle: (_flow, { unit }) => step({ kind: 'confirmSingle', unit }),
    askAll: () => step({ kind: 'confirmAll', thenLogout: false }),
    /* Unknown is not zero: the guard asks then too. */
    askLogout: (flow, { pending }) =>
      pending === 0 ? step(flow, { type: 'logout' }) : step({ kind: 'logoutGuard' }),
  },
  login: {
    ...IGNORE,
    accept: (flow) => {
      if (flow.result === null) return keep(flow);
      if (flow.step + 1 >= LOGIN_UNITS.length) return close();
      /* Without a connection each dialog says so at once; a retry tries in earnest. */
      return flow.result.errorCode === 'NETWORK'
        ? step({
            kind: 'login',
            step: flow.step + 1,
            result: offlineResult(loginUnit(flow.step + 1)),
          })
        : startLogin(flow.step + 1);
    },
    run: (flow) => (flow.result === null ? keep(flow) : startLogin(flow.step)),
    runEnded: (flow, { summary }) =>
      summary.unit === loginUnit(flow.step) ? step({ ...flow, result: summary }) : keep(flow),
  },
  confirmSingle: {
    ...IGNORE,
    accept: ({ unit }) =>
      step({ kind: 'single', unit, result: null }, { type: 'startRun', unit, trigger: 'single' }),
    dismiss: close,
  },
  single: {
    ...IGNORE,
    accept: (flow) => (flow.result === null ? keep(flow) : close()),
    /* The window may be closed while it runs: the run goes on, and the status bar shows it. */
    dismiss: close,
    run: ({ unit, result }) =>
      result === null
        ? step({ kind: 'single', unit, result })
        : step(
            { kind: 'single', unit, result: null },
            { type: 'startRun', unit, trigger: 'single' },
          ),
    runEnded: (flow, { summary }) =>
      summary.unit === flow.unit ? step({ ...flow, result: summary }) : keep(flow),
  },
  confirmAll: {
    ...IGNORE,
    accept: ({ thenLogout }) =>
      step({ kind: 'all', stage: 0, results: {}, running: false, thenLogout }),
    dismiss: close,
  },
  all: {
    ...IGNORE,
    run: (flow) => {
      const unit = ALL_STAGES[flow.stage];
      if (unit === undefined || flow.running) return keep(flow);
      return step({ ...flow, running: true }, { type: 'startRun', unit, trigger: 'all' });
    },
    accept: (flow) => {
      if (flow.running) return keep(flow);
      if (flow.stage >= ALL_STAGES.length) return close();
      return step({ ...flow, stage: flow.stage + 1 });
    },
    dismiss: close,
    runEnded: (flow, { summary }) => {
      const stage = ALL_STAGES[flow.stage];
      if (stage === undefined || summary.unit !== stage) return keep(flow);
      return step({ ...flow, running: false, results: { ...flow.results, [stage]: summary } });
    },
    askLogout: (flow, { pending }) =>
      pending === 0 && !flow.running
        ? step(NO_FLOW, { type: 'logout' })
        : step({ kind: 'logoutGuard' }),
  },
  logoutGuard: {
    ...IGNORE,
    accept: () => step({ kind: 'all', stage: 0, results: {}, running: false, thenLogout: true }),
    dismiss: close,
    logoutAnyway: () => step(NO_FLOW, { type: 'logout' }),
  },
};

/** Takes one event. Total: combinations that make no sense change nothing. */
export function flowStep(flow: Flow, event: FlowEvent): FlowStep {
  const row = TABLE[flow.kind] as unknown as Record<
    FlowEvent['type'],
    (f: Flow, e: FlowEvent) => FlowStep
  >;
  return row[event.type](flow, event);
}

/**
 * What a reload does with the flow that was open: the run it was waiting for is started again (it goes on from its
 * checkpoint); a confirmation is asked anew by the operator.
 */
export function resumeFlow(flow: Flow): FlowStep {
  switch (flow.kind) {
    case 'none':
    case 'confirmSingle':
    case 'confirmAll':
    case 'logoutGuard':
      return close();
    case 'login':
      return flow.result === null ? startLogin(flow.step) : step(flow);
    case 'single':
      return flow.result === null
        ? step(flow, { type: 'startRun', unit: flow.unit, trigger: 'single' })
        : step(flow);
    case 'all': {
      const unit = ALL_STAGES[flow.stage];
      return flow.running && unit !== undefined
        ? step(flow, { type: 'startRun', unit, trigger: 'all' })
        : step(flow);
    }
  }
}

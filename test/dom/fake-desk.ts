import { BehaviorSubject, EMPTY, of } from 'rxjs';
import type { AttentionService } from '../../client/services/attention-service';
import type { Desk } from '../../client/services/desk';
import type { SessionState } from '../../client/services/session-service';
import type { DeskStatus } from '../../client/services/status-service';
import type { Role } from '../../schemas/users';
import { type Flow, type FlowEvent, flowStep, NO_FLOW } from '../../shared/sync/flow-machine';
import { IDLE_RUN, type RunState } from '../../shared/sync/run-machine';

export const STATUS: DeskStatus = {
  connection: 'online',
  pending: { clients: 0, products: 0, invoices: 0, movements: 0, shifts: 0 },
  lastSync: { clients: '2026-11-24T12:00:00.000Z', products: '2026-11-24T12:00:00.000Z' },
  incomplete: [],
  openConflicts: 0,
  rejected: 0,
  alerts: 0,
  clockSkew: 0,
  persistent: true,
};

/** A desk without a database: its states are set by the test, what the operator does is written down. */
export function fakeDesk(
  options: {
    flow?: Flow;
    run?: Partial<RunState>;
    status?: Partial<DeskStatus>;
    role?: Role;
    attention?: Partial<AttentionService>;
  } = {},
) {
  const flow$ = new BehaviorSubject<Flow>(options.flow ?? NO_FLOW);
  const run$ = new BehaviorSubject<RunState>({ ...IDLE_RUN, ...options.run });
  const status$ = new BehaviorSubject<DeskStatus>({ ...STATUS, ...options.status });
  const done: string[] = [];
  const refuse = () => Promise.reject(new Error('not part of this test'));
  const session: SessionState = {
    kind: 'signedIn',
    user: { id: 'u', userName: 'cajero1', displayName: 'Marco', role: options.role ?? 'cashier' },
    store: {
      id: 's',
      name: 'Pulpería',
      legalName: '',
      issuerId: '1',
      address: '',
      phone: '',
      email: '',
      branch: '001',
      currency: 'CRC',
      fiscalDeadlineHours: 72,
      maxDiscount: 1000,
      timeZone: 'UTC',
    },
    terminal: { id: 't', number: 1, name: 'Caja 1' },
    mode: 'online',
  };
  const desk = {
    clock: { now: () => 0 },
    ids: { newId: () => 'id' },
    session: {
      state$: new BehaviorSubject<SessionState>(session),
      enrol: refuse,
      login: refuse,
      reauthenticate: refuse,
      logout: refuse,
    },
    sync: {
      run$,
      flow$,
      send(event: FlowEvent) {
        const step = flowStep(flow$.getValue(), event);
        flow$.next(step.flow);
        done.push(
          ...step.effects.map((effect) =>
            effect.type === 'startRun' ? `run ${effect.unit}` : effect.type,
          ),
        );
      },
      cancel: () => done.push('cancel'),
      reauthenticate: (password: string) => {
        done.push(`password ${password}`);
        return Promise.resolve();
      },
      idle: () => Promise.resolve(),
    },
    status: { status$, checkConnection: () => Promise.resolve() },
    attention: {
      runs$: () => of([]),
      conflicts$: () => of([]),
      rejected$: () => of([]),
      alerts$: () => of([]),
      attend: refuse,
      document: () => Promise.resolve(null),
      applyMine: refuse,
      keepTheirs: refuse,
      sendAgain: refuse,
      ...options.attention,
    },
    proof: {
      proofs$: of([]),
      compare: refuse,
      differences: refuse,
      repair: refuse,
    },
    cases: { summary: refuse, export: refuse },
    sales: { needs: () => [] },
    approvals: { approve: refuse, approveLogout: refuse },
    catalog: { product: () => null, products: () => [] },
    shifts: { open$: new BehaviorSubject(null), open: refuse, expectedCash: refuse, close: refuse },
    drafts: { drafts$: () => EMPTY, save: refuse, find: refuse, remove: refuse },
  } as unknown as Desk;
  return { desk, flow$, run$, status$, done };
}

import fc from 'fast-check';
import { EQUALITIES, type Equality } from '../../../shared/proof/equality';
import { busyWaitMs, MAX_BUSY_TRIES, retrySeconds } from '../../../shared/sync/busy-wait';
import {
  type Flow,
  type FlowEvent,
  flowStep,
  mayContinue,
  NO_FLOW,
  resumeFlow,
} from '../../../shared/sync/flow-machine';
import {
  IDLE_RUN,
  isRunning,
  MAX_HEALS,
  NO_COUNTS,
  type RunEvent,
  runStep,
} from '../../../shared/sync/run-machine';

const unit = fc.constantFrom(
  'clients' as const,
  'products' as const,
  'users' as const,
  'invoices' as const,
);
const runEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({
    type: fc.constant('start' as const),
    runId: fc.uuid(),
    unit,
    trigger: fc.constantFrom('login' as const, 'single' as const, 'all' as const),
  }),
  fc.constantFrom<RunEvent>(
    { type: 'locked' },
    { type: 'lockBusy' },
    { type: 'transferred', equality: 'equal' },
    { type: 'sessionExpired' },
    { type: 'reauthenticated' },
    { type: 'serverBusy', code: 'SERVER_BUSY', waitMs: 1000 },
    { type: 'waited' },
    { type: 'epochChanged', epoch: 'e2' },
    { type: 'failed', code: 'NETWORK' },
    { type: 'cancel' },
    { type: 'progress', counts: { sent: 1 }, handled: 1, remaining: 3 },
  ),
  fc.record({ type: fc.constant('verified' as const), pending: fc.nat(3), stuck: fc.nat(2) }),
);

test('a run takes any events, holds one lock at most, and finishes once for each time it took it', () => {
  fc.assert(
    fc.property(fc.array(runEvent, { maxLength: 60 }), (events) => {
      let state = IDLE_RUN;
      let open = 0;
      for (const event of events) {
        const step = runStep(state, event);
        for (const effect of step.effects) {
          if (effect.type === 'acquireLock') open += 1;
          if (effect.type === 'finish') open -= 1;
        }
        expect(open).toBe(isRunning(step.state) ? 1 : 0);
        state = step.state;
      }
    }),
  );
});

test('T5 a stuck document is offered again; if it stays stuck the run fails in words', () => {
  const events: RunEvent[] = [
    { type: 'start', runId: 'r', unit: 'clients', trigger: 'single' },
    { type: 'locked' },
    ...Array.from({ length: MAX_HEALS + 1 }, (): RunEvent[] => [
      { type: 'transferred', equality: 'equal' },
      { type: 'verified', pending: 1, stuck: 1 },
    ]).flat(),
  ];
  let state = IDLE_RUN;
  const effects: string[] = [];
  for (const event of events) {
    const step = runStep(state, event);
    state = step.state;
    effects.push(...step.effects.map(({ type }) => type));
  }
  expect(effects).toEqual([
    'acquireLock',
    'transfer',
    'verify',
    ...Array.from({ length: MAX_HEALS }, () => ['rewind', 'transfer', 'verify']).flat(),
    'finish',
  ]);
  expect(state).toMatchObject({ phase: 'failed', errorCode: 'STILL_PENDING', pending: 1 });
});

const BUSY: RunEvent = { type: 'serverBusy', code: 'SERVER_BUSY', waitMs: 1500 };
const WAITED: RunEvent = { type: 'waited' };
function busyRun(events: readonly RunEvent[]) {
  const effects: string[] = [];
  let state = IDLE_RUN;
  const start: RunEvent = { type: 'start', runId: 'r', unit: 'products', trigger: 'single' };
  for (const event of [start, { type: 'locked' } as const, ...events]) {
    const step = runStep(state, event);
    state = step.state;
    effects.push(...step.effects.map((e) => (e.type === 'transfer' ? e.collection : e.type)));
  }
  return { state, effects };
}

test('T65 a run that the server sends away waits, and goes on with the collection that it was at', () => {
  const first = { type: 'transferred', equality: 'equal' } as const;
  const waiting = busyRun([first, BUSY]);
  expect(waiting.state).toMatchObject({ phase: 'waiting', waitMs: 1500, position: 1 });
  expect(waiting.effects.slice(-2)).toEqual(['stopTransfer', 'wait']);
  const on = busyRun([first, BUSY, WAITED]);
  expect(on.state).toMatchObject({ phase: 'transferring', waitMs: null, position: 1 });
  expect(on.effects.at(-1)).toBe(waiting.effects.at(-3));
});

test('T66 after five waits in a row the run fails with the code; whatever gets through begins the count anew', () => {
  const waits = Array.from({ length: MAX_BUSY_TRIES }, () => [BUSY, WAITED]).flat();
  expect(busyRun(waits).state.phase).toBe('transferring');
  const failed = busyRun([...waits, BUSY]);
  expect(failed.state).toMatchObject({ phase: 'failed', errorCode: 'SERVER_BUSY', pending: null });
  expect(failed.effects.slice(-2)).toEqual(['stopTransfer', 'finish']);
  const progress = (handled: number): RunEvent => ({
    type: 'progress',
    counts: {},
    handled,
    remaining: 1,
  });
  expect(busyRun([...waits, progress(1), BUSY]).state.phase).toBe('waiting');
  expect(busyRun([...waits, progress(0), BUSY]).state.phase).toBe('failed');
});

test('T66 a run that waits is cancelled at once, and late events of the wait change nothing', () => {
  const cancelled = busyRun([BUSY, { type: 'cancel' }]);
  expect(cancelled.state).toMatchObject({ phase: 'cancelled', waitMs: null });
  expect(busyRun([BUSY, { type: 'cancel' }, WAITED])).toEqual(cancelled);
});

test('T65 never less than Retry-After is waited, never twice as much, and no more than a minute is obeyed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.double({ min: 0, max: 0.9999 }),
      (s, random) => {
        const ms = busyWaitMs(s, Number.isNaN(random) ? 0 : random);
        expect(ms).toBeGreaterThanOrEqual(s * 1000);
        expect(ms).toBeLessThanOrEqual(Math.max(1, s) * 2000);
      },
    ),
  );
  expect(['0', '7', '60'].map(retrySeconds)).toEqual([0, 7, 60]);
  for (const text of ['61', '-1', '1.5', '', 'Fri, 31 Dec 1999 23:59:59 GMT', null, undefined]) {
    expect(retrySeconds(text)).toBeNull();
  }
});

test('a run is equal when each of its collections is; one that differs is not made up for', () => {
  const run = (...found: (Equality | null)[]): Equality | null => {
    const events: RunEvent[] = [
      { type: 'start', runId: 'r', unit: 'products', trigger: 'single' },
      { type: 'locked' },
      ...found.map((equality): RunEvent => ({ type: 'transferred', equality })),
      { type: 'verified', pending: 0, stuck: 0 },
    ];
    const { phase, equality } = events.reduce(
      (state, event) => runStep(state, event).state,
      IDLE_RUN,
    );
    expect(phase).toBe('done');
    return equality;
  };
  expect(run('equal', null, 'equal')).toBe('equal');
  expect(run('different', null, 'equal')).toBe('different');
  expect(run('equal', null, 'unknown')).toBe('unknown');
  expect(run('behind', null, 'different')).toBe('different');
  expect(run(null, null, null)).toBeNull();
});

test('what was found before stuck documents were written anew counts no longer', () => {
  const events: RunEvent[] = [
    { type: 'start', runId: 'r', unit: 'clients', trigger: 'single' },
    { type: 'locked' },
    { type: 'transferred', equality: 'different' },
    { type: 'verified', pending: 1, stuck: 1 },
    { type: 'transferred', equality: 'equal' },
    { type: 'verified', pending: 0, stuck: 0 },
  ];
  expect(events.reduce((state, event) => runStep(state, event).state, IDLE_RUN)).toMatchObject({
    phase: 'done',
    equality: 'equal',
  });
});

const summary = fc.record({
  unit,
  status: fc.constantFrom('done' as const, 'failed' as const, 'cancelled' as const),
  counts: fc.constant(NO_COUNTS),
  equality: fc.constantFrom(null, ...EQUALITIES),
  pending: fc.constantFrom(0, 1, null),
  errorCode: fc.constantFrom(null, 'NETWORK' as const),
});
const flowEvent: fc.Arbitrary<FlowEvent> = fc.oneof(
  fc.constantFrom<FlowEvent>(
    { type: 'loggedIn', online: true },
    { type: 'loggedIn', online: false },
    { type: 'askSingle', unit: 'products' },
    { type: 'askAll' },
    { type: 'askLogout', pending: 0 },
    { type: 'askLogout', pending: 2 },
    { type: 'askLogout', pending: null },
    { type: 'accept' },
    { type: 'dismiss' },
    { type: 'run' },
    { type: 'logoutAnyway' },
  ),
  fc.record({ type: fc.constant('runEnded' as const), summary }),
);

test('the flow takes any events; unknown pending never logs out unasked', () => {
  fc.assert(
    fc.property(fc.array(flowEvent, { maxLength: 60 }), (events) => {
      let flow: Flow = NO_FLOW;
      for (const event of events) {
        const step = flowStep(flow, event);
        const loggedOut = step.effects.some(({ type }) => type === 'logout');
        if (loggedOut)
          expect(
            event.type === 'logoutAnyway' || (event.type === 'askLogout' && event.pending === 0),
          ).toBe(true);
        flow = step.flow;
        expect(resumeFlow(flow).flow.kind).toBeDefined();
      }
    }),
  );
});

test('"Continuar" is open after a good run or with nothing pending, never while one is on or the number is unknown', () => {
  const all = { kind: 'all' as const, stage: 0, results: {}, running: false, thenLogout: false };
  const done = {
    unit: 'clients' as const,
    status: 'done' as const,
    counts: NO_COUNTS,
    equality: null,
    pending: 1,
    errorCode: null,
  };
  expect(mayContinue(all, 0)).toBe(true);
  expect(mayContinue(all, 3)).toBe(false);
  expect(mayContinue(all, null)).toBe(false);
  expect(mayContinue({ ...all, results: { clients: done } }, 3)).toBe(true);
  expect(mayContinue({ ...all, running: true }, 0)).toBe(false);
});

test('the three dialogs of a login come one after the other, and a failed one can be tried again', () => {
  const kinds: string[] = [];
  let flow: Flow = NO_FLOW;
  const send = (event: FlowEvent): void => {
    const step = flowStep(flow, event);
    flow = step.flow;
    for (const effect of step.effects) if (effect.type === 'startRun') kinds.push(effect.unit);
  };
  const ended = (which: 'clients' | 'products' | 'users', status: 'done' | 'failed'): void =>
    send({
      type: 'runEnded',
      summary: {
        unit: which,
        status,
        counts: NO_COUNTS,
        equality: null,
        pending: 0,
        errorCode: null,
      },
    });
  send({ type: 'loggedIn', online: true });
  send({ type: 'accept' });
  ended('clients', 'failed');
  send({ type: 'run' });
  ended('clients', 'done');
  send({ type: 'accept' });
  ended('products', 'done');
  send({ type: 'accept' });
  ended('users', 'done');
  send({ type: 'accept' });
  expect(kinds).toEqual(['clients', 'clients', 'products', 'users']);
  expect(flow).toEqual(NO_FLOW);
});

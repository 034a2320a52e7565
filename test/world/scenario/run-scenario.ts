import { checkEnd, type EndView } from '../oracle/check-end';
import { checkServer } from '../oracle/check-server';
import { ServerView } from '../oracle/server-view';
import type { Violation } from '../oracle/violation';
import type { Outcome, TerminalState } from '../terminal/operations';
import type { TraceEvent } from '../trace';
import { World } from '../world';
import type { Asked, WorldTerminal } from '../world-terminal';
import { type Acknowledgement, Bookkeeper } from './bookkeeper';
import { judge, type Verdict } from './judge';
import { machineStep } from './machine-steps';
import type { Scenario, Step } from './schema';
import { ScenarioError, type ScenarioIds, specOf } from './spec-of';
import { type Divergence, type StepState, StepStates } from './step-states';
import { type Labels, toOperation } from './to-operation';

/** Everything that came of a run. */
export interface RunResult {
  scenario: Scenario;
  ok: boolean;
  verdicts: Verdict[];
  violations: Violation[];
  /** How each step ended, in order: `ok`, an error code, `crashed`, or `` for a step that is not a person's. */
  outcomes: string[];
  /** Faults that were asked for and never met. */
  unusedFaults: string[];
  faults: Map<string, number>;
  trace: readonly TraceEvent[];
  digest: string;
  terminals: Record<string, TerminalState>;
  server: Record<string, Record<string, unknown>[]>;
  /** The movements that the server's stock is made of, in no order. */
  moves: ReturnType<ServerView['moves']>;
  /** Every acknowledgement that reached a terminal, in order. */
  acknowledged: readonly Acknowledgement[];
  /** How the sides stood to each other after each step; empty where steps were not checked. */
  states: readonly StepState[];
  /** What still differed at the end, the oldest difference first. */
  divergences: readonly Divergence[];
}

/** Virtual time within which a sync must end once the network is well. */
const LIVENESS_MS = 60_000;
/** What an operation may take while faults are about; a request is given up after a minute. */
const STEP_MS = 15 * 60_000;

const COLLECTIONS = ['clients', 'products', 'users', 'invoices', 'movements', 'stock', 'shifts'];

export interface RunOptions {
  /** Compare ledger, server and terminals after each step that is waited for, not only at the end. */
  checkEachStep?: boolean;
}

/** Runs a scenario from its beginning to its verdicts. The same scenario gives the same trace, byte for byte. */
export async function runScenario(
  scenario: Scenario,
  { checkEachStep = true }: RunOptions = {},
): Promise<RunResult> {
  const { spec, ids } = specOf(scenario);
  const books = new Bookkeeper();
  for (const { id, opening } of spec.products) books.ledger.opening.set(id, opening);
  const world = await World.create(spec, [books]);
  books.world = world;
  try {
    const run = new Run(scenario, world, books, ids);
    await run.steps(checkEachStep);
    return await run.result();
  } finally {
    await world.close();
  }
}

class Run {
  readonly #outcomes: { step: Step; asked: Asked | null }[] = [];
  readonly #invoices = new Map<string, string>();
  readonly #products = new Map<string, string>();
  readonly #users: Map<string, string>;
  readonly #revoked = new Set<string>();
  readonly #states = new StepStates();
  #usersChanged = false;

  constructor(
    private readonly scenario: Scenario,
    private readonly world: World,
    private readonly books: Bookkeeper,
    private readonly ids: ScenarioIds,
  ) {
    this.#users = new Map(scenario.given.terminals.map(({ name, user }) => [name, user]));
  }

  async steps(checkEach: boolean): Promise<void> {
    const { books, world } = this;
    const record = () => this.#states.record(books.step, world, books.ledger);
    if (checkEach) record();
    for (const [index, step] of this.scenario.steps.entries()) {
      books.step = index + 1;
      try {
        await this.#step(step);
      } catch (error) {
        if (error instanceof ScenarioError && error.step === 0) {
          throw new ScenarioError(error.message, index + 1);
        }
        throw error;
      }
      const isRest = 'background' in step ? step.background !== true : true;
      const who = 'terminal' in step ? step.terminal : null;
      if (checkEach && isRest) await books.checkNow(who);
      if (checkEach) record();
    }
  }

  async #step(step: Step): Promise<void> {
    const { world, books } = this;
    if ('wait' in step && step.wait !== undefined) await world.scheduler.pass(step.wait);
    world.trace.add('world', 'step', { step: books.step, do: step.do });
    if (step.do === 'settle') {
      this.#outcomes.push({ step, asked: null });
      return this.#settle();
    }
    if (step.do === 'login' && step.user !== undefined) this.#users.set(step.terminal, step.user);
    if (step.do === 'copyProfile') {
      this.#users.set(step.to, this.#users.get(step.terminal) ?? '');
    }
    if (step.do === 'setUser') this.#usersChanged = true;
    if (step.do === 'revoke') this.#revoked.add(step.terminal);
    if (step.do === 'restore') books.ledger.restored = true;
    const operation = toOperation(step, this.ids, this.#labels());
    if (operation === null) {
      this.#outcomes.push({ step, asked: null });
      return machineStep(world, step);
    }
    if (!('terminal' in step)) return;
    const terminal = world.terminal(step.terminal);
    if (operation.op === 'editClient' || operation.op === 'editProduct') {
      const collection = operation.op === 'editClient' ? 'clients' : 'products';
      books.beforeEdit(terminal.name, collection, operation.id);
    }
    const asked = terminal.ask(operation);
    this.#outcomes.push({ step, asked });
    const isBackground = 'background' in step && step.background === true;
    if (isBackground) await world.scheduler.pass(0);
    else {
      const deadline = world.scheduler.now + STEP_MS;
      await world.scheduler.run(() => asked.outcome !== null, deadline);
    }
  }

  #labels(): Labels {
    for (const { step, asked } of this.#outcomes) {
      const outcome = asked?.outcome;
      if (outcome === null || outcome === undefined || outcome === 'crashed' || !outcome.ok)
        continue;
      const [first] = outcome.written;
      if (first === undefined) continue;
      const id = String(first.after['id']);
      if (step.do === 'sell' && step.as !== undefined) this.#invoices.set(step.as, id);
      if (step.do === 'createProduct') this.#products.set(step.code, id);
    }
    return {
      invoices: this.#invoices,
      products: this.#products,
      userOf: (terminal) => this.#users.get(terminal) ?? '',
    };
  }

  /** The network is well, everybody is there again, and syncs until all have everything. */
  async #settle(): Promise<void> {
    const { world, books } = this;
    world.trace.add('world', 'heals');
    world.server.disarm();
    for (const terminal of world.terminals.values()) {
      terminal.line.heal();
      terminal.disarm();
    }
    await world.server.start();
    for (const terminal of world.terminals.values()) await terminal.start();
    const busy = () => [...world.terminals.values()].some(({ isBusy }) => isBusy);
    if (!(await world.scheduler.run(() => !busy(), world.scheduler.now + 3 * LIVENESS_MS))) {
      this.#violation('liveness', 'world', 'an operation did not end after the network was well');
    }
    for (let round = 0; round < 2; round++) {
      for (const terminal of this.#alive()) await this.#syncAll(terminal);
    }
    await books.checkNow();
  }

  #alive(): WorldTerminal[] {
    return [...this.world.terminals.values()].filter(({ name }) => !this.#revoked.has(name));
  }

  async #syncAll(terminal: WorldTerminal): Promise<void> {
    const { world } = this;
    const login = toOperation({ do: 'login', terminal: terminal.name }, this.ids, this.#labels());
    const all = { op: 'sync', unit: 'all' } as const;
    /* Users come at a login only; a login that is not needed costs time, of which random histories have little. */
    const needsLogin = this.#usersChanged || (await terminal.state())?.session !== 'signedIn';
    for (const operation of login !== null && needsLogin ? [login, all] : [all]) {
      const outcome = await world.do(terminal, operation, LIVENESS_MS);
      const runs = outcome !== null && outcome !== 'crashed' && outcome.ok ? outcome.runs : [];
      const failed = runs.filter(({ status }) => status !== 'done');
      if (runs.length !== 3 || failed.length > 0) {
        const message = `${operation.op} did not go through within a minute of a network that is well`;
        this.#violation('liveness', terminal.name, message, outcome);
      }
    }
  }

  #violation(invariant: string, where: string, message: string, actual?: unknown): void {
    this.books.note([{ invariant, where, message, actual }]);
  }

  async result(): Promise<RunResult> {
    const { world, books, scenario } = this;
    const wantsInvariants = scenario.expect.some((expectation) => 'invariants' in expectation);
    const isSettled = scenario.steps.at(-1)?.do === 'settle';
    if (wantsInvariants && !isSettled) {
      books.step = scenario.steps.length + 1;
      world.trace.add('world', 'step', { step: books.step, do: 'settle' });
      await this.#settle();
      if (this.#states.states.length > 0) this.#states.record(books.step, world, books.ledger);
    }
    const terminals: Record<string, TerminalState> = {};
    for (const terminal of world.terminals.values()) {
      const state = await terminal.state();
      if (state !== null) terminals[terminal.name] = state;
    }
    await world.server.start();
    const view = new ServerView(world.server.file);
    const server = Object.fromEntries(
      COLLECTIONS.map((name) => [name, [...view.documents(name).values()]]),
    );
    if (wantsInvariants) {
      const ends: EndView[] = this.#alive().flatMap(({ name }) => {
        const state = terminals[name];
        return state === undefined ? [] : [{ name, ...state }];
      });
      books.note([
        ...checkServer(view, books.ledger),
        ...checkEnd(ends, { ledger: books.ledger, view }),
      ]);
    }
    const moves = view.moves();
    view.close();
    const outcomes = this.#outcomes.map(({ asked }) => wordOf(asked));
    const { violations } = books;
    const verdicts = judge(scenario, { terminals, server, outcomes, violations, ids: this.ids });
    const unusedFaults = unused(scenario.steps, world.faults.counts);
    return {
      scenario,
      ok: verdicts.every(({ ok }) => ok) && violations.length === 0 && unusedFaults.length === 0,
      verdicts,
      violations,
      outcomes,
      unusedFaults,
      faults: world.faults.counts,
      trace: world.trace.events,
      digest: world.trace.digest(),
      terminals,
      server,
      moves,
      acknowledged: books.acknowledged,
      states: this.#states.states,
      divergences: this.#states
        .divergences()
        .filter(({ terminal }) => !this.#revoked.has(terminal)),
    };
  }
}

function wordOf(asked: Asked | null): string {
  if (asked === null) return '';
  const { outcome } = asked;
  if (outcome === null) return 'unfinished';
  if (outcome === 'crashed') return 'crashed';
  return outcome.ok ? runWord(outcome) : outcome.code;
}

/** A sync whose last run did not go through ended with that run's error. */
function runWord({ runs }: Extract<Outcome, { ok: true }>): string {
  const bad = runs.find(({ status }) => status !== 'done');
  return bad === undefined ? 'ok' : (bad.errorCode ?? bad.status);
}

/** Faults that a scenario arms and that never came to pass. */
function unused(steps: readonly Step[], met: ReadonlyMap<string, number>): string[] {
  const armed = steps.flatMap((step) => {
    if (step.do === 'fault') return [step.fault];
    return step.do === 'crashAt' || step.do === 'serverCrashAt' ? [step.point] : [];
  });
  return [...new Set(armed)].filter((name) => !met.has(name));
}

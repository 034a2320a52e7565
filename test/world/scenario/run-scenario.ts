import { checkEnd, type EndView } from '../oracle/check-end';
import { checkServer } from '../oracle/check-server';
import { ServerView } from '../oracle/server-view';
import type { Violation } from '../oracle/violation';
import type { TerminalState } from '../terminal/operations';
import type { TraceEvent } from '../trace';
import { World } from '../world';
import { type Acknowledgement, Bookkeeper } from './bookkeeper';
import { judge, type Verdict } from './judge';
import { RunningScenario } from './running-scenario';
import type { Scenario } from './schema';
import { specOf } from './spec-of';
import type { Divergence, StepState } from './step-states';

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
  /** The same, with the step that armed each, from 1. */
  unused: { step: number; fault: string }[];
  faults: Map<string, number>;
  /** Longest virtual time, ms, that a sync took to end once the network was well. */
  slowestMs: number;
  trace: readonly TraceEvent[];
  digest: string;
  terminals: Record<string, TerminalState>;
  server: Record<string, Record<string, unknown>[]>;
  /** The movements that the server's stock is made of, in no order. */
  moves: ReturnType<ServerView['moves']>;
  /** Every acknowledgement that reached a terminal, in order. */
  acknowledged: readonly Acknowledgement[];
  /** How the sides stood to each other after each step; empty where they were not recorded. */
  states: readonly StepState[];
  /** What still differed at the end, the oldest difference first. */
  divergences: readonly Divergence[];
}

const COLLECTIONS = ['clients', 'products', 'users', 'invoices', 'movements', 'stock', 'shifts'];

export interface RunOptions {
  /** Compare ledger, server and terminals after each step that is waited for, not only at the end. */
  checkEachStep?: boolean;
  /** Note how all sides stand after each step, for a report; random histories have no use for it. */
  recordStates?: boolean;
  /** Called when a step has ended (0: the set-up), with the world as it then is; time stands still until it returns. */
  afterStep?: (moment: RunMoment) => Promise<void>;
}

/** A run between two steps. */
export interface RunMoment {
  world: World;
  step: number;
  /** How each step has ended so far, as in `RunResult`. */
  outcomes: readonly string[];
}

const wantsInvariants = ({ expect }: Scenario): boolean =>
  expect.some((expectation) => 'invariants' in expectation);

/** Steps of a run: those of the scenario, and a last `settle` where it needs one and has none. */
export const stepsOf = (scenario: Scenario): number =>
  scenario.steps.length +
  (wantsInvariants(scenario) && scenario.steps.at(-1)?.do !== 'settle' ? 1 : 0);

/** Runs a scenario from its beginning to its verdicts. The same scenario gives the same trace, byte for byte. */
export async function runScenario(
  scenario: Scenario,
  { checkEachStep = true, recordStates = true, afterStep }: RunOptions = {},
): Promise<RunResult> {
  const { spec, names } = specOf(scenario);
  const books = new Bookkeeper();
  for (const { id, opening } of spec.products) books.ledger.opening.set(id, opening);
  for (const { userName, role } of spec.users) books.ledger.hasRole(userName, role);
  const world = await World.create(spec, [books]);
  books.world = world;
  for (const { name } of world.terminals.values()) books.ledger.loggedIn(name, names.userOf(name));
  try {
    const run = new RunningScenario({
      ...{ scenario, world, books, names, recordStates },
      ...(afterStep !== undefined && {
        afterStep: (step, outcomes) => afterStep({ world, step, outcomes }),
      }),
    });
    await run.steps(checkEachStep);
    if (stepsOf(scenario) > scenario.steps.length) await run.settleLast();
    const terminals = await statesOf(world);
    await world.server.start();
    const view = new ServerView(world.server.file);
    const server = Object.fromEntries(
      COLLECTIONS.map((name) => [name, [...view.documents(name).values()]]),
    );
    const { ledger, violations, requests } = books;
    if (wantsInvariants(scenario)) {
      const ends = Object.entries(terminals)
        .filter(([name]) => !run.revoked.has(name))
        .map(([name, state]): EndView => ({ name, ...state }));
      books.note([...checkServer(view, ledger), ...checkEnd(ends, { ledger, view })]);
    }
    const journal = { audits: view.audits(), keptAside: view.keptAside() };
    const moves = view.moves();
    view.close();
    const outcomes = run.outcomes();
    const found = { terminals, server, journal, outcomes, requests, violations, names };
    const verdicts = judge(scenario, found);
    const unused = scenario.unusedFaults === 'allowed' ? [] : run.unused();
    return {
      scenario,
      ok: verdicts.every(({ ok }) => ok) && violations.length === 0 && unused.length === 0,
      verdicts,
      violations,
      outcomes,
      unusedFaults: [...new Set(unused.map(({ fault }) => fault))],
      unused,
      faults: world.faults.counts,
      slowestMs: books.slowestMs,
      trace: world.trace.events,
      digest: world.trace.digest(),
      terminals,
      server,
      moves,
      acknowledged: books.acknowledged,
      states: run.states.states,
      divergences: run.states.divergences().filter(({ terminal }) => !run.revoked.has(terminal)),
    };
  } finally {
    await world.close();
  }
}

async function statesOf(world: World): Promise<Record<string, TerminalState>> {
  const terminals: Record<string, TerminalState> = {};
  for (const terminal of world.terminals.values()) {
    const state = await terminal.state();
    if (state !== null) terminals[terminal.name] = state;
  }
  return terminals;
}

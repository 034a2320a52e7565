import { ServerView } from '../oracle/server-view';
import type { World } from '../world';
import type { Asked } from '../world-terminal';
import type { Bookkeeper } from './bookkeeper';
import { machineStep } from './machine-steps';
import { type Names, NotMade } from './names';
import type { Scenario, Step } from './schema';
import { serverStep } from './server-steps';
import { settle } from './settle';
import { StepStates } from './step-states';
import { toOperation } from './to-operation';
import { wordOf } from './word-of';

/** What a step may take while faults are about; a request is given up after a minute. */
const STEP_MS = 15 * 60_000;

/** Steps that change no document: what goes on beside them is looked at after the next other one. */
const WRITES_NOTHING: ReadonlySet<Step['do']> = new Set<Step['do']>([
  'fault',
  'crashAt',
  'serverCrashAt',
  'serverDiskFull',
  'serverBusy',
  'clock',
  'offline',
  'online',
]);

export interface RunningOptions {
  scenario: Scenario;
  world: World;
  books: Bookkeeper;
  names: Names;
  recordStates: boolean;
  /** Called when a step has ended (0: the set-up); time stands still until it returns. */
  afterStep?: (step: number, outcomes: readonly string[]) => Promise<void>;
}

/** A scenario while its steps are carried out, one after the other. */
export class RunningScenario {
  /** Terminals that the owner revoked: they take no part in what must hold at the end. */
  readonly revoked = new Set<string>();
  /** How each step ended: see `wordOf`; filled in when all is over. */
  readonly #ended: (() => string)[] = [];
  readonly #armed: { step: number; name: string; wasMet: () => boolean }[] = [];
  /** Operations whose result has not been looked at yet. */
  #open: { step: Step; asked: Asked }[] = [];

  /** How all sides stood after each step. */
  readonly states = new StepStates();
  readonly #options: RunningOptions;

  constructor(options: RunningOptions) {
    this.#options = options;
  }

  /** Carries out all steps; `checkEach` compares ledger, server and terminals after each that is waited for. */
  async steps(checkEach: boolean): Promise<void> {
    const { books, scenario } = this.#options;
    await this.#record();
    for (const [index, step] of scenario.steps.entries()) {
      books.step = index + 1;
      await this.#step(step);
      const isUnderWay =
        ('background' in step && step.background) || ('atOnce' in step && step.atOnce);
      const isRest = !WRITES_NOTHING.has(step.do) && !isUnderWay;
      const who = 'terminal' in step ? step.terminal : null;
      if (checkEach && isRest) await books.checkNow(who);
      await this.#record();
    }
  }

  /** As a last step, where a scenario has none of its own. */
  async settleLast(): Promise<void> {
    const { books, world, scenario } = this.#options;
    books.step = scenario.steps.length + 1;
    world.trace.add('world', 'step', { step: books.step, do: 'settle' });
    await this.settle();
    await this.#record();
  }

  /** All is well again, and everybody syncs until done. */
  async settle(): Promise<void> {
    const { world } = this.#options;
    this.#learn();
    await settle({
      ...this.#options,
      terminals: () => [...world.terminals.values()].filter(({ name }) => !this.revoked.has(name)),
    });
  }

  outcomes(): string[] {
    return this.#ended.map((word) => word());
  }

  /** Faults that were armed and never came to pass, with the step that armed each, from 1. */
  unused(): { step: number; fault: string }[] {
    return this.#armed
      .filter(({ wasMet }) => !wasMet())
      .map(({ step, name }) => ({ step, fault: name }));
  }

  async #step(step: Step): Promise<void> {
    const { world, books, names } = this.#options;
    if ('wait' in step && step.wait !== undefined) await world.scheduler.pass(step.wait);
    world.trace.add('world', 'step', { step: books.step, do: step.do });
    this.#learn();
    const index = this.#ended.length;
    try {
      names.begins(step);
      const operation = toOperation(step, names);
      if (operation !== null && 'terminal' in step) return await this.#person(step, operation);
      this.#ended.push(() => '');
      await this.#machine(step);
    } catch (error) {
      if (!(error instanceof NotMade)) throw error;
      this.#ended[index] = () => 'NOT_MADE';
    }
  }

  async #person(
    step: Step & { terminal: string },
    operation: NonNullable<ReturnType<typeof toOperation>>,
  ): Promise<void> {
    const { world, books } = this.#options;
    const terminal = world.terminal(step.terminal);
    /* Whoever finds the page closed opens it. */
    if (operation.op !== 'spoil') await terminal.start();
    books.before(terminal.name, operation);
    if (operation.op === 'spoil') {
      books.ledger.spoilt.add(`${operation.collection}/${operation.id}`);
    }
    const asked = terminal.ask(operation);
    this.#ended.push(() => wordOf(asked));
    this.#open.push({ step, asked });
    if ('atOnce' in step && step.atOnce === true) return;
    const isBackground = 'background' in step && step.background === true;
    if (isBackground) await world.scheduler.pass(0);
    else {
      const deadline = world.scheduler.now + STEP_MS;
      await world.scheduler.run(() => asked.outcome !== null, deadline);
    }
  }

  async #machine(step: Step): Promise<void> {
    const { world, names, books } = this.#options;
    const { ledger } = books;
    if (step.do === 'settle') return this.settle();
    if (step.do === 'wait') return world.scheduler.pass(step.ms);
    if (step.do === 'revoke') {
      this.revoked.add(step.terminal);
      ledger.revoked.add(step.terminal);
    }
    if (step.do === 'copyProfile') ledger.copy(step.to, step.terminal);
    if (step.do === 'reset') {
      /* First of all: what it was doing is looked up on its disk. */
      world.terminal(step.terminal).crash('is wiped');
      await world.server.start();
      const view = new ServerView(world.server.file);
      ledger.wiped(step.terminal, view);
      view.close();
    }
    const done = await machineStep(world, step);
    const armed = done === false ? await serverStep(world, step, { names, ledger }) : done;
    if (armed === null) return;
    const name = 'fault' in step ? step.fault : 'point' in step ? step.point : step.do;
    this.#armed.push({ step: this.#ended.length, name, wasMet: () => armed.met > 0 });
  }

  async #record(): Promise<void> {
    const { books, world, recordStates, afterStep } = this.#options;
    if (recordStates) this.states.record(books.step, world, books.ledger);
    await afterStep?.(books.step, this.outcomes());
  }

  /** Takes in the names that operations have made meanwhile. */
  #learn(): void {
    this.#open = this.#open.filter(({ step, asked }) => {
      const { outcome } = asked;
      if (outcome === null) return true;
      if (outcome !== 'crashed' && outcome.ok) this.#options.names.made(step, outcome);
      return false;
    });
  }
}

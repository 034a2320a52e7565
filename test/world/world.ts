import { makeCode } from '../../server/auth/enrolment';
import { FaultCounts } from './faults';
import { Line, type Observer } from './network';
import { createRandom, type Random } from './random';
import { Scheduler } from './scheduler';
import { passwordOf, seedStore } from './seed-store';
import type { Operation } from './terminal/operations';
import type { WorldLimits } from './terminal/realm';
import { Trace } from './trace';
import { type WorldImage, worldImage } from './world-image';
import { WorldServer } from './world-server';
import { type Asked, WorldTerminal } from './world-terminal';

export type WorldRole = 'owner' | 'supervisor' | 'cashier';

export interface WorldSpec {
  seed: number;
  products: readonly { id: string; code: string; price: number; opening: number }[];
  clients: readonly { id: string; name: string }[];
  /** Number of further products, which are only there to be received. */
  catalogue: number;
  users: readonly { userName: string; role: WorldRole }[];
  terminals: readonly { name: string; userName: string; skewMs: number }[];
  limits: WorldLimits;
  /** Whether terminals keep the trace that "Exportar caso para QA" exports. */
  records?: boolean;
  /** Its first moment, ms since 1970; WORLD_START unless it replays what was recorded at another time. */
  start?: number;
}

/** What watches a world: it is told everything, and changes nothing. */
export interface Watcher extends Observer {
  outcome?(terminal: string, asked: Asked): void;
}

/** 2026-03-02T14:00:00Z: the first moment of every world of a scenario. */
export const WORLD_START = Date.UTC(2026, 2, 2, 14);
const startOf = ({ start = WORLD_START }: WorldSpec): number => start;
/** What a world begins with was built so long before, ms. */
const BUILT_BEFORE = 15 * 60_000;

/** Worlds of few seeds begin alike, so that one can be built for many histories; what follows is each seed's own. */
export const BEGINNINGS = 4;

/** A server, terminals and a network between them, under one virtual clock. */
export class World {
  readonly scheduler: Scheduler;
  readonly trace = new Trace(() => this.scheduler.now - this.start);
  /** Its first moment, ms since 1970. */
  readonly start: number;
  readonly faults = new FaultCounts();
  readonly server: WorldServer;
  readonly terminals = new Map<string, WorldTerminal>();
  storeId = '';
  readonly #watchers: Watcher[];
  /** Streams of randomness by name. */
  readonly #random: (name: string) => Random;

  private constructor(
    readonly spec: WorldSpec,
    watchers: readonly Watcher[],
    { start, random }: { start: number; random: (name: string) => Random },
  ) {
    this.#watchers = [...watchers];
    this.#random = random;
    this.start = startOf(spec);
    this.scheduler = new Scheduler(start);
    this.server = new WorldServer({
      scheduler: this.scheduler,
      random: random('server'),
      trace: this.trace,
      faults: this.faults,
    });
  }

  /** A store, and terminals that are enrolled, logged in and synced: nothing has gone wrong yet. */
  static async create(spec: WorldSpec, watchers: readonly Watcher[] = []): Promise<World> {
    const { seed, limits, ...rest } = spec;
    const key = JSON.stringify({ ...rest, beginning: seed % BEGINNINGS });
    const image = await worldImage(key, () => World.#build(spec));
    const world = new World(spec, watchers, {
      start: startOf(spec),
      random: (name) => createRandom(spec.seed, name),
    });
    world.server.load(image.files);
    await world.server.start();
    world.storeId = image.storeId;
    for (const { name, skewMs } of spec.terminals) {
      const terminal = world.#make(name, skewMs);
      const profile = image.profiles.get(name);
      if (profile !== undefined) terminal.takeProfile(profile);
      await terminal.start();
    }
    return world;
  }

  /** Builds what a world begins with, step by step, as people do. */
  static async #build(spec: WorldSpec): Promise<WorldImage> {
    const beginning = spec.seed % BEGINNINGS;
    const random = (name: string): Random => createRandom(beginning, `beginning ${name}`);
    const start = startOf(spec) - BUILT_BEFORE;
    const world = new World({ ...spec, limits: {} }, [], { start, random });
    try {
      await world.server.start();
      world.storeId = await seedStore(world.server.context, { spec, random: random('seed') });
      for (const { name, userName, skewMs } of spec.terminals) {
        const terminal = await world.install({ name, skewMs });
        await world.mustDo(terminal, { op: 'login', userName, password: passwordOf(userName) });
      }
      const profiles = new Map(
        [...world.terminals].map(([name, terminal]) => [name, terminal.profile()]),
      );
      return { storeId: world.storeId, profiles, files: await world.server.unload() };
    } finally {
      await world.close();
    }
  }

  terminal(name: string): WorldTerminal {
    const terminal = this.terminals.get(name);
    if (terminal === undefined) throw new Error(`there is no terminal ${name}`);
    return terminal;
  }

  /** A new browser profile, enrolled: nobody has logged in there yet. */
  async install({ name, skewMs }: { name: string; skewMs: number }): Promise<WorldTerminal> {
    const terminal = this.#make(name, skewMs);
    await this.#enrol(terminal);
    return terminal;
  }

  /** A new browser profile, with the page open: nobody has enrolled it. */
  async place({ name, skewMs }: { name: string; skewMs: number }): Promise<WorldTerminal> {
    const terminal = this.#make(name, skewMs);
    await terminal.start();
    return terminal;
  }

  /** The profile is wiped and enrolled anew, as somebody does who wants to begin afresh (F25). */
  async reset(terminal: WorldTerminal): Promise<void> {
    terminal.crash('is wiped');
    /* A crash that is still to come belonged to the profile that is gone; nobody is told how an enrolment ended. */
    terminal.disarm();
    terminal.disk.wipe();
    await this.#enrol(terminal);
  }

  /** A terminal that starts from the profile of another (F13). */
  async copyProfile(from: string, name: string): Promise<WorldTerminal> {
    const terminal = this.#make(name, this.terminal(from).skew);
    terminal.takeProfile(this.terminal(from).profile());
    await terminal.start();
    return terminal;
  }

  /** Asks a terminal for something and lets time run until it is done, `limitMs` at most; null where it is not. */
  async do(
    terminal: WorldTerminal,
    operation: Operation,
    limitMs = 10 * 60_000,
  ): Promise<Asked['outcome']> {
    const asked = terminal.ask(operation);
    await this.scheduler.run(() => asked.outcome !== null, this.scheduler.now + limitMs);
    return asked.outcome;
  }

  /** The same, where anything but success is a defect of the world. */
  async mustDo(terminal: WorldTerminal, operation: Operation): Promise<void> {
    const outcome = await this.do(terminal, operation);
    if (outcome === null || outcome === 'crashed' || !outcome.ok) {
      throw new Error(`${terminal.name}: ${operation.op} -> ${JSON.stringify(outcome)}`);
    }
  }

  /** Time stands still for good; the data are removed. */
  async close(): Promise<void> {
    for (const terminal of this.terminals.values()) terminal.crash('closes');
    this.terminals.clear();
    this.scheduler.clear();
    await this.server.close();
  }

  async #enrol(terminal: WorldTerminal): Promise<void> {
    await terminal.start();
    const { code } = await makeCode(this.server.context, { storeId: this.storeId, actor: 'world' });
    await this.mustDo(terminal, { op: 'enrol', code, name: terminal.name });
  }

  #make(name: string, skew: number): WorldTerminal {
    const { scheduler, trace, faults, spec } = this;
    const observer: Observer = {
      arrived: (...given) => {
        for (const watcher of this.#watchers) watcher.arrived?.(...given);
      },
      delivered: (...given) => {
        for (const watcher of this.#watchers) watcher.delivered?.(...given);
      },
    };
    const line = new Line(name, {
      scheduler,
      random: this.#random(`line:${name}`),
      trace,
      faults,
      server: this.server,
      observer,
    });
    const terminal = new WorldTerminal(name, line, {
      scheduler,
      random: this.#random,
      trace,
      faults,
      onOutcome: (who, asked) => {
        for (const watcher of this.#watchers) watcher.outcome?.(who, asked);
      },
      skew,
      limits: spec.limits,
      records: spec.records ?? false,
    });
    this.terminals.set(name, terminal);
    return terminal;
  }
}

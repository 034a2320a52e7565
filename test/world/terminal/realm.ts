import type { Random } from '../random';
import type { Scheduler } from '../scheduler';
import { terminalCode } from './bundle';
import type { RealmHost, RealmTerminal } from './entry';

/** What a realm is given. */
export interface RealmOptions {
  scheduler: Scheduler;
  random: Random;
  /** The terminal's own clock, ms. */
  clock: () => number;
  host: RealmHost;
  /** Sizes of pages and batches, where they are not those of the product. */
  limits: WorldLimits;
}

/** Documents of a pull page, rows of a push: a world may have small ones. */
export interface WorldLimits {
  pullPage?: number;
  pushRows?: number;
}

/** A running terminal: its own copy of all code and state, under globals of its own, as a browser's page has. */
export interface Realm {
  readonly terminal: Promise<RealmTerminal>;
  /** The realm stops at once: no timer of it fires any more, nothing that it waits for ever comes. */
  kill(): void;
}

/** What the language itself gives: code may ask for it by `globalThis.NAME`. */
const LANGUAGE = {
  ...{ Object, Array, String, Number, Boolean, Symbol, BigInt, RegExp, JSON, Reflect, Proxy },
  ...{ Map, Set, WeakMap, WeakSet, WeakRef, Promise, Intl, ArrayBuffer, DataView },
  ...{ Uint8Array, Uint16Array, Uint32Array, BigInt64Array, BigUint64Array, Float64Array },
  ...{ Error, TypeError, RangeError, SyntaxError, AggregateError },
};

/** `Date`, by the terminal's own clock. */
const dateBy = (now: () => number): DateConstructor =>
  class extends Date {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(now());
      else super(...(given as [number]));
    }
    static override now(): number {
      return now();
    }
  } as unknown as DateConstructor;

export function createRealm({ scheduler, random, clock, host, limits }: RealmOptions): Realm {
  let alive = true;
  const timers = new Map<number, { cancel(): void }>();
  let lastTimer = 0;
  const addTimer = (run: () => void, ms: number, again: boolean): number => {
    lastTimer += 1;
    const id = lastTimer;
    const arm = (): void => {
      const scheduled = scheduler.after(Math.max(again ? 1 : 0, ms), () => {
        if (!alive) return;
        if (again) arm();
        else timers.delete(id);
        run();
      });
      timers.set(id, scheduled);
    };
    if (alive) arm();
    return id;
  };
  const clear = (id: number): void => {
    timers.get(id)?.cancel();
    timers.delete(id);
  };
  const setTimeout = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number =>
    addTimer(() => run(...args), Number(ms) || 0, false);

  const globals: Record<string, unknown> = {
    ...LANGUAGE,
    setTimeout,
    clearTimeout: clear,
    setInterval: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number =>
      addTimer(() => run(...args), Number(ms) || 0, true),
    clearInterval: clear,
    queueMicrotask,
    structuredClone,
    console,
    AbortController,
    AbortSignal: {
      any: (signals: AbortSignal[]) => AbortSignal.any(signals),
      timeout: (ms: number) => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms);
        return controller.signal;
      },
    },
    DOMException,
    TextEncoder,
    TextDecoder,
    URL,
    URLSearchParams,
    Event,
    EventTarget,
    Date: dateBy(clock),
    Math: Object.create(Math, { random: { value: () => random.unit() } }) as unknown,
    worldLimits: limits,
  };
  for (const name of ['globalThis', 'window', 'self']) globals[name] = globals;
  return {
    terminal: terminalCode()(globals).openRealm(host),
    kill() {
      alive = false;
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
    },
  };
}

import type { Random } from '../random';
import type { Scheduler } from '../scheduler';
import type { RealmHost, RealmTerminal } from './entry';
import { openTerminal } from './house';

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

/** A running terminal: its program with variables and globals of its own, as a browser's page has. */
export interface Realm {
  readonly terminal: Promise<RealmTerminal>;
  /** The realm stops at once: no timer of it fires any more, nothing that it waits for ever comes. */
  kill(): void;
}

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

  const globals = {
    clock,
    random: () => random.unit(),
    setTimeout,
    clearTimeout: clear,
    setInterval: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number =>
      addTimer(() => run(...args), Number(ms) || 0, true),
    clearInterval: clear,
    AbortSignal: {
      any: (signals: AbortSignal[]) => AbortSignal.any(signals),
      timeout: (ms: number) => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms);
        return controller.signal;
      },
    },
    worldLimits: limits,
  };
  return {
    terminal: openTerminal(globals, host),
    kill() {
      alive = false;
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
    },
  };
}

/**
 * Virtual time of a world, in ms. It moves only when nothing is left to do at the present instant: every promise that
 * could go on has gone on. Events of the same instant run in the order in which they were asked for, so a run is a pure
 * function of its inputs.
 */
export interface Scheduled {
  cancel(): void;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
  cancelled: boolean;
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** All microtasks, and those that they lead to, have run when a task that was queued after them begins. */
const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class Scheduler {
  #now: number;
  #order = 0;
  /** Binary heap: the least entry first. */
  readonly #heap: Entry[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  /** The present instant, ms since 1970: the one true time, which no terminal's clock need agree with. */
  get now(): number {
    return this.#now;
  }

  /** Runs `run` after `delay` ms of virtual time. An async one holds time still until it ends. */
  after(delay: number, run: () => void | Promise<void>): Scheduled {
    const entry: Entry = {
      at: this.#now + Math.max(0, delay),
      order: this.#order++,
      run,
      cancelled: false,
    };
    this.#push(entry);
    return {
      cancel: () => {
        entry.cancelled = true;
      },
    };
  }

  /**
   * Runs events until `done` says so or the deadline is reached (then false). Where nothing is left to run at all, time
   * goes straight to the deadline: what `done` waits for will never come.
   */
  async run(done: () => boolean, deadline: number): Promise<boolean> {
    await drained();
    while (!done()) {
      const next = this.#pop();
      if (next === undefined || next.at > deadline) {
        if (next !== undefined) this.#push(next);
        this.#now = Math.max(this.#now, deadline);
        return false;
      }
      this.#now = Math.max(this.#now, next.at);
      await next.run();
      await drained();
    }
    return true;
  }

  /** Lets a span of virtual time pass. */
  async pass(ms: number): Promise<void> {
    await this.run(() => false, this.#now + ms);
  }

  /** Forgets all that was still to come: closures hold whole realms. */
  clear(): void {
    this.#heap.length = 0;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    heap.push(entry);
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): Entry | undefined {
    for (;;) {
      const top = this.#popAny();
      if (top === undefined || !top.cancelled) return top;
    }
  }

  #popAny(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      if (right !== undefined && before(right, left)) child += 1;
      const least = heap[child];
      if (least === undefined || !before(least, last)) break;
      heap[index] = least;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

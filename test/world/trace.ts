import { createHash } from 'node:crypto';

/** One thing that happened, as the report and the comparison of two runs see it. */
export interface TraceEvent {
  /** Virtual ms since the world began. */
  readonly at: number;
  /** A terminal's name, `server`, or `world`. */
  readonly who: string;
  readonly what: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** All that happened in a world, in order. The same seed gives the same text, byte for byte. */
export class Trace {
  readonly events: TraceEvent[] = [];
  readonly #now: () => number;
  readonly #numbers = { message: 0, operation: 0 };

  constructor(now: () => number) {
    this.#now = now;
  }

  add(who: string, what: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.events.push({ at: this.#now(), who, what, details });
  }

  /** A number, from 1, by which the events of one message or one operation are known to belong together. */
  next(kind: 'message' | 'operation'): number {
    this.#numbers[kind] += 1;
    return this.#numbers[kind];
  }

  text(): string {
    return this.events.map((event) => JSON.stringify(event)).join('\n');
  }

  digest(): string {
    return createHash('sha256').update(this.text()).digest('hex').slice(0, 16);
  }
}

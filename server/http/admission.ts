import { AppError } from '../../shared/errors/app-error';
import type { Clock } from '../../shared/ports/clock';

export interface AdmissionLimits {
  /** Requests at work at a time. */
  readonly atWork: number;
  /** Requests of one store that wait. */
  readonly waitingOfStore: number;
  /** Requests that wait in all: a waiting push has its body in memory. */
  readonly waiting: number;
  /** Requests of one terminal, waiting or at work: a sync sends one after the other. */
  readonly ofTerminal: number;
}
export const ADMISSION_LIMITS: AdmissionLimits = {
  atWork: 8,
  waitingOfStore: 64,
  waiting: 256,
  ofTerminal: 4,
};

export interface Asker {
  readonly storeId: string;
  readonly terminalId: string;
}

/** Seconds that Retry-After may say. */
const RETRY = { least: 1, most: 30 };
/** How much the last request counts in the running mean of what one takes. */
const WEIGHT = 0.1;

/** A place that one request has: it is given up by `leave`, or when the work is done. */
export interface Place {
  /**
   * Waits for its turn, does the work, gives the place up. SERVER_BUSY where another store needed the place more while
   * this one waited, or where it was left meanwhile.
   */
  work<T>(task: () => Promise<T>): Promise<T>;
  /** Gives it up, unless it is at work. */
  leave(): void;
}

interface Ticket extends Asker {
  state: 'reserved' | 'waiting' | 'working' | 'gone';
  /** Why it is gone while its request does not know yet. */
  refused: AppError | null;
  settle: { go: () => void; refuse: (error: AppError) => void } | null;
}

/**
 * Who may work, and who waits, before a store's data are touched. Bursts come from many terminals at once (opening,
 * closing): what is over the limits is told at once when to come back, rather than slowing down everybody. Stores are
 * served in turn, so that the burst of one costs another no more than one place in the row; where all places are taken,
 * the store with most of them gives one up. Kept libraries for queues (p-queue, bottleneck) know no turns between keys.
 *
 * It counts what this node does: nothing of it has to be shared with others (P91).
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #clock: Clock;
  readonly #soon: (task: () => void) => void;
  #isComing = false;
  /** Every place that is not at work, by store, oldest first. */
  readonly #places = new Map<string, Ticket[]>();
  /** Those of them that are ready to work; the stores in the order of their turns. */
  readonly #turns = new Map<string, Ticket[]>();
  readonly #ofTerminal = new Map<string, number>();
  #atWork = 0;
  #waiting = 0;
  #meanMs = 100;

  /**
   * `soon` puts the beginning of each work off: a real server lets the event loop turn in between (setImmediate). SQLite
   * works synchronously, so without that what was asked first would be done before anybody else is even accepted, and a
   * queue would never be seen, nor login and readiness heard.
   */
  constructor(
    limits: AdmissionLimits,
    clock: Clock,
    soon: (task: () => void) => void = (task) => task(),
  ) {
    this.#limits = limits;
    this.#clock = clock;
    this.#soon = soon;
  }

  /** Requests at work, and with a place to wait. */
  get counts(): { atWork: number; waiting: number } {
    return { atWork: this.#atWork, waiting: this.#waiting };
  }

  /** A place for one request. SERVER_BUSY, or TOO_MANY_REQUESTS for a terminal beyond its share; both say when to ask again. */
  reserve({ storeId, terminalId }: Asker): Place {
    const { ofTerminal, waitingOfStore, waiting } = this.#limits;
    if ((this.#ofTerminal.get(terminalId) ?? 0) >= ofTerminal) {
      throw this.#refusal('TOO_MANY_REQUESTS');
    }
    const own = this.#places.get(storeId) ?? [];
    if (own.length >= waitingOfStore) throw this.#refusal('SERVER_BUSY');
    if (this.#waiting >= waiting) this.#makeRoom(own.length);
    const ticket: Ticket = { storeId, terminalId, state: 'reserved', refused: null, settle: null };
    this.#places.set(storeId, [...own, ticket]);
    this.#waiting += 1;
    this.#ofTerminal.set(terminalId, (this.#ofTerminal.get(terminalId) ?? 0) + 1);
    return {
      work: (task) => this.#work(ticket, task),
      leave: () => this.#leave(ticket),
    };
  }

  async #work<T>(ticket: Ticket, task: () => Promise<T>): Promise<T> {
    if (ticket.refused !== null) throw ticket.refused;
    ticket.state = 'waiting';
    this.#turns.set(ticket.storeId, [...(this.#turns.get(ticket.storeId) ?? []), ticket]);
    const turn = new Promise<void>((go, refuse) => {
      ticket.settle = { go, refuse };
    });
    this.#next();
    await turn;
    const began = this.#clock.now();
    try {
      return await task();
    } finally {
      const took = Math.max(0, this.#clock.now() - began);
      this.#meanMs += WEIGHT * (took - this.#meanMs);
      this.#atWork -= 1;
      ticket.state = 'gone';
      this.#forget(ticket.terminalId);
      this.#next();
    }
  }

  /** Lets work begin while there is room: of each store one, then of each the next. */
  #next(): void {
    if (this.#isComing || this.#turns.size === 0 || this.#atWork >= this.#limits.atWork) return;
    this.#isComing = true;
    this.#soon(() => {
      this.#isComing = false;
      this.#begin();
      this.#next();
    });
  }

  #begin(): void {
    const [first] = this.#turns;
    if (first === undefined) return;
    const [storeId, [ticket, ...rest]] = first;
    this.#turns.delete(storeId);
    if (rest.length > 0) this.#turns.set(storeId, rest);
    if (ticket === undefined) return;
    this.#take(ticket);
    ticket.state = 'working';
    this.#atWork += 1;
    ticket.settle?.go();
  }

  /** One place of the store that has most, where that is not the asking one; its newest, which has waited least. */
  #makeRoom(own: number): void {
    const [most] = [...this.#places.values()].sort((a, b) => b.length - a.length);
    const newest = most?.at(-1);
    if (most === undefined || newest === undefined || most.length <= own + 1) {
      throw this.#refusal('SERVER_BUSY');
    }
    this.#leave(newest);
  }

  #leave(ticket: Ticket): void {
    if (ticket.state === 'working' || ticket.state === 'gone') return;
    const why = this.#refusal('SERVER_BUSY');
    this.#take(ticket);
    const turns = (this.#turns.get(ticket.storeId) ?? []).filter((other) => other !== ticket);
    /* Set anew only where it changes nothing in the order of turns. */
    if (turns.length > 0) this.#turns.set(ticket.storeId, turns);
    else this.#turns.delete(ticket.storeId);
    ticket.state = 'gone';
    ticket.refused = why;
    this.#forget(ticket.terminalId);
    ticket.settle?.refuse(why);
  }

  #take(ticket: Ticket): void {
    const left = (this.#places.get(ticket.storeId) ?? []).filter((other) => other !== ticket);
    if (left.length > 0) this.#places.set(ticket.storeId, left);
    else this.#places.delete(ticket.storeId);
    this.#waiting -= 1;
  }

  #forget(terminalId: string): void {
    const left = (this.#ofTerminal.get(terminalId) ?? 1) - 1;
    if (left > 0) this.#ofTerminal.set(terminalId, left);
    else this.#ofTerminal.delete(terminalId);
  }

  /** When what waits now will have been done, as far as the last requests tell. */
  #refusal(code: 'SERVER_BUSY' | 'TOO_MANY_REQUESTS'): AppError {
    const seconds = (this.#meanMs * (this.#waiting + 1)) / this.#limits.atWork / 1000;
    const retryAfter = Math.min(RETRY.most, Math.max(RETRY.least, Math.ceil(seconds)));
    return new AppError(code, { retryAfter });
  }
}

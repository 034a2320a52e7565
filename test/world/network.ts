import type { ArmedFault, FaultCounts, NetworkFault } from './faults';
import type { Random } from './random';
import type { Scheduler } from './scheduler';
import type { Trace } from './trace';
import type { WireReply, WireRequest, WorldServer } from './world-server';

/** What a terminal's `fetch` asks for. */
export interface Outgoing {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  signal: AbortSignal | undefined;
}

/** Told of what crosses the wire: requests as they arrive at the server, answers as the terminal gets them. */
export interface Observer {
  arrived?(terminal: string, request: WireRequest, reply: WireReply): void;
  delivered?(terminal: string, request: WireRequest, reply: WireReply): void;
}

/**
 * What becomes of a message of a replay. `silent`: nothing is ever heard, and the server did
 * nothing or, `silentDone`, all of it. `requestLost`, `answerLost`: the line breaks,
 * before or after the server did it. `cut`: the answer breaks off. `given`: this answer, and the server is not asked.
 */
export type Fate =
  | 'pass'
  | 'silent'
  | 'silentDone'
  | 'requestLost'
  | 'answerLost'
  | 'cut'
  | { given: WireReply };

/** Decides over every message, in place of faults that are armed. */
export interface Conductor {
  /** Resolves when the message's turn has come. */
  turn(request: WireRequest): Promise<Fate>;
  /** The server is about to have it. */
  before(request: WireRequest): Promise<void>;
  /** The server has done with it. */
  handled(request: WireRequest): void;
  /** Resolves when the terminal may hear of it. */
  mayHear(request: WireRequest): Promise<void>;
  /** The terminal has heard, or the line has broken. `reply`: of the server, whether or not it was heard. */
  after(request: WireRequest, reply: WireReply | null): void;
}

interface Armed extends ArmedFault {
  fault: NetworkFault;
  /** Only requests whose `METHOD path` begins with this. */
  prefix: string;
  left: number;
}

/** Time that a request and its answer take, each way, ms. */
const LATENCY = { low: 5, high: 80 };
const DELAY = { low: 20_000, high: 45_000 };
const LATE = { low: 500, high: 20_000 };

const half = (text: string): string => text.slice(0, Math.floor(text.length / 2));
const broken = (): TypeError => new TypeError('network');

/** The line between one terminal and the server. */
export class Line {
  /** Down: no message gets through, either way. */
  up = true;
  conductor: Conductor | null = null;
  /** Requests that will still get to the server, whoever waits for their answers. */
  underWay = 0;
  readonly #armed: Armed[] = [];

  constructor(
    private readonly name: string,
    private readonly parts: {
      scheduler: Scheduler;
      random: Random;
      trace: Trace;
      faults: FaultCounts;
      server: WorldServer;
      observer: Observer;
    },
  ) {}

  arm(fault: NetworkFault, { prefix = '', count = 1 } = {}): ArmedFault {
    const armed = { fault, prefix, left: count, met: 0 };
    this.#armed.push(armed);
    return armed;
  }

  /** Forgets every armed fault, and lets messages through. */
  heal(): void {
    this.#armed.length = 0;
    this.up = true;
  }

  /** Sends a request; rejects as `fetch` does. Cookies are the caller's to add and to take. */
  send(outgoing: Outgoing): Promise<WireReply> {
    const { scheduler, random, trace } = this.parts;
    const { signal } = outgoing;
    const request: WireRequest = {
      method: outgoing.method,
      path: outgoing.path,
      headers: outgoing.headers,
      body: outgoing.body,
    };
    const fault = this.#take(request);
    const message = trace.next('message');
    const label = { message, method: request.method, path: request.path.split('?')[0] };
    trace.add(this.name, 'sends', fault === null ? label : { ...label, fault });
    return new Promise<WireReply>((resolve, reject) => {
      let open = true;
      const aborted = (): void => fail('gives up', new DOMException('aborted', 'AbortError'));
      const breaks = (): void => fail('line breaks', broken());
      /* Node keeps a signal that has listeners, and all that they hold, for good: none is left behind. */
      const close = (): boolean => {
        const wasOpen = open;
        open = false;
        signal?.removeEventListener('abort', aborted);
        return wasOpen;
      };
      const fail = (what: string, error: Error): void => {
        if (!close()) return;
        trace.add(this.name, what, { message });
        reject(error);
      };
      const answer = (reply: WireReply): void => {
        if (!close()) return;
        trace.add(this.name, 'hears', { ...label, status: reply.status });
        this.parts.observer.delivered?.(this.name, request, reply);
        resolve(reply);
      };
      if (signal?.aborted === true) return aborted();
      signal?.addEventListener('abort', aborted);

      const { conductor } = this;
      if (conductor !== null) {
        void conductor.turn(request).then((fate) => {
          this.#conduct(conductor, fate, { request, message, answer, breaks });
        });
        return;
      }
      const there = random.between(LATENCY.low, LATENCY.high);
      const back = random.between(LATENCY.low, LATENCY.high);
      if (fault === 'silence') return;
      if (fault === 'dropRequest') {
        scheduler.after(there, breaks);
        return;
      }
      const delivery = fault === 'late' ? random.between(LATE.low, LATE.high) : there;
      if (fault === 'late') scheduler.after(there, breaks);
      if (fault === 'duplicate') {
        const again = there + random.between(LATE.low, LATE.high);
        this.underWay += 1;
        scheduler.after(again, async () => {
          await this.#deliver(request, message);
          this.underWay -= 1;
        });
      }
      this.underWay += 1;
      scheduler.after(delivery, async () => {
        const reply = await this.#deliver(request, message);
        this.underWay -= 1;
        if (reply === null || fault === 'dropResponse') {
          scheduler.after(back, breaks);
          return;
        }
        const shown = fault === 'truncate' ? { ...reply, body: half(reply.body) } : reply;
        const delay = fault === 'delay' ? random.between(DELAY.low, DELAY.high) : back;
        scheduler.after(delay, () => {
          if (this.up) answer(shown);
          else breaks();
        });
      });
    });
  }

  #conduct(
    conductor: Conductor,
    fate: Fate,
    of: {
      request: WireRequest;
      message: number;
      answer: (reply: WireReply) => void;
      breaks: () => void;
    },
  ): void {
    const { request, message, answer, breaks } = of;
    const { scheduler, faults } = this.parts;
    const name = typeof fate === 'string' ? fate : 'given';
    if (name !== 'pass') faults.met(`replay.${name}`);
    scheduler.after(LATENCY.low, async () => {
      const isDone = ['pass', 'answerLost', 'cut', 'silentDone'].includes(name);
      if (isDone) await conductor.before(request);
      const reply = isDone ? await this.#deliver(request, message) : null;
      conductor.handled(request);
      void conductor.mayHear(request).then(() => {
        scheduler.after(LATENCY.low, () => {
          if (typeof fate === 'object') answer(fate.given);
          else if (fate === 'pass' && reply !== null) answer(reply);
          else if (fate === 'cut' && reply !== null) answer({ ...reply, body: half(reply.body) });
          else if (fate !== 'silent' && fate !== 'silentDone') breaks();
          conductor.after(request, reply);
        });
      });
    });
  }

  /** The request at the server; null where it does not get there, or the server has no answer to it. */
  async #deliver(request: WireRequest, message: number): Promise<WireReply | null> {
    const { server, observer, trace, faults } = this.parts;
    if (!this.up) {
      faults.met('partition');
      trace.add(this.name, 'lost', { message, path: request.path.split('?')[0] });
      return null;
    }
    const reply = await server.handle(this.name, request, message);
    if (reply !== null) observer.arrived?.(this.name, request, reply);
    return reply;
  }

  #take(request: WireRequest): NetworkFault | null {
    const index = this.#armed.findIndex(({ prefix }) =>
      `${request.method} ${request.path}`.startsWith(prefix),
    );
    const armed = this.#armed[index];
    if (armed === undefined) return null;
    armed.left -= 1;
    armed.met += 1;
    if (armed.left <= 0) this.#armed.splice(index, 1);
    this.parts.faults.met(armed.fault);
    return armed.fault;
  }
}

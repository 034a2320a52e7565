import { hexToBytes } from '@noble/hashes/utils.js';
import { PROTOCOL_HEADER } from '../../shared/protocol/version';
import { type SoftwareKey, softwareKey } from '../kit/software-key';
import { type DiskImage, TerminalDisk } from './disk';
import type { ArmedFault, FaultCounts, TerminalCrash } from './faults';
import type { Line } from './network';
import type { Random } from './random';
import type { Scheduler } from './scheduler';
import { pointsOf } from './terminal/crash-points';
import { diskTrace } from './terminal/disk-trace';
import type { RealmHost, RealmTerminal } from './terminal/entry';
import type { Operation, Outcome, TerminalState } from './terminal/operations';
import { createRealm, type Realm, type WorldLimits } from './terminal/realm';
import type { Trace } from './trace';

/** An operation that a terminal was asked for. */
export interface Asked {
  readonly operation: Operation;
  /** Null until it has ended; `crashed`: the terminal died first, and nobody was told anything. */
  outcome: Outcome | 'crashed' | null;
}

/** A browser profile, and the password that was typed there last. */
export interface Profile {
  disk: DiskImage;
  password: string;
}

const never = (): Promise<never> => new Promise(() => undefined);

/** One terminal of a world: the real desk in a realm of its own, over a disk that survives it. */
export class WorldTerminal {
  readonly disk = new TerminalDisk();
  /** Difference of its clock from the true time, ms. */
  skew: number;
  /** Version of the protocol that its program speaks; null: that of the code. */
  protocol: number | null = null;
  /** Whether the person types the password when a run asks for it; in a replay, only when the person did. */
  typesPassword = true;
  #realm: Realm | null = null;
  #running: RealmTerminal | null = null;
  #open: Asked[] = [];
  #armed: (ArmedFault & { point: TerminalCrash; left: number }) | null = null;
  #starts = 0;
  #opened: { secret: string; key: SoftwareKey } | null = null;
  /** Of the last login: the person remembers it across reloads. */
  #password = '';

  constructor(
    readonly name: string,
    readonly line: Line,
    private readonly parts: {
      scheduler: Scheduler;
      /** Streams of randomness by name; the names of a restarted realm differ. */
      random: (name: string) => Random;
      trace: Trace;
      faults: FaultCounts;
      onOutcome: (terminal: string, asked: Asked) => void;
      skew: number;
      limits: WorldLimits;
      /** Whether it keeps a trace of itself, for an export. */
      records: boolean;
    },
  ) {
    this.skew = parts.skew;
  }

  get isUp(): boolean {
    return this.#running !== null;
  }

  /** Whether an operation that it was asked for has not ended. */
  get isBusy(): boolean {
    return this.#open.length > 0;
  }

  /** Whether a run is on, asked for or taken up after a reload. */
  get isSyncing(): boolean {
    return this.#running?.isSyncing() ?? false;
  }

  /** What its browser profile holds now, and what the person at it remembers. */
  profile(): Profile {
    return { disk: this.disk.image(), password: this.#password };
  }

  takeProfile({ disk, password }: Profile): void {
    this.disk.restore(disk);
    this.#password = password;
  }

  /** Opens the page. */
  async start(): Promise<void> {
    if (this.#realm !== null) return;
    this.#starts += 1;
    const { scheduler, random, trace } = this.parts;
    trace.add(this.name, 'starts');
    const own = random(`${this.name}:${this.#starts}`);
    const realm = createRealm({
      scheduler,
      random: random(`${this.name}:${this.#starts}:rxdb`),
      clock: () => scheduler.now + this.skew,
      host: this.#host(own),
      limits: this.parts.limits,
    });
    this.#realm = realm;
    let ready: RealmTerminal | null = null;
    realm.terminal.then(
      (terminal) => {
        ready = terminal;
      },
      (error: unknown) => {
        trace.add(this.name, 'cannot start', { error: String(error) });
      },
    );
    await scheduler.run(() => ready !== null || this.#realm !== realm, scheduler.now + 60_000);
    if (this.#realm === realm) this.#running = ready;
  }

  /** The page, or the whole machine, is gone at once. */
  crash(why = 'crashes'): void {
    if (this.#realm === null) return;
    this.parts.trace.add(this.name, why);
    this.#realm.kill();
    this.#realm = null;
    this.#running = null;
    const lost = this.#open;
    this.#open = [];
    for (const asked of lost) {
      asked.outcome = 'crashed';
      this.parts.onOutcome(this.name, asked);
    }
  }

  /** Closed and opened in good order. */
  async reload(): Promise<void> {
    this.crash('reloads');
    await this.start();
  }

  armCrash(point: TerminalCrash, nth = 1): ArmedFault {
    this.#armed = { point, left: nth, met: 0 };
    return this.#armed;
  }

  disarm(): void {
    this.#armed = null;
  }

  /** Asks for an operation; it goes on while virtual time runs. */
  ask(operation: Operation): Asked {
    const asked: Asked = { operation, outcome: null };
    const running = this.#running;
    const { trace, onOutcome } = this.parts;
    if (running === null) {
      asked.outcome = { ok: false, code: 'TERMINAL_DOWN', message: '' };
      return asked;
    }
    const number = trace.next('operation');
    trace.add(this.name, 'asked', { operation: number, ...operation });
    if (operation.op === 'login') this.#password = operation.password;
    this.#open.push(asked);
    running.perform(JSON.stringify(operation)).then((text) => {
      if (asked.outcome !== null) return;
      const outcome = JSON.parse(text) as Outcome;
      asked.outcome = outcome;
      this.#open = this.#open.filter((other) => other !== asked);
      trace.add(this.name, 'done', {
        operation: number,
        op: operation.op,
        ...(outcome.ok
          ? { runs: outcome.runs, written: outcome.written.map(({ after }) => after['id']) }
          : { code: outcome.code, message: outcome.message }),
      });
      onOutcome(this.name, asked);
    });
    return asked;
  }

  /** Everything it holds and shows; null while it is down. */
  async state(): Promise<TerminalState | null> {
    const running = this.#running;
    if (running === null) return null;
    let text: string | null = null;
    running.state().then((json) => {
      text = json;
    });
    const { scheduler } = this.parts;
    await scheduler.run(() => text !== null, scheduler.now + 10_000);
    return text === null ? null : (JSON.parse(text) as TerminalState);
  }

  #host(random: Random): RealmHost {
    const realm = (): Realm | null => this.#realm;
    let mine: Realm | null = null;
    const alive = (): boolean => {
      mine ??= realm();
      return mine === realm() || mine === null;
    };
    const hold = (points: readonly TerminalCrash[]): Promise<never> | undefined => {
      if (!alive()) return never();
      return points.some((point) => this.#passes(point)) ? never() : undefined;
    };
    return {
      newId: () => random.id(),
      digits: (length) => random.digits(length),
      password: () => (this.typesPassword ? this.#password : null),
      trace: this.parts.records ? diskTrace(this.disk, alive) : null,
      publicKey: () => JSON.stringify(this.#key().publicKey),
      sign: (hex) => this.#key().sign(hexToBytes(hex)),
      disk: {
        load: (table) => this.disk.load(table),
        beforeWrite: (table, context) => {
          if (this.disk.full) {
            this.parts.faults.met('terminal.diskFull');
            return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
          }
          return hold(pointsOf('before', table, context));
        },
        written: (table, context, documents) => {
          if (!alive()) return never();
          this.disk.write(table, documents);
          return hold(pointsOf('after', table, context));
        },
      },
      fetch: ((url: string, init: RequestInit) =>
        alive() ? this.#fetch(url, init, alive) : never()) as typeof fetch,
    };
  }

  /** Made when the profile first needs it; a copy of the profile has the same. */
  #key(): SoftwareKey {
    const { disk, parts, name } = this;
    disk.secret ??= parts.random(`${name}:${this.#starts}:key`).bytes(32).toString('hex');
    if (this.#opened?.secret !== disk.secret) {
      this.#opened = { secret: disk.secret, key: softwareKey(hexToBytes(disk.secret)) };
    }
    return this.#opened.key;
  }

  async #fetch(url: string, init: RequestInit, alive: () => boolean): Promise<unknown> {
    const cookie = [...this.disk.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const given = init.headers as Record<string, string>;
    const reply = await this.line
      .send({
        method: init.method ?? 'GET',
        path: url,
        headers: {
          ...given,
          ...(cookie === '' ? {} : { cookie }),
          ...(this.protocol === null ? {} : { [PROTOCOL_HEADER]: String(this.protocol) }),
        },
        body: typeof init.body === 'string' ? init.body : undefined,
        signal: init.signal ?? undefined,
      })
      .catch((error: unknown) => {
        if (!alive()) return never();
        throw error;
      });
    if (!alive()) return never();
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) this.#takeCookie(line);
    return {
      status: reply.status,
      ok: reply.status >= 200 && reply.status < 300,
      headers: {
        get: (name: string) => reply.headers[name.toLowerCase()]?.toString() ?? null,
      },
      json: () => Promise.resolve(reply.body).then((text) => JSON.parse(text) as unknown),
    };
  }

  #takeCookie(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    if (value === '') this.disk.cookies.delete(name);
    else this.disk.cookies.set(name, value);
  }

  /** Whether the terminal dies here. */
  #passes(point: TerminalCrash): boolean {
    const armed = this.#armed;
    if (armed === null || armed.point !== point) return false;
    armed.left -= 1;
    if (armed.left > 0) return false;
    armed.met += 1;
    this.#armed = null;
    this.parts.faults.met(point);
    this.parts.trace.add(this.name, 'crash point', { point });
    this.crash();
    return true;
  }
}

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import inject from 'light-my-request';
import { pino } from 'pino';
import { createApp } from '../../server/app';
import { beginEpoch } from '../../server/begin-epoch';
import type { ServerContext } from '../../server/context';
import { problemOf } from '../../server/http/problem';
import { openContext } from '../../server/open-context';
import type { ServerPorts } from '../../server/ports';
import { AppError } from '../../shared/errors/app-error';
import { CrashSignal, crashingStore } from './crashing-store';
import type { ArmedFault, FaultCounts, ServerCrash } from './faults';
import { contentOf } from './message-content';
import type { Random } from './random';
import type { Scheduler } from './scheduler';
import { scratchFolder } from './scratch-folder';
import type { Trace } from './trace';

export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}
export interface WireReply {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

const log = pino({ level: 'silent' });

/** Passwords that cost nothing: what is tested here is not how slowly they are hashed. */
const plainPasswords: ServerPorts['passwords'] = {
  hash: (password) => Promise.resolve(`$plain$${password}`),
  verify: (password, hash) => Promise.resolve(hash === `$plain$${password}`),
};

/** What the server answers where it has no place (test/server/admission.test.ts). */
const BUSY: WireReply = {
  status: 503,
  headers: { 'content-type': 'application/problem+json', 'retry-after': '3' },
  body: JSON.stringify(problemOf(new AppError('SERVER_BUSY'), '')),
};

/** The real server application over real SQLite, called in process. One request at a time, as its writes are. */
export class WorldServer {
  readonly folder = mkdtempSync(path.join(scratchFolder(), 'mostrador-world-'));
  #running: { context: ServerContext; app: ReturnType<typeof createApp> } | null = null;
  #armed: (ArmedFault & { point: ServerCrash; left: number; downMs: number }) | null = null;
  #diskFull: (ArmedFault & { left: number }) | null = null;
  #busy: (ArmedFault & { left: number }) | null = null;
  #crashed = false;
  /** Somebody works at the server by hand: what is armed waits for the terminals. */
  #byHand = false;
  readonly #ports: ServerPorts;

  constructor(
    private readonly parts: {
      scheduler: Scheduler;
      random: Random;
      trace: Trace;
      faults: FaultCounts;
    },
  ) {
    const { scheduler, random } = parts;
    this.#ports = {
      clock: { now: () => scheduler.now },
      ids: { newId: () => random.id() },
      random: (bytes) => random.bytes(bytes),
      passwords: plainPasswords,
    };
  }

  get isUp(): boolean {
    return this.#running !== null;
  }

  /** The context of the running server, for what a world's author does by hand (seeding, an import). */
  get context(): ServerContext {
    if (this.#running === null) throw new Error('the server is down');
    return this.#running.context;
  }

  /** Path of the database file, for whoever looks for himself. */
  get file(): string {
    return path.join(this.folder, 'data', 'mostrador.db');
  }

  async start(): Promise<void> {
    if (this.#running !== null) return;
    const context = await openContext({
      dataDir: path.join(this.folder, 'data'),
      clientDir: path.join(this.folder, 'none'),
      ports: this.#ports,
      log,
    });
    const store = crashingStore(context.store, {
      passes: (point) => this.#passes(point),
      hasRoom: () => this.#hasRoom(),
    });
    const wired = { ...context, store };
    this.#crashed = false;
    this.#running = { context: wired, app: createApp(wired) };
    this.parts.trace.add('server', 'starts');
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.context.store.close();
  }

  /** The process is gone: what was not committed never was. */
  async crash(): Promise<void> {
    this.parts.trace.add('server', 'crashes');
    await this.stop();
  }

  /** Crashes at the point, the `nth` time that it is passed, and starts again after `downMs`. */
  armCrash(point: ServerCrash, { nth = 1, downMs = 5_000 } = {}): ArmedFault {
    this.#armed = { point, left: nth, downMs, met: 0 };
    return this.#armed;
  }

  /** The next transactions find no room on the disk (F30). */
  armDiskFull(times: number): ArmedFault {
    this.#diskFull = { left: times, met: 0 };
    return this.#diskFull;
  }

  /** The next pushes and pulls are sent away, as where many other terminals have all places (P110). */
  armBusy(times: number): ArmedFault {
    this.#busy = { left: times, met: 0 };
    return this.#busy;
  }

  disarm(): void {
    this.#busy = null;
    this.#armed = null;
    this.#diskFull = null;
  }

  /** Does what somebody does at the running server; faults that are armed are not for this. */
  async byHand<T>(task: () => Promise<T>): Promise<T> {
    await this.start();
    this.#byHand = true;
    try {
      return await task();
    } finally {
      this.#byHand = false;
    }
  }

  /** The answer, or null where there is none: down, or crashed before it could be sent. */
  async handle(from: string, request: WireRequest, message: number): Promise<WireReply | null> {
    const { trace } = this.parts;
    const running = this.#running;
    if (running === null) {
      trace.add('server', 'is down', { from, message });
      return null;
    }
    if (this.#isBusy(request)) {
      trace.add('server', 'is busy', { from, message });
      return BUSY;
    }
    const response = await inject(running.app as never, {
      method: request.method as 'GET',
      url: request.path,
      headers: request.headers,
      ...(request.body === undefined ? {} : { payload: request.body }),
    });
    const label = { from, message, method: request.method, path: request.path.split('?')[0] };
    if (this.#crashed) {
      trace.add('server', 'no answer', label);
      return null;
    }
    const headers = { ...response.headers } as Record<string, string | string[]>;
    headers['date'] = new Date(this.#ports.clock.now()).toUTCString();
    const reply = { status: response.statusCode, headers, body: response.payload };
    trace.add('server', 'answers', {
      ...label,
      status: reply.status,
      ...contentOf(request, reply),
    });
    return reply;
  }

  /** Stops, and returns the files of its data. */
  async unload(): Promise<Map<string, Buffer>> {
    await this.stop();
    const data = path.join(this.folder, 'data');
    return new Map(readdirSync(data).map((name) => [name, readFileSync(path.join(data, name))]));
  }

  /** Puts files where its data are, before it starts. */
  load(files: ReadonlyMap<string, Buffer>): void {
    const data = path.join(this.folder, 'data');
    mkdirSync(data, { recursive: true });
    for (const [name, bytes] of files) writeFileSync(path.join(data, name), bytes);
  }

  /** A copy of the data as they are now, under a name. */
  async backup(name: string): Promise<void> {
    await this.closed(() => {
      const copy = path.join(this.folder, name);
      rmSync(copy, { recursive: true, force: true });
      cpSync(path.join(this.folder, 'data'), copy, { recursive: true });
    });
  }

  /** Puts a backup back; the store's data begin a new life, unless the operator forgets to say so. */
  async restore(name: string, storeId: string): Promise<void> {
    await this.closed(() => {
      const data = path.join(this.folder, 'data');
      rmSync(data, { recursive: true, force: true });
      mkdirSync(data);
      cpSync(path.join(this.folder, name), data, { recursive: true });
    });
    await beginEpoch(this.context, { storeId, actor: 'world' });
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Does something to the files of its data while nobody has them open. */
  async closed(task: () => void): Promise<void> {
    await this.stop();
    task();
    await this.start();
  }

  #isBusy({ method, path: address }: WireRequest): boolean {
    const busy = this.#busy;
    const isSync = /^\/api\/sync\/[a-z]+(\?|$)/.test(address) && !address.endsWith('/status');
    if (busy === null || this.#byHand || !isSync || !['GET', 'POST'].includes(method)) return false;
    busy.left -= 1;
    busy.met += 1;
    if (busy.left <= 0) this.#busy = null;
    this.parts.faults.met('server.busy');
    return true;
  }

  #hasRoom(): boolean {
    const full = this.#diskFull;
    if (full === null || this.#byHand) return true;
    full.left -= 1;
    full.met += 1;
    if (full.left <= 0) this.#diskFull = null;
    this.parts.faults.met('server.diskFull');
    this.parts.trace.add('server', 'disk full');
    return false;
  }

  #passes(point: ServerCrash): void {
    const armed = this.#armed;
    if (this.#crashed) throw new CrashSignal();
    if (armed === null || armed.point !== point || this.#byHand) return;
    armed.left -= 1;
    if (armed.left > 0) return;
    armed.met += 1;
    this.#armed = null;
    this.#crashed = true;
    this.parts.faults.met(point);
    this.parts.trace.add('server', 'crash point', { point });
    /* Once the request that is being handled has come to nothing. */
    this.parts.scheduler.after(0, () => this.crash());
    this.parts.scheduler.after(armed.downMs, () => this.start());
    throw new CrashSignal();
  }
}

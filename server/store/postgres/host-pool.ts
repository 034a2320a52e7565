import { Socket } from 'node:net';
import pg from 'pg';
import type { PostgresLimits } from './limits';
import { roleOf, withProbe } from './probe';

/** `int8` and `numeric` (a sum of `int8`) as numbers: every one of ours is a safe integer, as on SQLite. */
const NUMBERS = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

/**
 * A commit that is acknowledged lies on the disk, and on that of the standby where there is to be one, whatever the server's
 * configuration says; a stronger setting (remote_apply) stays as it is. And the warning that a standby lacks it is heard.
 */
const DURABLE = `select set_config('synchronous_commit', 'on', false)
  where current_setting('synchronous_commit') in ('off', 'local', 'remote_write')
  union all select set_config('client_min_messages', 'warning', false)
  where current_setting('client_min_messages') = 'error'`;

/** By its message it counts as a connection that was lost. */
class NoAnswer extends Error {
  constructor(host: string) {
    super(`Connection terminated: ${host} does not answer`);
  }
}

export const isNoAnswer = (error: unknown): boolean => error instanceof NoAnswer;

export interface HostPoolOptions {
  url: string;
  /** For the log. */
  host: string;
  primaryOnly: boolean;
  limits: PostgresLimits;
  /** A connection broke that nobody was using. */
  onIdleError: (error: Error) => void;
  /** The host has stopped answering. */
  onSilent: () => void;
}

/** Connections to one host, and the watch over its silence. */
export class HostPool {
  readonly #options: HostPoolOptions;
  readonly #pool: pg.Pool;
  readonly #sockets = new Set<Socket>();
  #looking: Promise<ReadonlySet<number> | null> | null = null;
  /** Grows with each statement that the host has answered. */
  #answers = 0;

  constructor(options: HostPoolOptions) {
    this.#options = options;
    const { url, limits } = options;
    this.#pool = new pg.Pool({
      connectionString: url,
      max: limits.pool,
      application_name: 'mostrador',
      stream: () => this.#newSocket(),
      keepAlive: true,
      keepAliveInitialDelayMillis: limits.keepAlive,
      connectionTimeoutMillis: limits.connect,
      statement_timeout: limits.statement,
      lock_timeout: limits.lock,
      idle_in_transaction_session_timeout: limits.idleInTransaction,
      types: {
        getTypeParser: ((oid: number, format: 'text') =>
          NUMBERS.has(oid) ? Number : pg.types.getTypeParser(oid, format)) as never,
      },
      verify: (client, done) => {
        this.#prepare(client).then(() => done(), done);
      },
    });
    this.#pool.on('error', options.onIdleError);
    /* Of a connection in use, between two statements of a transaction, the pool hears nothing: unheard, its error would end
       the process. The statement that comes next fails, and says so. */
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  get host(): string {
    return this.#options.host;
  }

  connect(): Promise<pg.PoolClient> {
    return this.#pool.connect();
  }

  /**
   * The statement's outcome. Where it keeps one waiting its host is asked, over another connection: one that vanished
   * without closing its connections would else be waited for until TCP gives up, a quarter of an hour.
   */
  async watched<T>(client: pg.PoolClient, statement: Promise<T>): Promise<T> {
    const { limits, onSilent, host } = this.#options;
    const pid = 'processID' in client ? Number(client.processID) : 0;
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const noAnswer = new Promise<never>((_, reject) => {
      const look = async (waited: number): Promise<void> => {
        /* One that is only busy answers somebody meanwhile, or the second time: it is not helped by being left. */
        const answers = this.#answers;
        const atWork = (await this.#atWork()) ?? (await this.#atWork());
        if (isOver) return;
        if (atWork === null && this.#answers > answers) {
          timer = setTimeout(look, limits.silence, waited + limits.silence);
          return;
        }
        if (atWork === null) onSilent();
        if (atWork === null || (waited >= limits.answer && !atWork.has(pid))) {
          reject(new NoAnswer(host));
          return;
        }
        timer = setTimeout(look, limits.silence, waited + limits.silence);
      };
      timer = setTimeout(look, limits.silence, limits.silence);
    });
    try {
      const result = await Promise.race([statement, noAnswer]);
      this.#answers += 1;
      return result;
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  /** Ends every connection at once, those in use too: what waits on them fails now. */
  leave(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#pool.end().catch(() => undefined);
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #newSocket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  async #prepare(client: pg.PoolClient): Promise<void> {
    const { primaryOnly, host, limits } = this.#options;
    const limited = { text: DURABLE, query_timeout: limits.connect };
    await client.query(limited as { text: string });
    if (!primaryOnly || (await roleOf(client, limits.connect))?.standby === false) return;
    throw Object.assign(new Error(`${host} takes no writes`), { code: '25006' });
  }

  /** Which of the host's processes are at work; null where it does not answer. Asked once for all who wait. */
  #atWork(): Promise<ReadonlySet<number> | null> {
    const { url, limits } = this.#options;
    this.#looking ??= withProbe({ url, timeout: limits.probe }, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        "select pid from pg_stat_activity where state = 'active'",
      );
      return new Set(rows.map(({ pid }) => pid));
    })
      /* An error that the database itself says is an answer (too many connections). */
      .catch((error: unknown) => (error instanceof pg.DatabaseError ? new Set<number>() : null))
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }
}

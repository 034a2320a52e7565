import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Tables } from '../tables';
import { replicated } from './replicated';

/** Bounds of one node: what is over them is answered with 503, never with waiting for ever. */
const LIMITS = {
  /** Connections; requests over it wait. */
  pool: 10,
  /** Waiting for a connection, in ms. */
  connect: 5_000,
  /** One statement, and within it one wait for a lock, in ms. */
  statement: 30_000,
  lock: 10_000,
  /** A transaction in which nothing happens: an import thinks between its statements. */
  idleInTransaction: 60_000,
  /** Longer than `statement`: heard of only where the database does not answer at all. */
  answer: 40_000,
} as const;

/** `int8` and `numeric` (a sum of `int8`) as numbers: every one of ours is a safe integer, as on SQLite. */
const NUMBERS = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

/**
 * A commit that is acknowledged lies on the disk, whatever the server's configuration says; stronger settings (a
 * standby's) stay as they are. And the warning that a standby lacks it is heard.
 */
const DURABLE = `select set_config('synchronous_commit', 'on', false)
  where current_setting('synchronous_commit') in ('off', 'local')
  union all select set_config('client_min_messages', 'warning', false)
  where current_setting('client_min_messages') = 'error'`;

/**
 * Opens a PostgreSQL database (`postgres://user:password@host/name`). Connections are made when they are needed, so a
 * database that is down is told by the first query. `onIdleError`: a connection broke that nobody was using.
 */
export function openPostgres({
  url,
  poolSize = LIMITS.pool,
  onIdleError,
}: {
  url: string;
  poolSize?: number;
  onIdleError: (error: Error) => void;
}): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'mostrador',
    keepAlive: true,
    connectionTimeoutMillis: LIMITS.connect,
    statement_timeout: LIMITS.statement,
    lock_timeout: LIMITS.lock,
    idle_in_transaction_session_timeout: LIMITS.idleInTransaction,
    query_timeout: LIMITS.answer,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        NUMBERS.has(oid) ? Number : pg.types.getTypeParser(oid, format)) as never,
    },
    verify: (client, done) => {
      client.query(DURABLE).then(() => done(), done);
    },
  });
  pool.on('error', onIdleError);
  /* Of a connection in use, between two statements of a transaction, the pool hears nothing: unheard, its error would end the
     process. The statement that comes next fails, and says so. */
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: listening(pool) }) });
}

/** The pool as Kysely asks for it; every statement is listened to while it runs. */
const listening = (pool: pg.Pool): PostgresPool => ({
  options: pool.options,
  end: () => pool.end(),
  async connect() {
    const client = await pool.connect();
    return {
      query: (sql: string, parameters: unknown[]) =>
        replicated(client, client.query(sql, parameters)),
      release: (discard?: boolean) => client.release(discard),
      ...processId(client),
    } as unknown as PostgresPoolClient;
  },
});

const processId = (client: object): { processID?: unknown } =>
  'processID' in client ? { processID: client.processID } : {};

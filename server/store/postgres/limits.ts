/** Bounds of one node, in ms where nothing else is said: what is over them is answered with 503, never with waiting for ever. */
export const POSTGRES_LIMITS = {
  /** Connections; requests over it wait. */
  pool: 10,
  /** Waiting for a connection. */
  connect: 5_000,
  /** One statement, and within it one wait for a lock. */
  statement: 30_000,
  lock: 10_000,
  /** A transaction in which nothing happens: an import thinks between its statements. */
  idleInTransaction: 60_000,
  /** A statement waits this long for its answer before its host is asked, over another connection, whether it is there. */
  silence: 5_000,
  /** Within which the host has to answer that. */
  probe: 3_000,
  /** Longer than `statement`: a connection by itself that is cut without a word. */
  answer: 40_000,
  /** An unused connection is tried by the system after this time. */
  keepAlive: 10_000,
};
export type PostgresLimits = typeof POSTGRES_LIMITS;

import { Kysely, PostgresDialect } from 'kysely';
import type { Tables } from '../tables';
import { parseHosts } from './hosts';
import { POSTGRES_LIMITS, type PostgresLimits } from './limits';
import { PrimaryPool } from './primary-pool';

/**
 * Opens a PostgreSQL database: `postgres://user:password@host/name`, or several hosts with commas between them, of which
 * the primary is used (see `parseHosts`; DATABASE_URL_BAD). Connections are made when they are needed, so a
 * database that is down is told by the first query. `onIdleError`: a connection broke that nobody was using, or a
 * host was left.
 */
export function openPostgres({
  url,
  onIdleError,
  limits = {},
}: {
  url: string;
  onIdleError: (error: Error) => void;
  limits?: Partial<PostgresLimits>;
}): Kysely<Tables> {
  const pool = new PrimaryPool(parseHosts(url), { ...POSTGRES_LIMITS, ...limits }, onIdleError);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

import type { PoolClient } from 'pg';
import { AppError } from '../../../shared/errors/app-error';

/** What a notice of PostgreSQL carries; `routine` is its place in the server's source, the same in every language. */
interface Notice {
  message?: string | undefined;
  routine?: string | undefined;
}

/**
 * Whether PostgreSQL says: committed here, but the wait for the standby was cancelled (a time limit, an administrator).
 * It says so beside success, since it cannot take the commit back; a failover may still lose it.
 */
const isUnreplicated = ({ message = '', routine }: Notice): boolean =>
  routine === 'SyncRepWaitForLSN' || /wait for synchronous replication/.test(message);

/**
 * Runs one statement over this connection. STORE_BUSY where it was committed at the primary only, although standbys were to
 * have it: that is no acknowledgement. The same rows sent again are recognised, and wait for the standby anew, because
 * a push locks the store's row, which is written too (see `lockStore`).
 */
export async function replicated<T>(client: PoolClient, statement: Promise<T>): Promise<T> {
  let heard: Notice | null = null;
  const hear = (notice: Notice): void => {
    if (isUnreplicated(notice)) heard = notice;
  };
  client.on('notice', hear);
  try {
    const result = await statement;
    if (heard !== null) throw new AppError('STORE_BUSY', { replicated: false }, { cause: heard });
    return result;
  } finally {
    client.off('notice', hear);
  }
}

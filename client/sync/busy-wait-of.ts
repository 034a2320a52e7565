import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode } from '../../shared/errors/registry';
import { busyWaitMs, retrySeconds } from '../../shared/sync/busy-wait';

/**
 * Codes that seconds heal: the server has more to do than it lets in. A database that is full or down (STORE_BUSY), or a
 * node of an older version, needs a person, who is told at once.
 */
const PASSES: ReadonlySet<ErrorCode> = new Set(['SERVER_BUSY', 'TOO_MANY_REQUESTS']);

/** Milliseconds that a run waits before it goes on; null where this error ends it. `digits`: random decimal digits. */
export function busyWaitOf(error: unknown, digits: (length: number) => string): number | null {
  if (!(error instanceof AppError) || !PASSES.has(error.code)) return null;
  const seconds = retrySeconds(error.details['retryAfter']);
  return seconds === null ? null : busyWaitMs(seconds, Number(digits(4)) / 10_000);
}

/** Longest Retry-After in seconds that a sync waits out: a person stands before it. */
export const MAX_BUSY_SECONDS = 60;
/** How often in a row, without anything getting through, a sync waits before it gives up. */
export const MAX_BUSY_TRIES = 5;

/**
 * Seconds of a Retry-After that is to be obeyed; null where there is none, or none that is worth a wait (a date, which no
 * server of ours sends, among them).
 */
export function retrySeconds(retryAfter: unknown): number | null {
  const seconds =
    typeof retryAfter === 'string' && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) : null;
  return seconds === null || seconds > MAX_BUSY_SECONDS ? null : seconds;
}

/**
 * Milliseconds to wait: never less than the server asks for, and up to as much again, so that those whom it sent away
 * together do not come back together. `random`: 0 up to, without, 1.
 */
export const busyWaitMs = (seconds: number, random: number): number =>
  Math.round(Math.max(1, seconds) * 1000 * (1 + random));

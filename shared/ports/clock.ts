/** Milliseconds since 1970 in UTC, as this machine believes them. Injected: pure code never asks for the time. */
export interface Clock {
  now(): number;
}

/** Instant as stored in documents: `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export const instant = (ms: number): string => new Date(ms).toISOString();

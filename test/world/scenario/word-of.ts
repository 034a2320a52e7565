import type { Asked } from '../world-terminal';

/** How an operation ended, in a word: `ok`, an error code, `crashed`, `unfinished`. */
export function wordOf({ outcome }: Asked): string {
  if (outcome === null) return 'unfinished';
  if (outcome === 'crashed') return 'crashed';
  if (!outcome.ok) return outcome.code;
  /* A sync whose last run did not go through ended with that run's error. */
  const bad = outcome.runs.find(({ status }) => status !== 'done');
  return bad === undefined ? 'ok' : (bad.errorCode ?? bad.status);
}

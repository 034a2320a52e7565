/** The server said 503: as good as no answer, whether it is stored or not. */
export class NotNow extends Error {}

/** `fetch` had no whole answer. By name: inside of Jest its TypeError is another one than ours. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof NotNow ||
  (typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError');

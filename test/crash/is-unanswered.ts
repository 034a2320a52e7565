/** `fetch` had no whole answer. By name: inside of Jest its TypeError is another one than ours. */
export const isUnanswered = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError';

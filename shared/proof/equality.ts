/**
 * Whether a terminal holds what the server holds.
 * equal: every document that is not pending here is the server's, and none is missing; different: some is not;
 * behind: the server has something newer, so there is nothing to tell yet; unknown: it could not be compared.
 */
export type Equality = 'equal' | 'different' | 'behind' | 'unknown';

export const EQUALITIES: readonly Equality[] = ['equal', 'behind', 'unknown', 'different'];

/** Of several collections together: what is worst counts, and nothing compared says nothing. */
export const worstOf = (a: Equality | null, b: Equality | null): Equality | null => {
  if (a === null || b === null) return a ?? b;
  return EQUALITIES.indexOf(a) > EQUALITIES.indexOf(b) ? a : b;
};

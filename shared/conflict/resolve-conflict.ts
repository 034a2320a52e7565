import type { CollectionName, Documents } from '../../schemas/registry';
import type { Ids } from '../ports/ids';
import type { FieldConflict } from './merge-fields';
import { CONFLICT_RULES } from './rules';

/** What came before a state of this terminal. */
export interface Past<T> {
  /** The server's state that it was built on, as far as known. */
  base: T | undefined;
  /** States that were sent over the same base, and of which nobody knows whether they arrived. */
  earlier?: readonly T[];
}

/**
 * What a terminal keeps when the server answered that the document changed there too, with its sync fields set: either
 * the server's state as it is, or a merged one that is pending under an edit of its own and goes out in the same run.
 */
export function resolveConflict<N extends CollectionName>(
  collection: N,
  {
    base,
    earlier,
    mine,
    theirs,
    ids,
  }: Past<Documents[N]> & { mine: Documents[N]; theirs: Documents[N]; ids: Ids },
): { document: Documents[N]; conflicts: readonly FieldConflict[] } {
  const { winner, conflicts, sendAgain } = CONFLICT_RULES[collection]({
    base,
    earlier: earlier ?? [],
    mine,
    theirs,
  });
  if (!sendAgain) return { document: theirs, conflicts };
  return {
    document: { ...winner, id: theirs.id, ver: theirs.ver, edit: ids.newId(), pending: 1 },
    conflicts,
  };
}

import type { RxConflictHandler } from 'rxdb';
import type { CollectionName, Documents } from '../../schemas/registry';
import { resolveConflict } from '../../shared/conflict/resolve-conflict';
import type { Ids } from '../../shared/ports/ids';
import type { SupersededEdits } from './superseded-edits';

/** RxDB asks in these words whether a document here may be replaced by what it received; `b` is the one here. */
const OVERWRITES_IF_EQUAL = 'downstream-check-if-equal-0';

/**
 * RxDB's door to our rules. Two states are the same when the same write made them and it stands the same way (pending
 * or acknowledged): no deep comparison, so a schema migration is no conflict.
 * `resolve` is total: one that throws would leave a document unpushed and not pending.
 */
export function createConflictHandler<N extends CollectionName>(
  collection: N,
  { ids, superseded }: { ids: Ids; superseded: SupersededEdits },
): RxConflictHandler<Documents[N]> {
  return {
    isEqual: (a, b, context) => {
      /* RxDB holds a refused write to be sent, and would put what it receives in its place: the edit would be gone. */
      if (context === OVERWRITES_IF_EQUAL && b.pending === 1) return false;
      return a.edit === b.edit && a.pending === b.pending;
    },
    resolve: ({ newDocumentState: mine, assumedMasterState: base, realMasterState: theirs }) => {
      if (superseded.has(mine.edit)) return Promise.resolve(theirs);
      const { document } = resolveConflict(collection, { base, mine, theirs, ids });
      return Promise.resolve({ ...document, _deleted: false });
    },
  };
}

import type { RxConflictHandler } from 'rxdb';
import { COLLECTIONS, type CollectionName, type Documents } from '../../schemas/registry';
import { resolveConflict } from '../../shared/conflict/resolve-conflict';
import type { Ids } from '../../shared/ports/ids';
import type { SentStates } from './sent-states';
import type { SupersededEdits } from './superseded-edits';

/**
 * Before RxDB stores what it received, it asks in these words whether the document here is still what the server was last
 * known to have; if not, it takes it for a write that has to go out first, and drops what it received for good.
 */
const MAY_BE_REPLACED = 'downstream-check-if-equal-0';
/** After that it asks whether what it received is here already; if not, it writes it over what is. */
const IS_HERE = 'downstream-check-if-equal-1';

/**
 * RxDB's door to our rules. Two states are the same when the same write made them and it stands the same way (pending
 * or acknowledged): no deep comparison, so a schema migration is no conflict.
 * `resolve` is total: one that throws would leave a document unpushed and not pending.
 */
export function createConflictHandler<N extends CollectionName>(
  collection: N,
  { ids, superseded, sent }: { ids: Ids; superseded: SupersededEdits; sent: SentStates },
): RxConflictHandler<Documents[N]> {
  const isSent = COLLECTIONS[collection].direction !== 'down';
  return {
    isEqual: (known, here, context) => {
      /*
       * A page that was read before a push was acknowledged comes after it: an older state is no news. What is only received
       * is older in a new life of the server's data alone, and counts.
       */
      const isGone = here._deleted && !known._deleted;
      const isOlder = isSent && here.pending === 0 && here.ver > known.ver;
      /* What a cut dropped here holds nothing up, and comes back when the server sends it again, in whatever version. */
      if (isGone && (context === IS_HERE || context === MAY_BE_REPLACED)) {
        return context === MAY_BE_REPLACED;
      }
      if (context === IS_HERE && isOlder) return true;
      if (context !== MAY_BE_REPLACED) {
        return known.edit === here.edit && known.pending === here.pending;
      }
      /*
       * A pending write never: RxDB holds a refused one to be sent, and would put what it receives in its place. An
       * acknowledged one even where RxDB has not yet seen the acknowledgement: nothing of it has to go out.
       */
      return here.pending === 0 && known.edit === here.edit;
    },
    resolve: ({ newDocumentState: mine, assumedMasterState: base, realMasterState: theirs }) => {
      if (superseded.has(mine.edit)) return Promise.resolve(theirs);
      const past = sent.pastOf({ mine, base, theirs });
      const { document } = resolveConflict(collection, { ...past, mine, theirs, ids });
      return Promise.resolve({ ...document, _deleted: false });
    },
  };
}

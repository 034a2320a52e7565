import { setImmediate as turn } from 'node:timers/promises';
import { COLLECTION_NAMES, COLLECTIONS } from '../../schemas/registry';
import type { Store } from '../store/port';

/**
 * How far an edit may lie behind. It is needed for a terminal that sends it again, having never heard that it was accepted:
 * one that comes with an older one still loses nothing, but is in conflict where it could have been recognised.
 */
export const EDITS_BEHIND = 32;
const PAGE = 1000;

/**
 * Forgets the edits of a store's documents that others have built on that often (P137); other requests have their turn
 * after every thousand. Returns how many were forgotten.
 */
export async function forgetEdits(
  store: Store,
  storeId: string,
  isStopping: () => boolean = () => false,
): Promise<number> {
  const { documents } = store.scope(storeId);
  let forgotten = 0;
  for (const name of COLLECTION_NAMES) {
    if (COLLECTIONS[name].immutable || COLLECTIONS[name].direction === 'down') continue;
    for (let after: string | null = ''; after !== null && !isStopping(); ) {
      const page = await documents.forgetEdits(name, { behind: EDITS_BEHIND, after, limit: PAGE });
      forgotten += page.forgotten;
      after = page.after;
      await turn();
    }
  }
  return forgotten;
}

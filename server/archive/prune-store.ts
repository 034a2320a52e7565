import { type Clock, instant } from '../../shared/ports/clock';
import type { Store } from '../store/port';

/** Invoices that one cut goes through: a transaction keeps the store's pushes waiting, and must be short. */
const CUT_MAX = 2000;

const DAY_MS = 86_400_000;

/** Midnight of UTC `days` before `now` (ms): one cut a day, not one an hour. */
export const keptSince = (now: number, days: number): string =>
  instant(Math.floor(now / DAY_MS - days) * DAY_MS);

export interface Pruned {
  cuts: number;
  archived: number;
  /** How far the store is cut by now, or would be; '' where nothing was to be done. */
  before: string;
}

/**
 * Makes cuts, each in a transaction of its own, until terminals hold the days that the store's profile says (`keepDays`).
 * Any node may do it, and several at once: the store's lock lets one at a time, and the next finds nothing left.
 * `dryRun`: says what one cut would archive, and changes nothing. `isStopping`: asked between two cuts.
 */
export async function pruneStore(
  { store, clock }: { store: Store; clock: Clock },
  storeId: string,
  options: { dryRun?: boolean; most?: number; isStopping?: () => boolean } = {},
): Promise<Pruned> {
  const { dryRun = false, most = CUT_MAX, isStopping = () => false } = options;
  const pruned: Pruned = { cuts: 0, archived: 0, before: '' };
  while (!isStopping()) {
    const planned = await store.transaction(storeId, async ({ archive, self }) => {
      const days = (await self())?.profile.keepDays ?? 0;
      if (days === 0) return null;
      const now = clock.now();
      const next = await archive.planCut(
        keptSince(now, days),
        dryRun ? Number.MAX_SAFE_INTEGER : most,
      );
      if (next !== null && !dryRun) await archive.makeCut(next, instant(now));
      return next;
    });
    if (planned === null) break;
    pruned.cuts += 1;
    pruned.archived += planned.archived.length;
    pruned.before = planned.cut.before;
    if (planned.isLast || dryRun) break;
  }
  return pruned;
}

import { COLLECTION_NAMES, COLLECTIONS } from '../../schemas/registry';
import { digestText, EMPTY_DIGEST } from '../../shared/digest';
import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { StatusReply } from '../../shared/protocol/messages';
import type { Store } from '../store/port';

/** What a terminal may see of each collection that it receives: from the counters, so the cost does not grow. */
export async function readStatus(
  store: Store,
  storeId: string,
  clock: Clock,
): Promise<StatusReply> {
  const stored = await store.store(storeId);
  if (stored === null) throw new AppError('SESSION_EXPIRED');
  const status = await store.scope(storeId).documents.status();
  const empty = { count: 0, seq: 0, digest: digestText(EMPTY_DIGEST) };
  return {
    epoch: stored.epoch,
    serverTime: instant(clock.now()),
    collections: Object.fromEntries(
      COLLECTION_NAMES.filter((name) => COLLECTIONS[name].direction !== 'up').map((name) => [
        name,
        status[name] ?? empty,
      ]),
    ),
  };
}

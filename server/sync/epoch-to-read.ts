import { COLLECTIONS, type CollectionName } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import type { Store } from '../store/port';

/** The epoch of a store whose collection is asked for. METHOD_NOT_ALLOWED where terminals only send. */
export async function epochToRead(
  store: Store,
  storeId: string,
  collection: CollectionName,
): Promise<string> {
  if (COLLECTIONS[collection].direction === 'up') throw new AppError('METHOD_NOT_ALLOWED');
  const stored = await store.store(storeId);
  if (stored === null) throw new AppError('SESSION_EXPIRED');
  return stored.epoch;
}

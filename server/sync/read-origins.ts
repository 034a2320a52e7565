import type { CollectionName } from '../../schemas/registry';
import type { Store } from '../store/port';
import { epochToRead } from './epoch-to-read';

/** The named documents as the present life of the data began with them, those that there were, as an OriginsReply's text. */
export async function readOrigins(options: {
  store: Store;
  storeId: string;
  collection: CollectionName;
  ids: readonly string[];
}): Promise<string> {
  const { store, storeId, collection, ids } = options;
  const epoch = await epochToRead(store, storeId, collection);
  const { parent, documents } = await store.scope(storeId).documents.origins(collection, ids);
  const lives = `"epoch":${JSON.stringify(epoch)},"parent":${JSON.stringify(parent)}`;
  return `{${lives},"documents":[${documents.join(',')}]}`;
}

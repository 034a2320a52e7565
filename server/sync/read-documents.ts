import type { CollectionName } from '../../schemas/registry';
import type { Store } from '../store/port';
import { epochToRead } from './epoch-to-read';

/** The named documents, those that there are, as the text of a DocumentsReply. */
export async function readDocuments(options: {
  store: Store;
  storeId: string;
  collection: CollectionName;
  ids: readonly string[];
}): Promise<string> {
  const { store, storeId, collection, ids } = options;
  const epoch = await epochToRead(store, storeId, collection);
  const found = await store.scope(storeId).documents.pick(collection, ids);
  const documents = found.map(({ seq, json }) => `{"seq":${seq},"document":${json}}`);
  return `{"epoch":${JSON.stringify(epoch)},"documents":[${documents.join(',')}]}`;
}

import type { CollectionName } from '../../schemas/registry';
import type { Store } from '../store/port';
import { epochToRead } from './epoch-to-read';

/** Documents of one store by their ids. */
interface Named {
  store: Store;
  storeId: string;
  collection: CollectionName;
  ids: readonly string[];
}

/** The named documents, those that there are, as the text of a DocumentsReply. */
export async function readDocuments({ store, storeId, collection, ids }: Named): Promise<string> {
  const epoch = await epochToRead(store, storeId, collection);
  const found = await store.scope(storeId).documents.pick(collection, ids);
  const documents = found.map(({ seq, json }) => `{"seq":${seq},"document":${json}}`);
  return `{"epoch":${JSON.stringify(epoch)},"documents":[${documents.join(',')}]}`;
}

/** The same as the present life of the data began with them, those that there were, as the text of an OriginsReply. */
export async function readOrigins({ store, storeId, collection, ids }: Named): Promise<string> {
  const epoch = await epochToRead(store, storeId, collection);
  const { parent, documents } = await store.scope(storeId).documents.origins(collection, ids);
  const lives = `"epoch":${JSON.stringify(epoch)},"parent":${JSON.stringify(parent)}`;
  return `{${lives},"documents":[${documents.join(',')}]}`;
}

import type { Store, StoreScope } from '../../server/store/port';
import type { ServerCrash } from './faults';

/** The process died here: whoever sees it goes no further. */
export class CrashSignal extends Error {}

/** The store with crash points around its transactions; `passes` throws where the server is to die. */
export function crashingStore(store: Store, passes: (point: ServerCrash) => void): Store {
  const watched = (scope: StoreScope): StoreScope => ({
    ...scope,
    documents: {
      ...scope.documents,
      async write(collection, documents) {
        await scope.documents.write(collection, documents);
        if (documents.length > 0 && (collection === 'invoices' || collection === 'movements')) {
          passes('server.afterDocuments.beforeStock');
        }
      },
    },
  });
  return {
    ...store,
    async transaction(storeId, work) {
      passes('server.beforeTransaction');
      const result = await store.transaction(storeId, async (scope) => {
        const done = await work(watched(scope));
        passes('server.beforeCommit');
        return done;
      });
      passes('server.afterCommit.beforeReply');
      return result;
    },
  };
}

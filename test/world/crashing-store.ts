import type { Store, StoreScope } from '../../server/store/port';
import type { ServerCrash } from './faults';

/** The process died here: whoever sees it goes no further. */
export class CrashSignal extends Error {}

/** What SQLite says when the disk is full, after it has rolled back. */
class DiskFull extends Error {
  readonly code = 'SQLITE_FULL';
}

export interface StoreFaults {
  /** Throws where the server is to die. */
  passes(point: ServerCrash): void;
  /** Whether the disk takes what a transaction has written. */
  hasRoom(): boolean;
}

/** The store with crash points around its transactions, and a disk that can be full. */
export function crashingStore(store: Store, { passes, hasRoom }: StoreFaults): Store {
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
        if (!hasRoom()) throw new DiskFull('database or disk is full');
        return done;
      });
      passes('server.afterCommit.beforeReply');
      return result;
    },
  };
}

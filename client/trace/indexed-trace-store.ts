import type { TraceChunk, TraceStore } from './trace-store';

const TABLE = 'chunks';

const settled = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(TABLE, { autoIncrement: true });
    };
    request.onsuccess = () => {
      /* Whoever wipes the profile must not wait for a tab that is still open. */
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(request.error);
  });
}

/** The trace in an IndexedDB database of its own. Relaxed: nothing waits for it, and what a power cut takes is no sale. */
export function indexedTraceStore(factory: IDBFactory, name: string): TraceStore {
  let opened: Promise<IDBDatabase> | null = null;
  const table = async (mode: IDBTransactionMode) => {
    opened ??= open(factory, name);
    const transaction = (await opened).transaction(TABLE, mode, { durability: 'relaxed' });
    return { transaction, store: transaction.objectStore(TABLE) };
  };
  return {
    async load() {
      const { transaction, store } = await table('readonly');
      const keys = store.getAllKeys();
      const values = store.getAll();
      await settled(transaction);
      return keys.result.map(
        (key, index): TraceChunk => ({ key: Number(key), texts: values.result[index] as string[] }),
      );
    },
    async append(texts) {
      const { transaction, store } = await table('readwrite');
      store.add([...texts]);
      await settled(transaction);
    },
    async drop(keys) {
      const { transaction, store } = await table('readwrite');
      for (const key of keys) store.delete(key);
      await settled(transaction);
    },
  };
}

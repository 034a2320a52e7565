const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * The yardstick: these rows straight into IndexedDB, with two indexes, `perTransaction` at a time, each transaction
 * waited for, and as sure to be on the disk as the terminal's own. Returns the ms from the first put to the last commit.
 */
export async function rawRows<T extends { id: string }>(
  rows: readonly T[],
  { indexes, perTransaction }: { indexes: readonly (keyof T & string)[]; perTransaction: number },
): Promise<number> {
  const name = `raw-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const store = opening.result.createObjectStore('rows', { keyPath: 'id' });
    for (const index of indexes) store.createIndex(index, index);
  };
  const database = await done(opening);
  const began = performance.now();
  for (let from = 0; from < rows.length; from += perTransaction) {
    const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore('rows');
    for (const row of rows.slice(from, from + perTransaction)) store.put(row);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }
  const ms = performance.now() - began;
  database.close();
  await done(indexedDB.deleteDatabase(name));
  return ms;
}

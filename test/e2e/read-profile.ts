import type { Page } from 'playwright-core';

/** A row of a profile's own database, whatever it is. */
export type Row = Readonly<Record<string, unknown>>;

/** What the profile has on disk in the databases whose name contains a word, read behind the desk's back. */
export const readProfile = (page: Page, word: string): Promise<Row[]> =>
  page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const rows: Record<string, unknown>[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (name?.includes(wanted) !== true) continue;
      const db = await done(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        rows.push(...(await done(db.transaction(store).objectStore(store).getAll())));
      }
      db.close();
    }
    return rows;
  }, word);

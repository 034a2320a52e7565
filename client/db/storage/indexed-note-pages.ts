import type { NoteIndex, NotePage, NotePages } from './note-pages';

const VERSIONS = 'versions';
const IDS = 'ids';
const TEXTS = 'texts';

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/** All pages of a table: numbers sort before anything that is not one. */
const pagesOf = (table: string): IDBKeyRange => IDBKeyRange.bound([table, 0], [table, '']);

function open(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const store of [VERSIONS, IDS, TEXTS]) opening.result.createObjectStore(store);
  };
  return done(opening);
}

/** Notes in an IndexedDB database of their own, opened when they are first asked for. */
export function indexedNotePages(name: string): NotePages {
  let opened: Promise<IDBDatabase> | null = null;
  const database = async (): Promise<IDBDatabase> => {
    opened ??= open(name).then((fresh) => {
      /* Another version of the product, or whoever clears the data, must not wait for this tab. */
      fresh.onversionchange = () => {
        fresh.close();
        opened = null;
      };
      fresh.onclose = () => {
        opened = null;
      };
      return fresh;
    });
    opened.catch(() => {
      opened = null;
    });
    return opened;
  };
  const begin = async (stores: string[], mode: IDBTransactionMode) => {
    const transaction = (await database()).transaction(stores, mode);
    return { transaction, store: (store: string) => transaction.objectStore(store) };
  };
  const versionIn = async (versions: IDBObjectStore, table: string): Promise<number> =>
    Number((await done(versions.get(table))) ?? 0);

  return {
    async index(table): Promise<NoteIndex> {
      const { store } = await begin([VERSIONS, IDS], 'readonly');
      const range = pagesOf(table);
      const [version, keys, ids] = await Promise.all([
        versionIn(store(VERSIONS), table),
        done(store(IDS).getAllKeys(range)),
        done<string[][]>(store(IDS).getAll(range)),
      ]);
      return {
        version,
        ids: new Map(keys.map((key, at) => [(key as [string, number])[1], ids[at] ?? []])),
      };
    },
    async read(table, version, pages) {
      const { store } = await begin([VERSIONS, TEXTS], 'readonly');
      const [now, ...texts] = await Promise.all([
        versionIn(store(VERSIONS), table),
        ...pages.map((page) => done<string | undefined>(store(TEXTS).get([table, page]))),
      ]);
      return now === version ? texts.map((text) => text ?? '[]') : null;
    },
    async write(table, version, pages: ReadonlyMap<number, NotePage>) {
      const { transaction, store } = await begin([VERSIONS, IDS, TEXTS], 'readwrite');
      const end = committed(transaction);
      end.catch(() => undefined);
      if ((await versionIn(store(VERSIONS), table)) !== version) return false;
      for (const [number, { ids, text }] of pages) {
        store(IDS).put([...ids], [table, number]);
        store(TEXTS).put(text, [table, number]);
      }
      store(VERSIONS).put(version + 1, table);
      await end;
      return true;
    },
    async clear(table) {
      const { transaction, store } = await begin([VERSIONS, IDS, TEXTS], 'readwrite');
      const end = committed(transaction);
      end.catch(() => undefined);
      const version = await versionIn(store(VERSIONS), table);
      store(IDS).delete(pagesOf(table));
      store(TEXTS).delete(pagesOf(table));
      store(VERSIONS).put(version + 1, table);
      await end;
    },
  };
}

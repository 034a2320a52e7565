/** What a task asked of IndexedDB, by kind. `documents`: anything that brings rows over; `keys`: counts and keys only. */
export interface Reads {
  documents: number;
  keys: number;
}

type Methods = Record<string, (...args: unknown[]) => unknown>;

const BY_KIND: Record<keyof Reads, readonly string[]> = {
  documents: ['get', 'getAll', 'openCursor'],
  keys: ['count', 'getKey', 'getAllKeys', 'openKeyCursor'],
};

/** Counts the reads that a task makes, by standing in front of IndexedDB's own methods while it runs. */
export async function countReads<T>(task: () => Promise<T>): Promise<{ value: T; reads: Reads }> {
  const reads: Reads = { documents: 0, keys: 0 };
  const undo: (() => void)[] = [];
  for (const owner of [IDBObjectStore.prototype, IDBIndex.prototype]) {
    const methods = owner as unknown as Methods;
    for (const kind of ['documents', 'keys'] as const) {
      for (const name of BY_KIND[kind]) {
        const real = methods[name];
        if (real === undefined) continue;
        methods[name] = function counted(...args) {
          reads[kind] += 1;
          return real.apply(this, args);
        };
        undo.push(() => {
          methods[name] = real;
        });
      }
    }
  }
  try {
    return { value: await task(), reads };
  } finally {
    for (const restore of undo) restore();
  }
}

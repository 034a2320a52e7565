/** A piece of the trace as it is kept: entries as JSON text, in the order in which they were written. */
export interface TraceChunk {
  key: number;
  texts: readonly string[];
}

/**
 * Where a trace lies between reloads. It is apart from the terminal's database: a trace that cannot be written costs no
 * sale, and may be thrown away at any time. All tabs of a profile share one.
 */
export interface TraceStore {
  /** Oldest first. */
  load(): Promise<readonly TraceChunk[]>;
  append(texts: readonly string[]): Promise<void>;
  /** Forgets chunks by their keys. */
  drop(keys: readonly number[]): Promise<void>;
}

/** For tests: lives as long as the object. */
export function memoryTraceStore(): TraceStore {
  const chunks = new Map<number, TraceChunk>();
  let last = 0;
  return {
    load: () => Promise.resolve([...chunks.values()]),
    append: (texts) => {
      last += 1;
      chunks.set(last, { key: last, texts });
      return Promise.resolve();
    },
    drop: (keys) => {
      for (const key of keys) chunks.delete(key);
      return Promise.resolve();
    },
  };
}

import { validate } from '../../schemas/validate';
import { type TraceEntry, traceEntrySchema } from './trace-entry';
import type { TraceChunk, TraceStore } from './trace-store';

type Given<K> = K extends TraceEntry ? Omit<K, 'page' | 'at'> : never;
/** An entry without what the recorder adds itself. */
export type NewEntry = Given<TraceEntry>;

export interface Recorder {
  /** Writes something down. Never throws, and nobody waits for it. */
  add(entry: NewEntry): void;
  /** Names an operation or message: no two have the same, in no tab. */
  next(): string;
  /** Everything that is kept, oldest first; with what was added until now. */
  entries(): Promise<TraceEntry[]>;
  /** The operation that is writing now; null where none is, or more than one might be. */
  readonly writing: string | null;
  begins(op: string): void;
  ends(op: string): void;
}

export interface TraceBounds {
  entries: number;
  /** Characters of JSON. */
  size: number;
}

/** About a busy day of one terminal. */
const BOUNDS: TraceBounds = { entries: 20_000, size: 6_000_000 };
/** What is dropped at once when it is full, so that it is not done for every entry. */
const KEPT_SHARE = 0.8;
/** After this many failures in a row the storage is not asked any more in this life of the page. */
const MAX_FAILURES = 3;

interface Kept {
  key: number;
  entries: number;
  size: number;
}

/**
 * Keeps a bounded trace. What is added goes out at the next turn of the event loop; while one write is under way the
 * rest waits for the next, so a burst is one write. Where the storage fails, the trace has a hole, and nothing else does.
 */
export function createRecorder(options: {
  store: TraceStore;
  /** Names this life of the page. */
  page: string;
  now: () => number;
  bounds?: TraceBounds;
}): Recorder {
  const { store, page, now, bounds = BOUNDS } = options;
  let queue: string[] = [];
  let writing: Promise<void> | null = null;
  let failures = 0;
  let last = 0;
  /** Size of what is stored, in characters; null while that is not known. */
  let keptSize: number | null = null;
  let added = 0;
  const open = new Set<string>();

  const sizeOf = (texts: readonly string[]): number =>
    texts.reduce((sum, text) => sum + text.length, 0);
  const totals = (chunks: readonly Kept[]) => {
    const sum = { entries: 0, size: 0 };
    for (const chunk of chunks) {
      sum.entries += chunk.entries;
      sum.size += chunk.size;
    }
    return sum;
  };
  const measured = (chunks: readonly TraceChunk[]): Kept[] =>
    chunks.map(({ key, texts }) => ({ key, entries: texts.length, size: sizeOf(texts) }));

  const trim = async (): Promise<void> => {
    /* Counted anew only when this page alone could have filled a fifth: other tabs write too. */
    if (keptSize !== null && added < bounds.entries * (1 - KEPT_SHARE) && keptSize < bounds.size) {
      return;
    }
    const kept = measured(await store.load());
    const left = totals(kept);
    keptSize = left.size;
    added = 0;
    if (left.entries <= bounds.entries && left.size <= bounds.size) return;
    const gone: number[] = [];
    for (const { key, entries, size } of kept.slice(0, -1)) {
      const fits =
        left.entries <= bounds.entries * KEPT_SHARE && left.size <= bounds.size * KEPT_SHARE;
      if (fits) break;
      gone.push(key);
      left.entries -= entries;
      left.size -= size;
    }
    await store.drop(gone);
    keptSize = left.size;
  };

  const write = async (): Promise<void> => {
    while (queue.length > 0 && failures < MAX_FAILURES) {
      const texts = queue;
      queue = [];
      try {
        await store.append(texts);
        added += texts.length;
        if (keptSize !== null) keptSize += sizeOf(texts);
        await trim();
        failures = 0;
      } catch {
        /* A full disk, or a browser that keeps nothing: the desk must not notice. */
        failures += 1;
      }
    }
    if (failures >= MAX_FAILURES) queue = [];
  };
  const flush = (): Promise<void> => {
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  };

  return {
    add(entry) {
      if (failures >= MAX_FAILURES) return;
      try {
        const whole: Record<string, unknown> = { ...entry, page, at: now() };
        queue.push(JSON.stringify(whole));
        if (writing === null && queue.length === 1) setTimeout(() => void flush(), 0);
      } catch {
        /* What cannot be written as JSON is left out. */
      }
    },
    next() {
      last += 1;
      return `${page}.${last}`;
    },
    async entries() {
      while (queue.length > 0 || writing !== null) await flush();
      const chunks = await store.load();
      return chunks.flatMap(({ texts }) => texts.flatMap(parse));
    },
    get writing() {
      const [only] = open;
      return open.size === 1 && only !== undefined ? only : null;
    },
    begins: (op) => void open.add(op),
    ends: (op) => void open.delete(op),
  };
}

/** Records nothing. */
export const silentRecorder: Recorder = {
  add: () => undefined,
  next: () => '',
  entries: () => Promise.resolve([]),
  writing: null,
  begins: () => undefined,
  ends: () => undefined,
};

/** What an older version of the product wrote may have another shape: it is left out. */
function parse(text: string): TraceEntry[] {
  try {
    const parsed = validate<TraceEntry>(traceEntrySchema, JSON.parse(text));
    return parsed.ok ? [parsed.value] : [];
  } catch {
    return [];
  }
}

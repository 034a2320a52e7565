import { normalize } from './normalize';

/** One entry of a list in memory, with the text that a search looks at. */
interface Entry<T> {
  document: T;
  /** What is looked at first; the haystack begins with it. */
  title: string;
  haystack: string;
}

const byTitle = <T extends { id: string }>(a: Entry<T>, b: Entry<T>): number => {
  if (a.title !== b.title) return a.title < b.title ? -1 : 1;
  return a.document.id < b.document.id ? -1 : 1;
};

/** Documents in memory, in the order of their titles, for lists and for search as one types. */
export class MemoryList<T extends { id: string; active: boolean }> {
  readonly #describe: (document: T) => { title: string; keys: string };
  readonly #entries = new Map<string, Entry<T>>();
  #sorted: readonly Entry<T>[] = [];
  #documents: readonly T[] | null = [];
  /** Ids whose entry is not in `#sorted` as it is now. */
  readonly #changed = new Set<string>();

  constructor(describe: (document: T) => { title: string; keys: string }) {
    this.#describe = describe;
  }

  put(document: T): void {
    const { title, keys } = this.#describe(document);
    const normalized = normalize(title);
    const haystack = `${normalized} ${normalize(keys)}`;
    this.#entries.set(document.id, {
      document,
      title: haystack.slice(0, normalized.length),
      haystack,
    });
    this.#changed.add(document.id);
  }

  /** A document that was read, unless its id is there: what an event brought is newer than what was read meanwhile. */
  fill(document: T): void {
    if (!this.#entries.has(document.id)) this.put(document);
  }

  remove(id: string): void {
    if (this.#entries.delete(id)) this.#changed.add(id);
  }

  /** Sorts now what has come in, so that whoever asks next need not wait for it. */
  order(): void {
    this.#inOrder();
  }

  get(id: string): T | null {
    return this.#entries.get(id)?.document ?? null;
  }

  /** All documents; the same array as long as nothing changes. */
  documents(): readonly T[] {
    const sorted = this.#inOrder();
    this.#documents ??= sorted.map(({ document }) => document);
    return this.#documents;
  }

  /** Entries that contain every word; those whose title begins with the first word come first. Linear, no patterns. */
  search(text: string, limit: number, includeInactive: boolean): T[] {
    const words = normalize(text.slice(0, 200)).split(' ').filter(Boolean).slice(0, 10);
    const first = words[0] ?? '';
    const best: T[] = [];
    const rest: T[] = [];
    for (const { document, title, haystack } of this.#inOrder()) {
      if (!includeInactive && !document.active) continue;
      if (!words.every((word) => haystack.includes(word))) continue;
      if (title.startsWith(first)) best.push(document);
      else if (rest.length < limit) rest.push(document);
      if (best.length >= limit) break;
    }
    return [...best, ...rest].slice(0, limit);
  }

  /** Sorts what has changed and merges it in: sorting everything anew would stop every key that is typed after an edit. */
  #inOrder(): readonly Entry<T>[] {
    if (this.#changed.size === 0) return this.#sorted;
    const fresh: Entry<T>[] = [];
    for (const id of this.#changed) {
      const entry = this.#entries.get(id);
      if (entry !== undefined) fresh.push(entry);
    }
    fresh.sort(byTitle);
    const merged: Entry<T>[] = [];
    let at = 0;
    for (const entry of this.#sorted) {
      if (this.#changed.has(entry.document.id)) continue;
      for (let next = fresh[at]; next !== undefined && byTitle(next, entry) < 0; next = fresh[at]) {
        merged.push(next);
        at += 1;
      }
      merged.push(entry);
    }
    this.#sorted = merged.concat(fresh.slice(at));
    this.#documents = null;
    this.#changed.clear();
    return this.#sorted;
  }
}

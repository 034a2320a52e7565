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
  /** Entries that are not in `#sorted` yet, by id, and those in it that are entries no more. */
  readonly #fresh = new Map<string, Entry<T>>();
  readonly #stale = new Set<Entry<T>>();

  constructor(describe: (document: T) => { title: string; keys: string }) {
    this.#describe = describe;
  }

  put(document: T): void {
    const { title, keys } = this.#describe(document);
    const normalized = normalize(title);
    const haystack = `${normalized} ${normalize(keys)}`;
    const entry = { document, title: haystack.slice(0, normalized.length), haystack };
    this.remove(document.id);
    this.#entries.set(document.id, entry);
    this.#fresh.set(document.id, entry);
  }

  /** A document that was read, unless its id is there: what an event brought is newer than what was read meanwhile. */
  fill(document: T): void {
    if (!this.#entries.has(document.id)) this.put(document);
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    if (!this.#fresh.delete(id)) this.#stale.add(entry);
  }

  /**
   * Sorts what has come in once it is as much as half of what is sorted: while a whole collection is read, chunk by
   * chunk, each entry is then merged a few times, and little is left for whoever asks first.
   */
  order(): void {
    if (this.#fresh.size * 2 >= this.#sorted.length) this.#inOrder();
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
    if (this.#fresh.size === 0 && this.#stale.size === 0) return this.#sorted;
    const fresh = [...this.#fresh.values()].sort(byTitle);
    const kept =
      this.#stale.size === 0
        ? this.#sorted
        : this.#sorted.filter((entry) => !this.#stale.has(entry));
    const merged: Entry<T>[] = [];
    let at = 0;
    for (const entry of kept) {
      for (let next = fresh[at]; next !== undefined && byTitle(next, entry) < 0; next = fresh[at]) {
        merged.push(next);
        at += 1;
      }
      merged.push(entry);
    }
    for (; at < fresh.length; at++) merged.push(fresh[at] as Entry<T>);
    this.#sorted = merged;
    this.#documents = null;
    this.#fresh.clear();
    this.#stale.clear();
    return this.#sorted;
  }
}

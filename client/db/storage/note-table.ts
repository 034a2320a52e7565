import type { NotePage, NotePages } from './note-pages';

/** Documents of one page. More make a first sync faster, and a change of a few documents slower. */
const PAGE = 16;

/** Where each document is, as of a version of the table. */
interface Place {
  version: number;
  pageOf: Map<string, number>;
  next: number;
}

/** Documents to put: over those that are there, and new ones. */
export interface NoteChanges<T> {
  updates: readonly T[];
  inserts: readonly T[];
}

/**
 * A table of small documents, found by id, kept by the page. It remembers where each document is from one sync to the
 * next; every use checks against the table's version that nobody else has written meanwhile, and learns it anew if so.
 */
export class NoteTable<T> {
  readonly #name: string;
  readonly #pages: NotePages;
  readonly #idOf: (document: T) => string;
  #place: Place | null = null;

  constructor(name: string, pages: NotePages, idOf: (document: T) => string) {
    this.#name = name;
    this.#pages = pages;
    this.#idOf = idOf;
  }

  /** True until something is first written. */
  async isFresh(): Promise<boolean> {
    return (await this.#pages.index(this.#name)).version === 0;
  }

  async find(ids: readonly string[]): Promise<Map<string, T>> {
    return (await this.#read(ids)).documents;
  }

  async all(): Promise<T[]> {
    this.#place = null;
    const { pageOf } = await this.#known();
    return [...(await this.find([...pageOf.keys()])).values()];
  }

  /**
   * Puts what `decide` makes of the documents that are there under these ids. It is asked again where another tab wrote
   * in between; what it returned last is what was written.
   */
  async change(
    ids: readonly string[],
    decide: (there: Map<string, T>) => NoteChanges<T>,
  ): Promise<void> {
    for (;;) {
      const { place, documents, pages } = await this.#read(ids);
      const { updates, inserts } = decide(documents);
      const changed = new Map<number, NotePage>();
      for (const document of updates) {
        const id = this.#idOf(document);
        const page = place.pageOf.get(id) ?? 0;
        const held = pages.get(page) ?? [];
        held[held.findIndex((other) => this.#idOf(other) === id)] = document;
        pages.set(page, held);
        changed.set(page, { ids: [], text: '' });
      }
      for (const page of changed.keys()) changed.set(page, this.#page(pages.get(page) ?? []));
      for (let from = 0; from < inserts.length; from += PAGE) {
        changed.set(place.next + from / PAGE, this.#page(inserts.slice(from, from + PAGE)));
      }
      if (changed.size === 0) return;
      if (await this.#pages.write(this.#name, place.version, changed)) {
        place.version += 1;
        this.#remember(
          place,
          [...changed].map(([page, { ids: held }]) => [page, held]),
        );
        return;
      }
      this.#place = null;
    }
  }

  async clear(): Promise<void> {
    await this.#pages.clear(this.#name);
    this.#place = null;
  }

  /** The documents under these ids, and the whole pages that hold them, as of one version of the table. */
  async #read(ids: readonly string[]) {
    for (;;) {
      const place = await this.#known();
      const wanted = new Set<number>();
      for (const id of ids) {
        const page = place.pageOf.get(id);
        if (page !== undefined) wanted.add(page);
      }
      const numbers = [...wanted];
      const texts = await this.#pages.read(this.#name, place.version, numbers);
      if (texts === null) {
        this.#place = null;
        continue;
      }
      const asked = new Set(ids);
      const documents = new Map<string, T>();
      const pages = new Map<number, T[]>();
      numbers.forEach((number, at) => {
        const held = JSON.parse(texts[at] ?? '[]') as T[];
        pages.set(number, held);
        for (const document of held) {
          const id = this.#idOf(document);
          if (asked.has(id)) documents.set(id, document);
        }
      });
      return { place, documents, pages };
    }
  }

  async #known(): Promise<Place> {
    if (this.#place !== null) return this.#place;
    const { version, ids } = await this.#pages.index(this.#name);
    const place: Place = { version, pageOf: new Map(), next: 0 };
    this.#remember(place, [...ids]);
    this.#place = place;
    return place;
  }

  #remember(place: Place, pages: readonly (readonly [number, readonly string[]])[]): void {
    for (const [page, ids] of pages) {
      for (const id of ids) place.pageOf.set(id, page);
      place.next = Math.max(place.next, page + 1);
    }
  }

  #page(documents: readonly T[]): NotePage {
    return { ids: documents.map(this.#idOf), text: JSON.stringify(documents) };
  }
}

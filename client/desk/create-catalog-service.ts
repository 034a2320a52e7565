import type { RxCollection } from 'rxdb';
import { BehaviorSubject, type Subscription } from 'rxjs';
import type { Client } from '../../schemas/clients';
import type { Product } from '../../schemas/products';
import type { DeskDatabase } from '../db/database';
import type { CatalogService } from '../services/catalog-service';
import { normalize } from './normalize';

/** One entry of a list in memory, with the text that a search looks at. */
interface Entry<T> {
  document: T;
  haystack: string;
  /** Where the description begins in the haystack: matches there come first. */
  title: string;
}

/** A collection in memory: read once, then kept by the database's own events. */
class MemoryList<T extends { id: string; active: boolean }> {
  readonly #entries = new Map<string, Entry<T>>();
  #sorted: Entry<T>[] | null = null;
  readonly #describe: (document: T) => { title: string; keys: string };

  constructor(describe: (document: T) => { title: string; keys: string }) {
    this.#describe = describe;
  }

  put(document: T): void {
    const { title, keys } = this.#describe(document);
    const normalized = normalize(title);
    this.#entries.set(document.id, {
      document,
      title: normalized,
      haystack: `${normalized} ${normalize(keys)}`,
    });
    this.#sorted = null;
  }

  get(id: string): T | null {
    return this.#entries.get(id)?.document ?? null;
  }

  sorted(): Entry<T>[] {
    this.#sorted ??= [...this.#entries.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
    return this.#sorted;
  }

  /** Entries that contain every word; those whose title begins with the first word come first. Linear, no patterns. */
  search(text: string, limit: number, includeInactive: boolean): T[] {
    const words = normalize(text.slice(0, 200)).split(' ').filter(Boolean).slice(0, 10);
    const first = words[0] ?? '';
    const best: T[] = [];
    const rest: T[] = [];
    for (const { document, title, haystack } of this.sorted()) {
      if (!includeInactive && !document.active) continue;
      if (!words.every((word) => haystack.includes(word))) continue;
      if (title.startsWith(first)) best.push(document);
      else if (rest.length < limit) rest.push(document);
      if (best.length >= limit) break;
    }
    return [...best, ...rest].slice(0, limit);
  }
}

/** Reads a whole collection once, as plain documents. */
async function readAll<T>(collection: RxCollection<T>, put: (document: T) => void): Promise<void> {
  const documents = await collection.find().exec();
  for (const document of documents) put(document.toMutableJSON() as T);
}

export function createCatalogService(db: DeskDatabase): CatalogService & { close(): void } {
  const revision$ = new BehaviorSubject({ ready: false, revision: 0 });
  const products = new MemoryList<Product>((product) => ({
    title: product.description,
    keys: `${product.code} ${product.barcode}`,
  }));
  const clients = new MemoryList<Client>((client) => ({
    title: client.name,
    keys: `${client.identification} ${client.email} ${client.phone}`,
  }));

  const follow = <T>(collection: RxCollection<T>, put: (document: T) => void): Subscription =>
    collection.eventBulks$.subscribe((bulk) => {
      for (const event of bulk.events) put(event.documentData as T);
      const { ready, revision } = revision$.getValue();
      revision$.next({ ready, revision: revision + 1 });
    });
  const subscriptions = [
    follow(db.products as RxCollection<Product>, (product) => products.put(product)),
    follow(db.clients as RxCollection<Client>, (client) => clients.put(client)),
  ];
  void Promise.all([
    readAll(db.products as RxCollection<Product>, (product) => products.put(product)),
    readAll(db.clients as RxCollection<Client>, (client) => clients.put(client)),
  ]).then(() => {
    revision$.next({ ready: true, revision: revision$.getValue().revision + 1 });
  });

  return {
    revision$,
    products: () => products.sorted().map(({ document }) => document),
    clients: () => clients.sorted().map(({ document }) => document),
    async findByScan(text) {
      const wanted = text.trim();
      if (wanted === '') return null;
      for (const selector of [
        { barcode: wanted },
        { code: wanted },
        { code: wanted.toUpperCase() },
        { code: wanted.toLowerCase() },
      ]) {
        const found = await db.products.find({ selector }).exec();
        const active = found.find((product) => product.active);
        if (active !== undefined) return active.toMutableJSON();
      }
      return null;
    },
    searchProducts: (text, { limit, includeInactive }) =>
      products.search(text, limit, includeInactive === true),
    searchClients: (text, { limit, includeInactive }) =>
      clients.search(text, limit, includeInactive === true),
    client: (id) => clients.get(id),
    product: (id) => products.get(id),
    close: () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}

import type { RxCollection, RxDocumentData } from 'rxdb';
import { BehaviorSubject, type Subscription } from 'rxjs';
import type { Client } from '../../schemas/clients';
import type { Product } from '../../schemas/products';
import type { DeskDatabase } from '../db/database';
import { contentOf, readCollection } from '../db/read-collection';
import type { CatalogService } from '../services/catalog-service';
import { MemoryList } from './memory-list';

/** What a scanner or a person may have meant: a barcode, else a code, in either case. No two questions are the same. */
const scanQuestions = (text: string): ({ barcode: string } | { code: string })[] => [
  { barcode: text },
  ...[...new Set([text, text.toUpperCase(), text.toLowerCase()])].map((code) => ({ code })),
];

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

  const follow = <T extends { id: string; active: boolean }>(
    collection: RxCollection<T>,
    list: MemoryList<T>,
  ): Subscription =>
    collection.eventBulks$.subscribe((bulk) => {
      for (const event of bulk.events) {
        const document = event.documentData as RxDocumentData<T>;
        if (document._deleted) list.remove(event.documentId);
        else list.put(contentOf(document));
      }
      const { ready, revision } = revision$.getValue();
      revision$.next({ ready, revision: revision + 1 });
    });
  const read = <T extends { id: string; active: boolean }>(
    collection: RxCollection<T>,
    list: MemoryList<T>,
  ): Promise<void> =>
    readCollection(collection, (documents) => {
      for (const document of documents) list.fill(document);
      list.order();
    });

  const productCollection = db.products as RxCollection<Product>;
  const clientCollection = db.clients as RxCollection<Client>;
  const subscriptions = [follow(productCollection, products), follow(clientCollection, clients)];
  /* Where they cannot be read the lists stay "not ready": what cannot be read is never shown as none. */
  void Promise.all([read(productCollection, products), read(clientCollection, clients)]).then(
    () => revision$.next({ ready: true, revision: revision$.getValue().revision + 1 }),
    () => undefined,
  );

  return {
    revision$,
    products: () => products.documents(),
    clients: () => clients.documents(),
    async findByScan(text) {
      const wanted = text.trim();
      if (wanted === '') return null;
      for (const selector of scanQuestions(wanted)) {
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

import type { Client } from '../../schemas/clients';
import type { Product } from '../../schemas/products';
import type { AnyDocument } from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import type { ImportReading } from '../../shared/import/read-import';
import { byLine, type Refusal } from '../../shared/import/refusal';
import { writeAudit } from '../audit/write-audit';
import type { ServerPorts } from '../ports';
import type { Store, StoredDocument, StoreScope } from '../store/port';
import { StockWriter } from '../sync/stock-writer';
import type { ImportCounts } from './import-plan';
import { planClients } from './plan-clients';
import { planProducts } from './plan-products';

export interface ImportOptions {
  storeId: string;
  /** Id of the user who imports; '' from the command line. */
  userId: string;
  fileName: string;
  reading: ImportReading;
  /** Says what would be written, and writes nothing. */
  dryRun: boolean;
}

export interface ImportResult {
  products: ImportCounts;
  clients: ImportCounts;
  /** Products whose opening stock was taken. */
  openings: number;
  /** All that was not taken: what the file itself shows, and what the store's data speak against. */
  refused: readonly Refusal[];
}

/** Documents that are read at once: the page says how many are left, which it has to count. */
const PAGE = 10_000;

/**
 * Brings a file that was read into a store, in one transaction: all of it or nothing. Known products and clients take
 * what the file says and keep the rest; what is as the file has it is not written, so that the same file twice changes
 * nothing. Opening stock is a movement of its own, for products that nothing has moved.
 */
export function applyImport(
  { store, ports }: { store: Store; ports: ServerPorts },
  { storeId, userId, fileName, reading, dryRun }: ImportOptions,
): Promise<ImportResult> {
  return store.transaction(storeId, async (scope) => {
    const importer = { ports, userId };
    const stock = new StockWriter({ scope, terminalId: null, ids: ports.ids });
    const products = await planProducts(
      reading.products.length === 0 ? [] : await allOf<Product>(scope, 'products'),
      reading.products,
      { ...importer, stock },
    );
    const clients = planClients(
      reading.clients.length === 0 ? [] : await allOf<Client>(scope, 'clients'),
      reading.clients,
      importer,
    );
    const refused = [...reading.refused, ...products.refused, ...clients.refused].sort(byLine);
    const counts = {
      products: products.counts,
      clients: clients.counts,
      openings: products.openings,
    };
    if (!dryRun) {
      await scope.documents.write('products', products.documents.map(stored));
      await scope.documents.write('clients', clients.documents.map(stored));
      await stock.write();
      await writeAudit(scope, ports, {
        actor: userId === '' ? 'cli' : userId,
        action: 'dataImported',
        details: { fileName, kind: reading.kind, ...counts, refused: refused.length },
      });
    }
    return { ...counts, refused };
  });
}

const stored = (document: AnyDocument): StoredDocument => ({
  id: document.id,
  ver: document.ver,
  edit: document.edit,
  json: JSON.stringify(document),
});

async function allOf<T extends Product | Client>(
  scope: StoreScope,
  collection: 'products' | 'clients',
): Promise<T[]> {
  const all: T[] = [];
  for (let seq = 0, remaining = 1; remaining > 0; ) {
    const page = await scope.documents.page(collection, seq, PAGE);
    for (const { json } of page.documents) {
      const parsed = validateDocument(collection, JSON.parse(json));
      if (!parsed.ok) throw new AppError('INTERNAL', { collection, path: parsed.path });
      all.push(parsed.value as T);
    }
    seq = page.documents.at(-1)?.seq ?? seq;
    remaining = page.remaining;
  }
  return all;
}

import { type Product, productSchema } from '../schemas/products';
import { validate } from '../schemas/validate';
import { sameValue } from '../shared/conflict/merge-fields';
import type { ImportedProduct } from '../shared/import/parse-products';
import { instant } from '../shared/ports/clock';
import type { ServerPorts } from './ports';
import type { Store, StoredDocument } from './store/port';

/**
 * Writes products into a store in one transaction, by code: unknown codes are created, known ones edited, and those
 * that already stand as the file has them are left alone, so that the same file twice changes nothing.
 */
export function importProducts(
  { store, ports }: { store: Store; ports: ServerPorts },
  storeId: string,
  products: readonly ImportedProduct[],
): Promise<{ created: number; edited: number; unchanged: number }> {
  return store.transaction(storeId, async (scope) => {
    const known = new Map<string, Product>();
    let seq = 0;
    for (;;) {
      const page = await scope.documents.page('products', seq, 1000);
      for (const { json } of page.documents) {
        const parsed = validate<Product>(productSchema, JSON.parse(json));
        if (parsed.ok) known.set(parsed.value.code.toUpperCase(), parsed.value);
      }
      seq = page.documents.at(-1)?.seq ?? seq;
      if (page.remaining === 0) break;
    }
    const counts = { created: 0, edited: 0, unchanged: 0 };
    const writes: StoredDocument[] = [];
    for (const imported of products) {
      const current = known.get(imported.code.toUpperCase());
      const product = { ...imported, ...(current === undefined ? {} : keptOf(current, imported)) };
      if (current !== undefined && sameValue({ ...current, ...product }, current)) {
        counts.unchanged += 1;
        continue;
      }
      if (current === undefined) counts.created += 1;
      else counts.edited += 1;
      const next: Product = {
        ...product,
        id: current?.id ?? ports.ids.newId(),
        ver: (current?.ver ?? 0) + 1,
        edit: ports.ids.newId(),
        pending: 0,
        updatedAt: instant(ports.clock.now()),
        editedBy: '',
      };
      writes.push({ id: next.id, ver: next.ver, edit: next.edit, json: JSON.stringify(next) });
    }
    await scope.documents.write('products', writes);
    await scope.journal.audit({
      id: ports.ids.newId(),
      at: instant(ports.clock.now()),
      actor: 'cli',
      action: 'productsImported',
      details: counts,
    });
    return counts;
  });
}

/** What a file of prices does not speak of stays: notes, whether it is sold at all, codes that the file leaves empty. */
const keptOf = (current: Product, { barcode, cabys }: ImportedProduct) => ({
  notes: current.notes,
  active: current.active,
  barcode: barcode === '' ? current.barcode : barcode,
  cabys: cabys === '' ? current.cabys : cabys,
});

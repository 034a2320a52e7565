import type { AnyDocument, CollectionName, Documents } from '../../schemas/registry';
import { sameValue } from '../../shared/conflict/merge-fields';
import { stockEffects } from '../../shared/stock/line-effects';
import type { StockSource } from './stock-writer';

export const isInvoice = (
  name: CollectionName,
  _document: AnyDocument,
): _document is Documents['invoices'] => name === 'invoices';

/** What a document does to stock; null where it is of a kind that does nothing. */
export function effectsOf(collection: CollectionName, document: AnyDocument): StockSource | null {
  if (isInvoice(collection, document)) {
    const { id, serial } = document;
    return { id, source: 'invoices', serial, effects: stockEffects(document) };
  }
  if (collection !== 'movements' || !('productId' in document)) return null;
  const { id, serial, productId, quantity } = document;
  return { id, source: 'movements', serial, effects: [{ productId, quantity }] };
}

export function productIdsOf(document: AnyDocument): string[] {
  if ('lines' in document) return document.lines.map(({ productId }) => productId);
  return 'productId' in document ? [document.productId] : [];
}

/** Equality of what was issued: the sync fields and the server's flags are not part of it. */
export function sameContent(stored: unknown, document: AnyDocument): boolean {
  const strip = (value: unknown): unknown => {
    const { ver, edit, pending, flags, ...content } = value as Record<string, unknown>;
    return content;
  };
  return sameValue(strip(stored), strip(document));
}

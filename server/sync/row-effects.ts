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

const isUnsigned = (value: object): boolean =>
  'chain' in value && (value.chain as { signature?: unknown }).signature === '';

/**
 * Equality of what was issued: the sync fields and the server's flags are not part of it. Nor is a signature that one side
 * lacks: a terminal whose key had failed signs later, and may not have heard that the unsigned state was taken.
 */
export function sameContent(stored: object, document: AnyDocument): boolean {
  const anySignature = isUnsigned(stored) || isUnsigned(document);
  const strip = (value: object): unknown => {
    const { ver, edit, pending, flags, ...content } = value as Record<string, unknown>;
    if (!anySignature || !('chain' in content)) return content;
    return { ...content, chain: { ...(content['chain'] as object), signature: '' } };
  };
  return sameValue(strip(stored), strip(document));
}

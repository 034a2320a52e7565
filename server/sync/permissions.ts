import type { AnyDocument, CollectionName, Documents } from '../../schemas/registry';

/** Who wrote a document, by collection; '' where it does not say. */
export const AUTHOR_OF: { readonly [N in CollectionName]: (document: Documents[N]) => string } = {
  clients: (document) => document.editedBy,
  products: (document) => document.editedBy,
  invoices: (document) => document.userId,
  movements: (document) => document.userId,
  shifts: (document) => document.userId,
  users: () => '',
  stock: () => '',
};

/** The terminal that a document says it was made at; null where it does not matter. */
export const terminalOf = (document: AnyDocument): string | null =>
  'terminalId' in document ? document.terminalId : null;

import type { AnyDocument, CollectionName, Documents } from '../../schemas/registry';
import type { Permission } from '../../shared/roles';

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

/** What its author must be allowed to do; null: terminals do not write this collection at all. */
export const NEEDED_PERMISSION: {
  readonly [N in CollectionName]: ((document: Documents[N]) => Permission) | null;
} = {
  clients: () => 'editClients',
  products: () => 'editProducts',
  invoices: ({ type }) => (type === '03' || type === '02' ? 'creditNote' : 'sell'),
  movements: () => 'adjustStock',
  shifts: () => 'sell',
  users: null,
  stock: null,
};

/** The terminal that a document says it was made at; null where it does not matter. */
export const terminalOf = (document: AnyDocument): string | null =>
  'terminalId' in document ? document.terminalId : null;

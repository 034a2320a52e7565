import type { CollectionName } from '../../schemas/registry';

/** What one sync run is about: the words that the operator sees. */
export type SyncUnit = 'clients' | 'products' | 'users' | 'invoices';

/**
 * The collections of each unit, in the order in which they run. Stock comes last wherever it comes: first what this
 * terminal sold is sent, then the stock that contains it is received.
 */
export const UNIT_COLLECTIONS: Record<SyncUnit, readonly CollectionName[]> = {
  clients: ['clients'],
  products: ['products', 'movements', 'stock'],
  users: ['users'],
  invoices: ['shifts', 'invoices', 'stock'],
};

/** The three syncs of a login, in order. */
export const LOGIN_UNITS: readonly SyncUnit[] = ['clients', 'products', 'users'];

/** The stages of "Sincronizar Servidor (Todo)", in order. */
export const ALL_STAGES = [
  'clients',
  'products',
  'invoices',
] as const satisfies readonly SyncUnit[];
export type Stage = (typeof ALL_STAGES)[number];

import type { CollectionName, Documents } from '../../schemas/registry';
import type { Role } from '../../schemas/users';

/** What every write carries and nobody decides about: the rules of syncing are about these. */
export const UNRULED_FIELDS = ['id', 'ver', 'edit', 'pending'] as const;

/** The fields of a collection that the table rules. */
export type RuledField<N extends CollectionName> = Exclude<
  keyof Documents[N] & string,
  (typeof UNRULED_FIELDS)[number]
>;

export type Operation = 'create' | 'update';

/** Fields that a new document may have, and those that may change in a stored one. What is not listed may not. */
export interface CollectionAccess<N extends CollectionName> {
  create: readonly RuledField<N>[];
  update: readonly RuledField<N>[];
}

type RoleAccess = { readonly [N in CollectionName]?: CollectionAccess<N> };

const CLIENT_FACTS = [
  'name',
  'identificationType',
  'identification',
  'email',
  'phone',
  'address',
  'notes',
  'updatedAt',
  'editedBy',
] as const satisfies readonly RuledField<'clients'>[];

const PRODUCT = [
  'code',
  'barcode',
  'description',
  'cabys',
  'unit',
  'price',
  'taxCode',
  'stocked',
  'notes',
  'active',
  'updatedAt',
  'editedBy',
] as const satisfies readonly RuledField<'products'>[];

/** An invoice is never changed, by nobody: a correction is another document. `flags` are the server's. */
const INVOICE = [
  'type',
  'consecutive',
  'clave',
  'situation',
  'terminalId',
  'serial',
  'issuedAt',
  'businessDate',
  'currency',
  'userId',
  'userName',
  'shiftId',
  'clientId',
  'client',
  'lines',
  'totals',
  'payments',
  'tendered',
  'change',
  'reference',
  'notes',
  'fiscalDeadline',
  'approvals',
  'chain',
  'flags',
] as const satisfies readonly RuledField<'invoices'>[];

const MOVEMENT = [
  'productId',
  'kind',
  'quantity',
  'reason',
  'terminalId',
  'serial',
  'userId',
  'at',
  'businessDate',
] as const satisfies readonly RuledField<'movements'>[];

/** Closing a cash session; how it was opened stays as it was. */
const SHIFT_CLOSING = [
  'status',
  'closedAt',
  'expectedCash',
  'countedCash',
  'difference',
  'notes',
] as const satisfies readonly RuledField<'shifts'>[];

const SHIFT = [
  ...SHIFT_CLOSING,
  'terminalId',
  'userId',
  'userName',
  'openedAt',
  'openingCash',
] as const satisfies readonly RuledField<'shifts'>[];

const SELLING = {
  invoices: { create: INVOICE, update: [] },
  shifts: { create: SHIFT, update: SHIFT_CLOSING },
} as const satisfies RoleAccess;

/** Whoever answers for the catalog: all that a terminal may write at all. */
const CATALOG = {
  ...SELLING,
  clients: { create: [...CLIENT_FACTS, 'active'], update: [...CLIENT_FACTS, 'active'] },
  products: { create: PRODUCT, update: PRODUCT },
  movements: { create: MOVEMENT, update: [] },
} as const satisfies RoleAccess;

/**
 * Role x collection x operation x field: what a person may write at a terminal. Default deny: a role, a collection, an
 * operation or a field that is not here is refused. The server asks it for every row, over the old and the new document;
 * the screens ask the same table to show only what is possible. `users` and `stock` are nobody's: the server writes them.
 */
export const ACCESS: Readonly<Record<Role, RoleAccess>> = {
  owner: CATALOG,
  supervisor: CATALOG,
  cashier: {
    ...SELLING,
    /* A cashier keeps a client's facts right; to take one off the list is not a cashier's. */
    clients: { create: [...CLIENT_FACTS, 'active'], update: CLIENT_FACTS },
  },
  qa: {},
};

/** What each collection is called on screen. */
export const COLLECTION_WORDS = {
  clients: 'status.clients',
  products: 'status.products',
  users: 'status.users',
  invoices: 'status.invoices',
  movements: 'status.movements',
  stock: 'status.stock',
  shifts: 'status.shifts',
} as const;

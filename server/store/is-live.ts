import { sql } from 'kysely';

/* Conditions of indexes, spelled out: bound as values, SQLite would not see that the index fits. */

export const isInvoice = sql<boolean>`collection = 'invoices'`;

/** Of archived invoices nothing is sent or counted. */
export const isLive = sql<boolean>`collection = 'invoices' and archived = 0`;

import type { TObject } from '@sinclair/typebox';
import { type Client, clientSchema } from './clients';
import { type Invoice, invoiceSchema } from './invoices';
import { conflictSchema, draftSchema, rejectedSchema, runSchema, settingSchema } from './local';
import { type Movement, movementSchema } from './movements';
import { type Product, productSchema } from './products';
import { type Shift, shiftSchema } from './shifts';
import { type Stock, stockSchema } from './stock';
import { type User, userSchema } from './users';

/** The synced collections and the document of each. */
export interface Documents {
  clients: Client;
  products: Product;
  users: User;
  invoices: Invoice;
  movements: Movement;
  stock: Stock;
  shifts: Shift;
}
export type CollectionName = keyof Documents;
export type AnyDocument = Documents[CollectionName];

/** both: pushed and pulled; up: pushed only; down: pulled only (nobody writes it on a terminal). */
export type Direction = 'both' | 'up' | 'down';

export interface CollectionSpec {
  /** Version of the RxDB schema; raise it with a migration in `schemas/migrations`. */
  version: number;
  schema: TObject;
  direction: Direction;
  /** Immutable documents are inserted once and never edited. */
  immutable: boolean;
  /** RxDB indexes; each costs time on every write, so only those that a screen or a rule needs. */
  indexes: readonly (string | readonly string[])[];
}

export const COLLECTIONS: Record<CollectionName, CollectionSpec> = {
  clients: {
    version: 0,
    schema: clientSchema,
    direction: 'both',
    immutable: false,
    indexes: ['pending'],
  },
  products: {
    version: 0,
    schema: productSchema,
    direction: 'both',
    immutable: false,
    indexes: ['pending', 'barcode', 'code'],
  },
  users: {
    version: 1,
    schema: userSchema,
    direction: 'down',
    immutable: false,
    indexes: ['userName'],
  },
  invoices: {
    version: 1,
    schema: invoiceSchema,
    direction: 'both',
    immutable: true,
    indexes: ['pending', 'consecutive', 'issuedAt', ['terminalId', 'serial']],
  },
  movements: {
    version: 0,
    schema: movementSchema,
    direction: 'up',
    immutable: true,
    indexes: ['pending', ['terminalId', 'serial']],
  },
  stock: { version: 0, schema: stockSchema, direction: 'down', immutable: false, indexes: [] },
  shifts: {
    version: 0,
    schema: shiftSchema,
    direction: 'both',
    immutable: false,
    indexes: ['pending'],
  },
};
export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as CollectionName[];

export const isCollectionName = (name: unknown): name is CollectionName =>
  typeof name === 'string' && Object.hasOwn(COLLECTIONS, name);

/** Collections that stay on the terminal. With the synced ones: 12 of the 13 that RxDB opens. */
export const LOCAL_COLLECTIONS = {
  drafts: { version: 0, schema: draftSchema, indexes: [] },
  runs: { version: 0, schema: runSchema, indexes: ['startedAt'] },
  conflicts: { version: 0, schema: conflictSchema, indexes: [] },
  rejected: { version: 0, schema: rejectedSchema, indexes: [] },
  settings: { version: 0, schema: settingSchema, indexes: [] },
} as const satisfies Record<string, Pick<CollectionSpec, 'version' | 'schema' | 'indexes'>>;
export type LocalCollectionName = keyof typeof LOCAL_COLLECTIONS;

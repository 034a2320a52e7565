import type { CollectionName } from '../registry';
import { invoiceMigrations } from './invoices';
import type { Migration } from './migration';
import { userMigrations } from './users';

/** By collection, then by the version that each leads to; RxDB takes them as they are. */
export const MIGRATIONS: Partial<Record<CollectionName, Record<number, Migration>>> = {
  invoices: invoiceMigrations,
  users: userMigrations,
};

/**
 * A document of any earlier version as the present schema has it; what is no document stays what it is. For what
 * terminals with an older program send, and for what was stored before: documents do not say which version they are of.
 */
export function upgradeDocument(collection: CollectionName, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const steps = Object.entries(MIGRATIONS[collection] ?? {});
  return steps
    .sort(([a], [b]) => Number(a) - Number(b))
    .reduce((document, [, step]) => step(document), value as Record<string, unknown>);
}

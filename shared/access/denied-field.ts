import type { AnyDocument, CollectionName } from '../../schemas/registry';
import type { Role } from '../../schemas/users';
import { sameValue } from '../conflict/merge-fields';
import { ACCESS, type Operation, UNRULED_FIELDS } from './access-table';

/** The fields that a role may write; null where it may not do the operation at all. */
export function writableFields(
  role: Role,
  collection: CollectionName,
  operation: Operation,
): ReadonlySet<string> | null {
  /* Own members only: a role or a collection by the name of a prototype's member is nobody's. */
  const ofRole = Object.hasOwn(ACCESS, role) ? ACCESS[role] : {};
  const access = Object.hasOwn(ofRole, collection) ? ofRole[collection] : undefined;
  const fields: readonly string[] = access?.[operation] ?? [];
  return fields.length === 0 ? null : new Set(fields);
}

/** Whether a role may do anything of the kind; the fields are another question. */
export const mayWrite = (role: Role, collection: CollectionName, operation: Operation): boolean =>
  writableFields(role, collection, operation) !== null;

/** Whether a role may change this field of a stored document. */
export const mayChange = (role: Role, collection: CollectionName, field: string): boolean =>
  writableFields(role, collection, 'update')?.has(field) ?? false;

/** Whether any role writes this collection at a terminal. */
export const isWrittenByTerminals = (collection: CollectionName): boolean =>
  (Object.keys(ACCESS) as Role[]).some((role) => mayWrite(role, collection, 'create'));

/**
 * What keeps a role from bringing a document into the state `after`: '' the operation itself, else the first field that
 * it would set or change and may not; null where nothing does. `before` is the stored document, null where there is none.
 */
export function deniedField(
  role: Role,
  collection: CollectionName,
  { before, after }: { before: Readonly<Record<string, unknown>> | null; after: AnyDocument },
): string | null {
  const allowed = writableFields(role, collection, before === null ? 'create' : 'update');
  if (allowed === null) return '';
  const next: Readonly<Record<string, unknown>> = { ...after };
  const named = new Set([...Object.keys(before ?? {}), ...Object.keys(next)]);
  for (const unruled of UNRULED_FIELDS) named.delete(unruled);
  for (const field of named) {
    const differs = before === null || !sameValue(before[field], next[field]);
    if (differs && !allowed.has(field)) return field;
  }
  return null;
}

import type { TSchema } from '@sinclair/typebox';
import { Value, type ValueError } from '@sinclair/typebox/value';
import { COLLECTIONS, type CollectionName, type Documents } from './registry';

export type Validation<T> = { ok: true; value: T } | { ok: false; path: string; message: string };

/**
 * Checks a value against a schema by interpretation (no `eval`: the terminal's CSP forbids it).
 * Returns the same value, typed, or the path and the message of the first error.
 */
export function validate<T>(schema: TSchema, value: unknown): Validation<T> {
  if (Value.Check(schema, value)) return { ok: true, value: value as T };
  const first: ValueError | undefined = Value.Errors(schema, value).First();
  return { ok: false, path: first?.path ?? '', message: first?.message ?? 'invalid' };
}

/** Checks a document against the schema of its collection. */
export function validateDocument<N extends CollectionName>(
  collection: N,
  value: unknown,
): Validation<Documents[N]> {
  return validate<Documents[N]>(COLLECTIONS[collection].schema, value);
}

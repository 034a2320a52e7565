/** A field that both sides changed, to different values. */
export interface FieldConflict {
  readonly field: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** Deep equality of JSON values; the order of keys does not matter. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/**
 * Three-way merge by field. A field that one side changed takes that side's value; the same value on both sides is no
 * conflict; different values: theirs stays, since the server accepted it first, and the pair is listed.
 * Without a base nobody can tell who changed what, so every field that differs is listed. `earlier` are states of our
 * own that may have reached the server unheard: what it has from them, it has from us, and nobody else changed it.
 */
export function mergeFields<T extends object>(options: {
  base: T | undefined;
  earlier?: readonly T[];
  mine: T;
  theirs: T;
  fields: readonly (keyof T & string)[];
}): { merged: T; conflicts: FieldConflict[]; tookMine: boolean } {
  const { base, earlier = [], mine, theirs, fields } = options;
  const past = base === undefined ? earlier : [base, ...earlier];
  const merged = { ...theirs };
  const conflicts: FieldConflict[] = [];
  let tookMine = false;
  for (const field of fields) {
    if (sameValue(mine[field], theirs[field])) continue;
    if (past.length > 0 && past.every((state) => sameValue(state[field], mine[field]))) continue;
    if (past.some((state) => sameValue(state[field], theirs[field]))) {
      merged[field] = mine[field];
      tookMine = true;
    } else {
      conflicts.push({ field, base: base?.[field], mine: mine[field], theirs: theirs[field] });
    }
  }
  return { merged, conflicts, tookMine };
}

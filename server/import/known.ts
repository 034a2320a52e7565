/**
 * What the store has, by a key that ought to be unique and is not always: two terminals may have made the same code
 * offline. `null`: several have it, and which one is meant nobody can say.
 */
export class Known<T extends { id: string; active: boolean }> {
  readonly #byKey = new Map<string, T[]>();
  readonly #keyOf: (document: T) => string;

  constructor(documents: readonly T[], keyOf: (document: T) => string) {
    this.#keyOf = keyOf;
    for (const document of documents) this.add(document);
  }

  add(document: T): void {
    const key = this.#keyOf(document);
    if (key === '') return;
    const same = this.#byKey.get(key);
    if (same === undefined) this.#byKey.set(key, [document]);
    else same.push(document);
  }

  /** The only one, or of several the only one in use; undefined where there is none, null where it is not clear. */
  find(key: string): T | null | undefined {
    const same = key === '' ? undefined : this.#byKey.get(key);
    if (same === undefined || same.length === 1) return same?.[0];
    const inUse = same.filter(({ active }) => active);
    return inUse.length === 1 ? inUse[0] : null;
  }

  all(key: string): readonly T[] {
    return this.#byKey.get(key) ?? [];
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Recorded id -> id in the replay, of what the replayed terminal makes anew. */
export class IdMap {
  readonly #ids = new Map<string, string>();

  set(recorded: string, replayed: string): void {
    this.#ids.set(recorded, replayed);
  }

  of(recorded: string): string {
    return this.#ids.get(recorded) ?? recorded;
  }

  has(recorded: string): boolean {
    return this.#ids.has(recorded);
  }

  /** The value with every recorded id in it replaced. */
  in<T>(value: T): T {
    const text = JSON.stringify(value);
    if (text === undefined) return value;
    return JSON.parse(text.replaceAll(UUID, (id) => this.of(id))) as T;
  }
}

/**
 * Versions of the documents that a transfer has received. The first version of one needs no note: nothing that a terminal
 * holds is older.
 */
export class ReceivedVersions {
  readonly #versions = new Map<string, number>();
  /** Of a first sync nothing is here yet that could stand in the way. */
  #isFirst = false;

  add(documents: readonly { id: string; ver: number }[], { first }: { first: boolean }): void {
    if (first) this.#isFirst = true;
    for (const { id, ver } of documents) {
      if (ver > 1) this.#versions.set(id, Math.max(ver, this.versionOf(id)));
    }
  }

  readonly versionOf = (id: string): number => this.#versions.get(id) ?? 0;

  /** Ids of documents that may have been here before they were received. */
  overStored(): string[] {
    return this.#isFirst ? [] : [...this.#versions.keys()];
  }
}

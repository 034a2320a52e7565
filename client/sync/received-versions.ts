/**
 * Versions of the documents that a transfer has received. The first version of one needs no note: nothing that a terminal
 * holds is older.
 */
export class ReceivedVersions {
  readonly #versions = new Map<string, number>();

  add(documents: readonly { id: string; ver: number }[]): void {
    for (const { id, ver } of documents) {
      if (ver > 1) this.#versions.set(id, Math.max(ver, this.versionOf(id)));
    }
  }

  readonly versionOf = (id: string): number => this.#versions.get(id) ?? 0;
}

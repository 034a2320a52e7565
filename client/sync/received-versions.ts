/** What a transfer meets when it begins to read. */
export type ReadFrom =
  /** A checkpoint: this terminal has read all that is older. */
  | 'checkpoint'
  /** The beginning, and nothing is here that could stand in the way. */
  | 'empty'
  /** The beginning of another life of the server's data, over documents of the life before. */
  | 'otherLife';

/**
 * Versions of the documents that a transfer has received. Beyond a checkpoint the first version of one needs no note:
 * nothing that a terminal holds is older, but for what other terminals issued in a life before (`adoptEpoch`).
 */
export class ReceivedVersions {
  readonly #versions = new Map<string, number>();
  #from: ReadFrom = 'checkpoint';

  add(documents: readonly { id: string; ver: number }[]): void {
    for (const document of documents) {
      const { id, ver } = document;
      if (ver > 1 || this.#from === 'otherLife' || 'terminalId' in document) {
        this.#versions.set(id, Math.max(ver, this.versionOf(id)));
      }
    }
  }

  /** Before the first page that is not read from a checkpoint. */
  begins(from: ReadFrom): void {
    this.#from = from;
  }

  readonly versionOf = (id: string): number => this.#versions.get(id) ?? 0;

  /** Ids of documents that may have been here before they were received. */
  overStored(): string[] {
    return this.#from === 'empty' ? [] : [...this.#versions.keys()];
  }
}

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
  /** Documents that may have been here before they were received, by the pages that they came in. */
  #pages: { seq: number; ids: string[] }[] = [];
  #from: ReadFrom = 'checkpoint';

  /** A page up to `seq`. */
  add(documents: readonly { id: string; ver: number }[], seq: number): void {
    const ids: string[] = [];
    for (const document of documents) {
      const { id, ver } = document;
      if (ver > 1 || this.#from === 'otherLife' || 'terminalId' in document) {
        this.#versions.set(id, Math.max(ver, this.versionOf(id)));
        ids.push(id);
      }
    }
    if (this.#from !== 'empty' && ids.length > 0) this.#pages.push({ seq, ids });
  }

  /** Before the first page that is not read from a checkpoint. */
  begins(from: ReadFrom): void {
    this.#from = from;
  }

  readonly versionOf = (id: string): number => this.#versions.get(id) ?? 0;

  /** Ids of documents received up to `seq` that may have been here before; each page is told of once. */
  takeUpTo(seq: number): string[] {
    const taken = this.#pages.filter((page) => page.seq <= seq);
    this.#pages = this.#pages.filter((page) => page.seq > seq);
    return [...new Set(taken.flatMap(({ ids }) => ids))];
  }

  /** Could not be looked at yet: they are told of again with the next page. */
  putBack(ids: readonly string[]): void {
    if (ids.length > 0) this.#pages.push({ seq: 0, ids: [...ids] });
  }
}

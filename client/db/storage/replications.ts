/**
 * The replications that this tab has open on one database. Only one tab of a terminal syncs at a time (`SyncLock`), so
 * while one is open here nobody else brings the server's documents into the tables.
 */
export class Replications {
  #open = 0;
  #turn = 0;

  opened(): void {
    if (this.#open === 0) this.#turn += 1;
    this.#open += 1;
  }

  closed(): void {
    this.#open -= 1;
  }

  /** A number that stays the same while any replication is open, and never comes back; null while none is. */
  get turn(): number | null {
    return this.#open > 0 ? this.#turn : null;
  }
}

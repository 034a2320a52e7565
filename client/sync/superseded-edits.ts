/**
 * Edits that the server says it had accepted long ago and that others have built on since. RxDB knows only "conflict",
 * so the push handler leaves a note here for the conflict handler: take theirs, there is nothing to merge.
 */
export class SupersededEdits {
  readonly #edits = new Set<string>();

  add(edit: string): void {
    this.#edits.add(edit);
  }

  has(edit: string): boolean {
    return this.#edits.has(edit);
  }

  clear(): void {
    this.#edits.clear();
  }
}

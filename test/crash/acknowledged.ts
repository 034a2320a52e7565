import type { CollectionName } from '../../schemas/registry';

export interface Acknowledged {
  readonly collection: CollectionName;
  readonly id: string;
  readonly ver: number;
  readonly edit: string;
  /** The document as it was sent. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** What the server has said that it has, by the terminals that were told: none of it may ever be missing. */
export class AcknowledgedRows {
  readonly #rows: Acknowledged[] = [];

  add(row: Acknowledged): void {
    this.#rows.push(row);
  }

  get count(): number {
    return this.#rows.length;
  }

  all(): readonly Acknowledged[] {
    return this.#rows;
  }

  /** The last acknowledged state of each document of a collection, by id. */
  newest(collection: CollectionName): Map<string, Acknowledged> {
    const newest = new Map<string, Acknowledged>();
    for (const row of this.#rows) {
      if (row.collection !== collection) continue;
      if ((newest.get(row.id)?.ver ?? 0) <= row.ver) newest.set(row.id, row);
    }
    return newest;
  }
}

/** A document without what the server adds to it. */
export function contentOf(document: Readonly<Record<string, unknown>>): string {
  const { ver, edit, pending, flags, ...content } = document;
  return JSON.stringify(content, Object.keys(content).sort());
}

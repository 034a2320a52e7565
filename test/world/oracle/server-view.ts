import Database from 'libsql';

/* The oracle reads the database by its own SQL and shares no code with the product: a defect there is not repeated here. */

export type Doc = Record<string, unknown> & { id: string };

interface Connection {
  prepare(sql: string): { all(...values: unknown[]): unknown[] };
  close(): void;
}

/** A state of a document that the server has. `archived`: 0 or 1. */
interface Standing {
  collection: string;
  id: string;
  ver: number;
  edit: string;
  archived: number;
}

/** What the server's database says, read from its file. */
export class ServerView {
  readonly #connection: Connection;

  constructor(file: string) {
    this.#connection = new Database(file, { readonly: true }) as unknown as Connection;
  }

  /** Documents of a collection by id. */
  documents(collection: string): Map<string, Doc> {
    const rows = this.#all('SELECT json FROM documents WHERE collection = ?', collection);
    const documents = rows.map(({ json }) => JSON.parse(String(json)) as Doc);
    return new Map(documents.map((document) => [document.id, document]));
  }

  /** Those that terminals are to hold: all but the invoices that the server has archived. */
  held(collection: string): Map<string, Doc> {
    const held = this.documents(collection);
    const rows = this.#all(
      'SELECT id FROM documents WHERE collection = ? AND archived = 1',
      collection,
    );
    for (const { id } of rows) held.delete(String(id));
    return held;
  }

  /** The state of every document, as one text: it is another one whenever something was written, archived or brought back. */
  states(): string {
    return JSON.stringify(this.standing());
  }

  /** Which state of each document there is. */
  standing(): Standing[] {
    return this.#all(
      'SELECT collection, id, ver, edit, archived FROM documents ORDER BY collection, id',
    ) as unknown as Standing[];
  }

  /** Every edit that was ever accepted in a collection, and those that its documents have now. */
  edits(collection: string): Set<string> {
    return new Set(
      [
        ...this.#all('SELECT edit FROM edits WHERE collection = ?', collection),
        ...this.#all('SELECT edit FROM documents WHERE collection = ?', collection),
      ].map(({ edit }) => String(edit)),
    );
  }

  /** The movements that stock is made of. */
  moves(): { source: string; sourceId: string; productId: string; quantity: number }[] {
    return this.#all('SELECT source, source_id, product_id, quantity FROM stock_moves').map(
      (row) => ({
        source: String(row['source']),
        sourceId: String(row['source_id']),
        productId: String(row['product_id']),
        quantity: Number(row['quantity']),
      }),
    );
  }

  /** Sequence numbers of each collection: those of its documents, and its counter's. */
  sequences(): {
    collection: string;
    seqs: number[];
    /** Documents that terminals are to hold. */
    held: number;
    counter: number;
    count: number;
  }[] {
    return this.#all('SELECT collection, seq, count FROM counters').map((row) => ({
      collection: String(row['collection']),
      counter: Number(row['seq']),
      count: Number(row['count']),
      held: this.held(String(row['collection'])).size,
      seqs: this.#all(
        'SELECT seq FROM documents WHERE collection = ? ORDER BY seq',
        row['collection'],
      ).map(({ seq }) => Number(seq)),
    }));
  }

  /** Entries of the owner's journal, by action. */
  audits(): Map<string, number> {
    const rows = this.#all('SELECT action, count(*) AS n FROM audit GROUP BY action');
    return new Map(rows.map(({ action, n }) => [String(action), Number(n)]));
  }

  /** Bodies that revoked terminals sent. */
  keptAside(): number {
    return Number(this.#all('SELECT count(*) AS n FROM quarantine')[0]?.['n']);
  }

  close(): void {
    this.#connection.close();
  }

  #all(sql: string, ...values: unknown[]): Record<string, unknown>[] {
    return this.#connection.prepare(sql).all(...values) as Record<string, unknown>[];
  }
}

/** What a browser profile keeps: its tables and its cookies. A copy of it is a copied profile (F13). */
export interface DiskImage {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly cookies: ReadonlyMap<string, string>;
  /** Of its key, hexadecimal; null before it was needed. */
  readonly secret: string | null;
}

export class TerminalDisk {
  /** Nothing more can be written. */
  full = false;
  secret: string | null = null;
  #tables = new Map<string, Map<string, string>>();
  readonly cookies = new Map<string, string>();

  load(table: string): string[] {
    return [...(this.#tables.get(table)?.values() ?? [])];
  }

  write(table: string, documents: readonly { id: string; json: string }[]): void {
    const rows = this.#tables.get(table) ?? new Map<string, string>();
    for (const { id, json } of documents) rows.set(id, json);
    this.#tables.set(table, rows);
  }

  image(): DiskImage {
    return {
      tables: new Map([...this.#tables].map(([name, rows]) => [name, new Map(rows)])),
      cookies: new Map(this.cookies),
      secret: this.secret,
    };
  }

  restore(image: DiskImage): void {
    this.#tables = new Map([...image.tables].map(([name, rows]) => [name, new Map(rows)]));
    this.secret = image.secret;
    this.cookies.clear();
    for (const [name, value] of image.cookies) this.cookies.set(name, value);
  }

  wipe(): void {
    this.#tables.clear();
    this.secret = null;
    this.cookies.clear();
  }
}

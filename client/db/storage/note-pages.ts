/** Documents that are kept together, as one JSON text. */
export interface NotePage {
  ids: readonly string[];
  text: string;
}

/** Which documents a table holds, and on which page each. `version` changes with every write to the table. */
export interface NoteIndex {
  version: number;
  ids: ReadonlyMap<number, readonly string[]>;
}

/**
 * Where the notes of a replication are kept: numbered pages, by table. Reading and writing name the version that they
 * build on; when another tab has written meanwhile they do nothing and say so.
 */
export interface NotePages {
  index(table: string): Promise<NoteIndex>;
  /** Texts of the pages, in that order; null: the table is not at this version any more. */
  read(table: string, version: number, pages: readonly number[]): Promise<string[] | null>;
  /** Puts the pages in one transaction, and the version up by one; false: it is not at this version any more. */
  write(table: string, version: number, pages: ReadonlyMap<number, NotePage>): Promise<boolean>;
  clear(table: string): Promise<void>;
}

/** Notes of terminals that keep everything in memory. */
export function memoryNotePages(): NotePages {
  const tables = new Map<string, { version: number; pages: Map<number, NotePage> }>();
  const table = (name: string) => {
    const known = tables.get(name) ?? { version: 0, pages: new Map<number, NotePage>() };
    tables.set(name, known);
    return known;
  };
  return {
    index(name) {
      const { version, pages } = table(name);
      const ids = new Map([...pages].map(([number, page]) => [number, page.ids]));
      return Promise.resolve({ version, ids });
    },
    read(name, version, pages) {
      const known = table(name);
      if (known.version !== version) return Promise.resolve(null);
      return Promise.resolve(pages.map((number) => known.pages.get(number)?.text ?? '[]'));
    },
    write(name, version, pages) {
      const known = table(name);
      if (known.version !== version) return Promise.resolve(false);
      for (const [number, page] of pages) known.pages.set(number, page);
      known.version += 1;
      return Promise.resolve(true);
    },
    clear(name) {
      /* The version goes on: whoever still holds the old one must notice. */
      tables.set(name, { version: table(name).version + 1, pages: new Map() });
      return Promise.resolve();
    },
  };
}

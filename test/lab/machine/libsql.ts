import type { Database as Engine, SqlJsStatic, Statement } from 'sql.js';
import { existsSync, readFileSync, writeFileSync } from './fs';

/*
 * libsql's API, as far as the server and the oracle use it, over SQLite compiled to WebAssembly. A database lives in
 * memory while anybody has it open; whoever closes it last leaves its bytes in the file, for a backup or the next start.
 */

let sqlite: SqlJsStatic | null = null;

/** Gives the engine; before any database is opened. */
export const provideSqlite = (engine: SqlJsStatic): void => {
  sqlite = engine;
};

interface Shared {
  engine: Engine;
  users: number;
  inTransaction: boolean;
}
const open = new Map<string, Shared>();

function share(file: string): Shared {
  if (sqlite === null) throw new Error('SQLite is not there yet');
  const shared = open.get(file) ?? {
    engine: new sqlite.Database(existsSync(file) ? readFileSync(file) : null),
    users: 0,
    inTransaction: false,
  };
  open.set(file, shared);
  shared.users += 1;
  return shared;
}

type Values = readonly unknown[];
type Row = Record<string, unknown>;

/** Prepared once; each call reads all of its rows. */
class Prepared {
  readonly reader: boolean;

  constructor(
    private readonly shared: Shared,
    private readonly statement: Statement,
    private readonly sql: string,
  ) {
    this.reader = statement.getColumnNames().length > 0;
  }

  /** Values one by one, or a list of them, as libsql takes both. */
  all(...given: unknown[]): Row[] {
    const rows: Row[] = [];
    this.#each(given.flat(), () => rows.push(this.statement.getAsObject()));
    return rows;
  }

  run(...given: unknown[]): { changes: number; lastInsertRowid: number } {
    this.#each(given.flat(), () => undefined);
    return { changes: this.shared.engine.getRowsModified(), lastInsertRowid: 0 };
  }

  *iterate(...given: unknown[]): IterableIterator<Row> {
    yield* this.all(...given);
  }

  #each(values: Values, row: () => void): void {
    try {
      this.statement.bind(values as (string | number | null)[]);
      while (this.statement.step()) row();
    } catch (error) {
      throw this.#told(error);
    } finally {
      this.statement.reset();
    }
    if (/^begin/i.test(this.sql)) this.shared.inTransaction = true;
    else if (/^(commit|rollback)(?! to)/i.test(this.sql)) this.shared.inTransaction = false;
  }

  /** The engine has words only where libsql has a code too. A full disk ends the transaction, as it does on a disk. */
  #told(error: unknown): unknown {
    if (!(error instanceof Error) || !error.message.includes('disk is full')) return error;
    if (this.shared.inTransaction) {
      try {
        this.shared.engine.run('ROLLBACK');
      } catch {
        /* SQLite has done so by itself. */
      }
    }
    this.shared.inTransaction = false;
    return Object.assign(error, { code: 'SQLITE_FULL' });
  }
}

export default class Database {
  readonly #shared: Shared;
  readonly #statements: Statement[] = [];
  #isOpen = true;

  constructor(private readonly file: string) {
    this.#shared = share(file);
  }

  get inTransaction(): boolean {
    return this.#shared.inTransaction;
  }

  /** How a file is written and who waits for it is of no account in memory. */
  pragma(text: string): void {
    if (/^foreign_keys/.test(text)) this.#shared.engine.run(`PRAGMA ${text}`);
  }

  prepare(sql: string): Prepared {
    const statement = this.#shared.engine.prepare(sql);
    this.#statements.push(statement);
    return new Prepared(this.#shared, statement, sql);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const shared = this.#shared;
    for (const statement of this.#statements) statement.free();
    shared.users -= 1;
    if (shared.users > 0) return;
    if (shared.inTransaction) shared.engine.run('ROLLBACK');
    writeFileSync(this.file, shared.engine.export());
    shared.engine.close();
    open.delete(this.file);
  }
}

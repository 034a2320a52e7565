import { type DatabaseConnection, type SqliteDatabase, SqliteDialect, SqliteDriver } from 'kysely';
import { preparedStatements } from './prepared-statements';

/** What libsql offers, as far as we use it; the same as better-sqlite3. */
export interface EmbeddedDatabase extends SqliteDatabase {
  readonly inTransaction: boolean;
}

/**
 * Kysely's driver, but for two things. Statements are prepared once. And where the disk is full SQLite has rolled back
 * by itself, a second ROLLBACK fails, and its error would hide the first one: the terminal would hear of a defect (500)
 * instead of "not now" (503, F30).
 */
class EmbeddedDriver extends SqliteDriver {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    const prepare = preparedStatements((sql) => database.prepare(sql));
    super({
      database: {
        prepare,
        close: () => {
          prepare.forget();
          database.close();
        },
      },
    });
    this.#database = database;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

export class EmbeddedDialect extends SqliteDialect {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): EmbeddedDriver {
    return new EmbeddedDriver(this.#database);
  }
}

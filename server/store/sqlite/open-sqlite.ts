import { Kysely } from 'kysely';
import Database from 'libsql';
import type { Tables } from '../tables';
import { type EmbeddedDatabase, EmbeddedDialect } from './sqlite-dialect';

/**
 * Opens the embedded database. libsql speaks the API of better-sqlite3, and its binaries come inside npm packages: a
 * fresh clone needs neither a compiler nor a download from elsewhere.
 * WAL lets pulls read while a push writes; `synchronous=FULL` makes an acknowledged row survive a power cut.
 */
export function openSqlite(file: string): Kysely<Tables> {
  const database = new Database(file);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = ON',
    'busy_timeout = 5000',
  ]) {
    database.pragma(pragma);
  }
  return new Kysely<Tables>({
    dialect: new EmbeddedDialect(database as unknown as EmbeddedDatabase),
  });
}

import type { Kysely } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { textType } from './dialect';

/** Columns: `text` and `integer` only, which every SQL database has. `key` is the primary key. */
interface TableSpec {
  text: readonly string[];
  integer?: readonly string[];
  key: readonly string[];
  indexes?: readonly { columns: readonly string[]; unique?: boolean }[];
}

const LIMITS: Readonly<Record<string, TableSpec>> = {
  limits: { text: ['store_id', 'key'], integer: ['hits', 'resets_at'], key: ['store_id', 'key'] },
};

const FIRST: Readonly<Record<string, TableSpec>> = {
  stores: { text: ['store_id', 'epoch', 'profile'], integer: ['demo'], key: ['store_id'] },
  counters: {
    text: ['store_id', 'collection', 'digest'],
    integer: ['seq', 'count'],
    key: ['store_id', 'collection'],
  },
  documents: {
    text: ['store_id', 'collection', 'id', 'edit', 'json'],
    integer: ['seq', 'ver'],
    key: ['store_id', 'collection', 'id'],
    indexes: [{ columns: ['store_id', 'collection', 'seq'], unique: true }],
  },
  edits: {
    text: ['store_id', 'collection', 'edit', 'id'],
    integer: ['ver'],
    key: ['store_id', 'collection', 'edit'],
  },
  stock_moves: {
    text: ['store_id', 'source_id', 'product_id', 'source'],
    integer: ['quantity'],
    /* The kind too: ids of different collections may be the same, and one must not stop the other. */
    key: ['store_id', 'source', 'source_id', 'product_id'],
    indexes: [{ columns: ['store_id', 'product_id'] }],
  },
  serials: { text: ['store_id', 'terminal_id', 'ranges'], key: ['store_id', 'terminal_id'] },
  consecutives: {
    text: ['store_id', 'consecutive', 'invoice_id'],
    key: ['store_id', 'consecutive', 'invoice_id'],
  },
  terminals: {
    text: [
      'store_id',
      'terminal_id',
      'name',
      'credential_hash',
      'enrolled_at',
      'last_seen_at',
      'revoked_at',
    ],
    integer: ['number'],
    key: ['store_id', 'terminal_id'],
    indexes: [{ columns: ['store_id', 'number'], unique: true }, { columns: ['credential_hash'] }],
  },
  enrolment_codes: {
    text: ['store_id', 'code_hash', 'expires_at', 'used_at'],
    key: ['store_id', 'code_hash'],
    indexes: [{ columns: ['code_hash'] }],
  },
  credentials: {
    text: ['store_id', 'user_id', 'user_name', 'password_hash'],
    key: ['store_id', 'user_id'],
    indexes: [{ columns: ['store_id', 'user_name'], unique: true }],
  },
  sessions: {
    text: ['store_id', 'token_hash', 'user_id', 'terminal_id', 'expires_at'],
    key: ['store_id', 'token_hash'],
  },
  logins: {
    text: ['store_id', 'terminal_id', 'user_id', 'last_at'],
    key: ['store_id', 'terminal_id', 'user_id'],
  },
  audit: {
    text: ['store_id', 'id', 'at', 'actor', 'action', 'details'],
    key: ['store_id', 'id'],
    indexes: [{ columns: ['store_id', 'at'] }],
  },
  quarantine: {
    text: ['store_id', 'id', 'at', 'terminal_id', 'collection', 'body'],
    key: ['store_id', 'id'],
  },
};

const createTables = (tables: Readonly<Record<string, TableSpec>>): Migration => ({
  async up(db: Kysely<never>): Promise<void> {
    for (const [name, spec] of Object.entries(tables)) {
      let table = db.schema.createTable(name);
      for (const column of spec.text) {
        table = table.addColumn(column, textType(db), (type) => type.notNull());
      }
      for (const column of spec.integer ?? []) {
        table = table.addColumn(column, 'bigint', (type) => type.notNull());
      }
      await table.addPrimaryKeyConstraint(`${name}_key`, [...spec.key] as never).execute();
      for (const { columns, unique } of spec.indexes ?? []) {
        const index = db.schema
          .createIndex(`${name}_by_${columns.join('_')}`)
          .on(name)
          .columns([...columns]);
        await (unique === true ? index.unique() : index).execute();
      }
    }
  },
});

/** In order of their names; a migration that has been released is never changed. */
export const migrations: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({ '0001-tables': createTables(FIRST), '0400-limits': createTables(LIMITS) }),
};

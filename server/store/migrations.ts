import type { Kysely } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import type { Invoice } from '../../schemas/invoices';
import { auditMigration } from './audit-migration';
import { textType } from './dialect';
import { growthMigration } from './growth-migration';
import { notesMigration } from './notes-migration';
import type { Tables } from './tables';

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

/** Tables that approvals brought. */
const APPROVALS: Readonly<Record<string, TableSpec>> = {
  approval_keys: {
    text: ['store_id', 'user_id', 'key_text'],
    key: ['store_id', 'user_id', 'key_text'],
  },
};

/** Links of the terminals' chains, with those of the invoices that are there already. */
const CHAIN_LINKS: Readonly<Record<string, TableSpec>> = {
  chain_links: {
    text: ['store_id', 'terminal_id', 'prev', 'invoice_id'],
    key: ['store_id', 'terminal_id', 'prev', 'invoice_id'],
  },
};

const fillLinks: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await createTables(CHAIN_LINKS).up(db);
    const tables = db as unknown as Kysely<Pick<Tables, 'documents' | 'chain_links'>>;
    for (let last = { store_id: '', seq: 0 }, more = true; more; ) {
      const rows = await tables
        .selectFrom('documents')
        .where('collection', '=', 'invoices')
        .where((where) =>
          where.or([
            where('store_id', '>', last.store_id),
            where.and([where('store_id', '=', last.store_id), where('seq', '>', last.seq)]),
          ]),
        )
        .orderBy('store_id')
        .orderBy('seq')
        .limit(1000)
        .select(['store_id', 'id', 'seq', 'json'])
        .execute();
      for (const { store_id, id, json } of rows) {
        const { terminalId, chain } = JSON.parse(json) as Invoice;
        await tables
          .insertInto('chain_links')
          .values({ store_id, terminal_id: terminalId, prev: chain.prev, invoice_id: id })
          .execute();
      }
      last = rows.at(-1) ?? last;
      more = rows.length > 0;
    }
  },
};

/** Which entries of the log wait for which product; with those of the entries that are there already. */
const AWAITED: Readonly<Record<string, TableSpec>> = {
  awaited_prices: {
    text: ['store_id', 'product_id', 'entry_id'],
    key: ['store_id', 'product_id', 'entry_id'],
  },
};

const fillAwaited: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await createTables(AWAITED).up(db);
    const tables = db as unknown as Kysely<Pick<Tables, 'audit' | 'awaited_prices'>>;
    const entries = await tables
      .selectFrom('audit')
      .where('action', '=', 'productUnknown')
      .select(['store_id', 'id', 'details'])
      .execute();
    for (const { store_id, id: entry_id, details } of entries) {
      const { prices } = JSON.parse(details) as { prices: { productId: string }[] };
      for (const product_id of new Set(prices.map(({ productId }) => productId))) {
        await tables
          .insertInto('awaited_prices')
          .values({ store_id, product_id, entry_id })
          .execute();
      }
    }
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

/** Terminals of version 0.1.0 have no key; they bring one with their next login. */
const terminalKeys: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const column of ['public_key', 'nonce', 'copied_at']) {
      await db.schema
        .alterTable('terminals')
        .addColumn(column, textType(db), (type) => type.notNull().defaultTo(''))
        .execute();
    }
    await db.schema
      .alterTable('terminals')
      .addColumn('signed_from', 'bigint', (type) => type.notNull().defaultTo(0))
      .execute();
    await db.schema.createIndex('terminals_by_id').on('terminals').column('terminal_id').execute();
    await db.schema
      .alterTable('enrolment_codes')
      .addColumn('terminal_id', textType(db), (type) => type.notNull().defaultTo(''))
      .execute();
    let challenges = db.schema.createTable('challenges');
    for (const column of ['store_id', 'challenge_hash', 'terminal_id', 'expires_at']) {
      challenges = challenges.addColumn(column, textType(db), (type) => type.notNull());
    }
    await challenges
      .addPrimaryKeyConstraint('challenges_key', ['store_id', 'challenge_hash'] as never)
      .execute();
  },
};

const ORIGINS: Readonly<Record<string, TableSpec>> = {
  origins: {
    text: ['store_id', 'collection', 'id', 'json'],
    key: ['store_id', 'collection', 'id'],
  },
};

/** What a life of the data began with, and which life it came from; lives before this migration say neither. */
const origins: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await createTables(ORIGINS).up(db);
    await db.schema
      .alterTable('stores')
      .addColumn('parent_epoch', textType(db), (type) => type.notNull().defaultTo(''))
      .execute();
  },
};

const FLEET: Readonly<Record<string, TableSpec>> = {
  terminal_reports: {
    text: ['store_id', 'terminal_id', 'received_at', 'body'],
    integer: ['counter', 'skew_ms'],
    key: ['store_id', 'terminal_id'],
  },
  fleet_hours: {
    text: ['store_id', 'hour'],
    integer: ['invoices_seq', 'syncs'],
    key: ['store_id', 'hour'],
  },
};

/** In order of their names; a migration that has been released is never changed. */
export const migrations: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      '0001-tables': createTables(FIRST),
      '0100_terminal-keys': terminalKeys,
      '0200_audit-append-only': auditMigration,
      '0201_approval-keys': createTables(APPROVALS),
      '0202_chain-links': fillLinks,
      '0400-limits': createTables(LIMITS),
      '0410_awaited-prices': fillAwaited,
      '0420-origins': origins,
      '0520-fleet': createTables(FLEET),
      '0530-growth': growthMigration,
      '0540-notes': notesMigration,
    }),
};

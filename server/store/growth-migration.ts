import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { jsonField, textType } from './dialect';

/**
 * What lets a store grow: when each invoice was issued, whether terminals still hold it, and the store's cut. The indexes
 * have rows of invoices only, those of live ones no others: a pull does not step over the years, and writing any other
 * document costs what it did.
 */
export const growthMigration: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .alterTable('documents')
      .addColumn('issued', textType(db), (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .alterTable('documents')
      .addColumn('archived', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    await sql`update documents set issued = coalesce(${jsonField(db, 'issuedAt')}, '')
      where collection = 'invoices'`.execute(db);
    for (const statement of [
      `create index invoices_by_issued on documents (store_id, collection, issued, id)
        where collection = 'invoices'`,
      `create index live_invoices_by_seq on documents (store_id, collection, seq)
        where collection = 'invoices' and archived = 0`,
      `create index live_invoices_by_id on documents (store_id, collection, id)
        where collection = 'invoices' and archived = 0`,
    ]) {
      await sql.raw(statement).execute(db);
    }
    let cuts = db.schema.createTable('cuts');
    for (const column of ['store_id', 'before', 'kept', 'at']) {
      cuts = cuts.addColumn(column, textType(db), (type) => type.notNull());
    }
    await cuts
      .addColumn('seq', 'bigint', (type) => type.notNull())
      .addPrimaryKeyConstraint('cuts_key', ['store_id'] as never)
      .execute();
  },
};

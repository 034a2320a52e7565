import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { correctedInvoice } from './dialect';
import { isInvoice } from './is-live';

/**
 * Finds the notes about an invoice among the years. By what is stored, not by a column of its own: what a node before this
 * release writes is found too.
 */
export const notesMigration: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    const about = correctedInvoice(db);
    await sql`create index notes_by_invoice on documents (store_id, collection, ${about})
      where ${isInvoice} and ${about} is not null`.execute(db);
  },
};

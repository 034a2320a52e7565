import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables';

/* What Kysely does not write by itself for both databases. Everything else is one query code. */

export const isPostgres = (db: Pick<Kysely<unknown>, 'getExecutor'>): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter;

/**
 * Type of a text column, for migrations. Texts are compared by their bytes on both databases: ids are listed in that
 * order, and a PostgreSQL whose locale sorts otherwise would leave documents out of a comparison.
 */
export const textType = (db: Pick<Kysely<unknown>, 'getExecutor'>): RawBuilder<unknown> =>
  isPostgres(db) ? sql`text collate "C"` : sql`text`;

/**
 * A field at the top of the JSON that the column `json` holds, as text: an id, an instant, a code or a number. PostgreSQL
 * reads no document in which somebody typed a NUL or half a character, so their escapes are made plain text before (`/` may
 * follow a backslash, too).
 */
export const jsonField = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  field: string,
): RawBuilder<string> =>
  isPostgres(db)
    ? sql`(replace(json, '\\u', '/u')::json->>${sql.lit(field)})`
    : sql`json_extract(json, ${sql.lit(`$.${field}`)})`;

/**
 * The invoice that a note in the column `json` is about, as text; null where it is no note. Spelled out and not bound, as
 * the index `notes_by_invoice` has it: a query has to say the very same. On PostgreSQL not by its JSON, which takes no NUL and
 * no half character that somebody typed: such an invoice could not be stored. The name stands nowhere else in an invoice,
 * and a quote in a text is escaped.
 */
export const correctedInvoice = (
  db: Pick<Kysely<unknown>, 'getExecutor'>,
): RawBuilder<string | null> =>
  isPostgres(db)
    ? sql`substring(json, '"invoiceId":"([^"]+)"')`
    : sql`json_extract(json, '$.reference.invoiceId')`;

/**
 * Keeps other writers of a store out until the transaction ends. SQLite has one writer anyhow. On PostgreSQL a push reads
 * what it then builds on: two at a time would both accept the same version. The store's row is what they wait for.
 */
export async function lockStore(transaction: Kysely<Tables>, storeId: string): Promise<void> {
  if (!isPostgres(transaction)) return;
  await transaction
    .selectFrom('stores')
    .where('store_id', '=', storeId)
    .select('store_id')
    .forUpdate()
    .execute();
}

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres, textType } from './dialect';

/** What was audited before says its terminal in the details only. */
async function fillTerminals(db: Kysely<AuditRows>): Promise<void> {
  const rows = await db.selectFrom('audit').select(['store_id', 'id', 'details']).execute();
  for (const { store_id, id, details } of rows) {
    const { terminalId } = JSON.parse(details) as { terminalId?: unknown };
    if (typeof terminalId !== 'string') continue;
    await db
      .updateTable('audit')
      .set({ terminal_id: terminalId })
      .where('store_id', '=', store_id)
      .where('id', '=', id)
      .execute();
  }
}

interface AuditRows {
  audit: { store_id: string; id: string; details: string; terminal_id: string };
}

/**
 * The log names the terminal, and takes nothing but new entries from here on: the database itself refuses to change or
 * remove one, whatever code, or person with the server's own connection, asks for it.
 */
export const auditMigration: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .alterTable('audit')
      .addColumn('terminal_id', textType(db), (column) => column.notNull().defaultTo(''))
      .execute();
    await fillTerminals(db as unknown as Kysely<AuditRows>);
    if (!isPostgres(db)) {
      for (const event of ['update', 'delete']) {
        await sql
          .raw(
            `create trigger audit_refuses_${event} before ${event} on audit begin select raise(abort, 'audit is append only'); end`,
          )
          .execute(db);
      }
      /* INSERT OR REPLACE removes a row without asking the trigger of deletes: an entry that is there is left alone. */
      await sql
        .raw(
          'create trigger audit_keeps_entries before insert on audit when exists (select 1 from audit where store_id = new.store_id and id = new.id) begin select raise(ignore); end',
        )
        .execute(db);
      return;
    }
    await sql
      .raw(
        `create function audit_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'audit is append only'; end $$`,
      )
      .execute(db);
    await sql
      .raw(
        'create trigger audit_refuses_changes before update or delete on audit for each row execute function audit_is_append_only()',
      )
      .execute(db);
    await sql
      .raw(
        'create trigger audit_refuses_truncate before truncate on audit for each statement execute function audit_is_append_only()',
      )
      .execute(db);
  },
};

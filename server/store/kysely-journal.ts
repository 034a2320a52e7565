import type { Kysely } from 'kysely';
import type { JournalStore } from './port';
import type { Tables } from './tables';

export function kyselyJournal(db: Kysely<Tables>, storeId: string): JournalStore {
  return {
    async audit({ details, ...entry }) {
      await db
        .insertInto('audit')
        .values({ store_id: storeId, ...entry, details: JSON.stringify(details) })
        .execute();
    },
    async audits(action) {
      const rows = await db
        .selectFrom('audit')
        .where('store_id', '=', storeId)
        .where('action', '=', action)
        .orderBy('at')
        .select(['id', 'at', 'actor', 'action', 'details'])
        .execute();
      return rows.map((row) => ({
        ...row,
        details: JSON.parse(row.details) as Record<string, unknown>,
      }));
    },
    async quarantine({ terminalId, ...entry }) {
      await db
        .insertInto('quarantine')
        .values({ store_id: storeId, terminal_id: terminalId, ...entry })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async keptAside() {
      const rows = await db
        .selectFrom('quarantine')
        .where('store_id', '=', storeId)
        .orderBy('at')
        .select(['id', 'at', 'terminal_id', 'collection', 'body'])
        .execute();
      return rows.map(({ terminal_id, ...row }) => ({ ...row, terminalId: terminal_id }));
    },
    async quarantined() {
      const row = await db
        .selectFrom('quarantine')
        .where('store_id', '=', storeId)
        .select((column) => column.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },
  };
}

import type { Kysely } from 'kysely';
import { chunks } from './chunks';
import type { AuditEntry, JournalStore } from './port';
import type { Tables } from './tables';

const parsed = <R extends { details: string }>(row: R) => ({
  ...row,
  details: JSON.parse(row.details) as Record<string, unknown>,
});

export function kyselyJournal(db: Kysely<Tables>, storeId: string): JournalStore {
  return {
    async audit({ details, terminalId = '', ...entry }) {
      await db
        .insertInto('audit')
        .values({
          store_id: storeId,
          ...entry,
          terminal_id: terminalId,
          details: JSON.stringify(details),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async auditPage({ filter, before, limit }) {
      let query = db.selectFrom('audit').where('store_id', '=', storeId);
      if (filter.actor !== undefined) query = query.where('actor', '=', filter.actor);
      if (filter.action !== undefined) query = query.where('action', '=', filter.action);
      if (filter.terminal !== undefined) query = query.where('terminal_id', '=', filter.terminal);
      if (filter.from !== undefined) query = query.where('at', '>=', filter.from);
      if (filter.to !== undefined) query = query.where('at', '<', filter.to);
      if (before !== null) {
        query = query.where((where) =>
          where.or([
            where('at', '<', before.at),
            where.and([where('at', '=', before.at), where('id', '<', before.id)]),
          ]),
        );
      }
      const rows = await query
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .select(['id', 'at', 'actor', 'action', 'terminal_id', 'details'])
        .execute();
      return rows.map(({ terminal_id, details, ...row }) => ({
        ...row,
        terminalId: terminal_id,
        details: JSON.parse(details) as Record<string, unknown>,
      }));
    },
    async audits(action) {
      const rows = await db
        .selectFrom('audit')
        .where('store_id', '=', storeId)
        .where('action', '=', action)
        .orderBy('at')
        .select(['id', 'at', 'actor', 'action', 'details'])
        .execute();
      return rows.map(parsed);
    },
    async awaitProducts(productIds, entryId) {
      if (productIds.length === 0) return;
      const rows = [...new Set(productIds)].map((product_id) => ({
        store_id: storeId,
        product_id,
        entry_id: entryId,
      }));
      await db
        .insertInto('awaited_prices')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async awaiting(productIds) {
      const ids = new Set<string>();
      for (const chunk of chunks(productIds)) {
        const found = await db
          .selectFrom('awaited_prices')
          .where('store_id', '=', storeId)
          .where('product_id', 'in', chunk)
          .select('entry_id')
          .execute();
        for (const { entry_id } of found) ids.add(entry_id);
      }
      const entries: AuditEntry[] = [];
      for (const chunk of chunks([...ids])) {
        const rows = await db
          .selectFrom('audit')
          .where('store_id', '=', storeId)
          .where('id', 'in', chunk)
          .orderBy('at')
          .orderBy('id')
          .select(['id', 'at', 'actor', 'action', 'details'])
          .execute();
        entries.push(...rows.map(parsed));
      }
      return entries;
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
    async hasKeptAside(id) {
      const row = await db
        .selectFrom('quarantine')
        .where('store_id', '=', storeId)
        .where('id', '=', id)
        .select('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async removeKeptAside(id) {
      const result = await db
        .deleteFrom('quarantine')
        .where('store_id', '=', storeId)
        .where('id', '=', id)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
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

import type { Kysely } from 'kysely';
import { chunks } from './chunks';
import type { LedgerStore } from './port';
import type { Tables } from './tables';

export function kyselyLedger(db: Kysely<Tables>, storeId: string): LedgerStore {
  return {
    async addMoves(moves) {
      for (const chunk of chunks(moves)) {
        await db
          .insertInto('stock_moves')
          .values(
            chunk.map(({ sourceId, source, productId, quantity }) => ({
              store_id: storeId,
              source_id: sourceId,
              product_id: productId,
              source,
              quantity,
            })),
          )
          .execute();
      }
    },

    async sumOfMoves(productId) {
      const row = await db
        .selectFrom('stock_moves')
        .where('store_id', '=', storeId)
        .where('product_id', '=', productId)
        .select((column) => column.fn.sum<number | null>('quantity').as('sum'))
        .executeTakeFirst();
      return Number(row?.sum ?? 0);
    },

    async serials(terminalId) {
      const row = await db
        .selectFrom('serials')
        .where('store_id', '=', storeId)
        .where('terminal_id', '=', terminalId)
        .select('ranges')
        .executeTakeFirst();
      return row === undefined ? [] : (JSON.parse(row.ranges) as number[]);
    },

    async setSerials(terminalId, ranges) {
      await db
        .insertInto('serials')
        .values({ store_id: storeId, terminal_id: terminalId, ranges: JSON.stringify(ranges) })
        .onConflict((conflict) =>
          conflict
            .columns(['store_id', 'terminal_id'])
            .doUpdateSet((column) => ({ ranges: column.ref('excluded.ranges') })),
        )
        .execute();
    },

    async addConsecutive(consecutive, invoiceId) {
      const others = await db
        .selectFrom('consecutives')
        .where('store_id', '=', storeId)
        .where('consecutive', '=', consecutive)
        .where('invoice_id', '!=', invoiceId)
        .select('invoice_id')
        .execute();
      await db
        .insertInto('consecutives')
        .values({ store_id: storeId, consecutive, invoice_id: invoiceId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return others.map((row) => row.invoice_id);
    },

    async links({ after, limit }) {
      let query = db.selectFrom('chain_links').where('store_id', '=', storeId);
      if (after !== null) {
        const { terminalId, prev, invoiceId } = after;
        query = query.where((where) =>
          where.or([
            where('terminal_id', '>', terminalId),
            where.and([where('terminal_id', '=', terminalId), where('prev', '>', prev)]),
            where.and([
              where('terminal_id', '=', terminalId),
              where('prev', '=', prev),
              where('invoice_id', '>', invoiceId),
            ]),
          ]),
        );
      }
      const rows = await query
        .orderBy('terminal_id')
        .orderBy('prev')
        .orderBy('invoice_id')
        .limit(limit)
        .select(['terminal_id', 'prev', 'invoice_id'])
        .execute();
      return rows.map(({ terminal_id, prev, invoice_id }) => ({
        terminalId: terminal_id,
        prev,
        invoiceId: invoice_id,
      }));
    },

    async consecutivesOf(invoiceIds) {
      const found = new Map<string, string>();
      for (const chunk of chunks(invoiceIds)) {
        const rows = await db
          .selectFrom('consecutives')
          .where('store_id', '=', storeId)
          .where('invoice_id', 'in', chunk)
          .select(['consecutive', 'invoice_id'])
          .execute();
        for (const { consecutive, invoice_id } of rows) found.set(invoice_id, consecutive);
      }
      return found;
    },

    async addLink({ terminalId, prev, invoiceId }) {
      const others = await db
        .selectFrom('chain_links')
        .where('store_id', '=', storeId)
        .where('terminal_id', '=', terminalId)
        .where('prev', '=', prev)
        .where('invoice_id', '!=', invoiceId)
        .select('invoice_id')
        .execute();
      await db
        .insertInto('chain_links')
        .values({ store_id: storeId, terminal_id: terminalId, prev, invoice_id: invoiceId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return others.map((row) => row.invoice_id);
    },
  };
}

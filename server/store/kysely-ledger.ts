import type { Kysely } from 'kysely';
import type { LedgerStore } from './port';
import type { Tables } from './tables';

const CHUNK = 500;

export function kyselyLedger(db: Kysely<Tables>, storeId: string): LedgerStore {
  return {
    async addMoves(moves) {
      for (let i = 0; i < moves.length; i += CHUNK) {
        await db
          .insertInto('stock_moves')
          .values(
            moves.slice(i, i + CHUNK).map(({ sourceId, source, productId, quantity }) => ({
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

    async links() {
      const rows = await db
        .selectFrom('chain_links')
        .leftJoin('consecutives', (join) =>
          join
            .onRef('consecutives.store_id', '=', 'chain_links.store_id')
            .onRef('consecutives.invoice_id', '=', 'chain_links.invoice_id'),
        )
        .where('chain_links.store_id', '=', storeId)
        .orderBy('consecutives.consecutive')
        .select(['chain_links.terminal_id', 'chain_links.invoice_id', 'consecutives.consecutive'])
        .execute();
      return rows.map(({ terminal_id, invoice_id, consecutive }) => ({
        terminalId: terminal_id,
        invoiceId: invoice_id,
        consecutive: consecutive ?? '',
      }));
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

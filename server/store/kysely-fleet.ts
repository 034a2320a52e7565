import { type Kysely, sql } from 'kysely';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { jsonField } from './dialect';
import type { FleetStore } from './fleet-port';
import type { Tables } from './tables';

/** Invoices that are looked at, at most: where no report bounds them, as after an update of the program. */
const LOOKED_AT = 50_000;

export function kyselyFleet(db: Kysely<Tables>, storeId: string): FleetStore {
  const documents = (collection: string) =>
    db.selectFrom('documents').where('store_id', '=', storeId).where('collection', '=', collection);

  const lastSeq = async (): Promise<number> => {
    const counter = await db
      .selectFrom('counters')
      .where('store_id', '=', storeId)
      .where('collection', '=', 'invoices')
      .select('seq')
      .executeTakeFirst();
    return Number(counter?.seq ?? 0);
  };

  /** A place in the sequence that invoices which came in this hour or later lie above. */
  const seqBefore = async (hour: string): Promise<number> => {
    const row = await db
      .selectFrom('fleet_hours')
      .where('store_id', '=', storeId)
      .where('hour', '<', hour)
      .orderBy('hour', 'desc')
      .select('invoices_seq')
      .executeTakeFirst();
    return Math.max(Number(row?.invoices_seq ?? 0), (await lastSeq()) - LOOKED_AT);
  };

  return {
    async keepReport({ terminalId, counter, receivedAt, skewMs, body }) {
      const kept = await db
        .insertInto('terminal_reports')
        .values({
          store_id: storeId,
          terminal_id: terminalId,
          counter,
          received_at: receivedAt,
          skew_ms: skewMs,
          body,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['store_id', 'terminal_id'])
            .doUpdateSet((column) => ({
              counter: column.ref('excluded.counter'),
              received_at: column.ref('excluded.received_at'),
              skew_ms: column.ref('excluded.skew_ms'),
              body: column.ref('excluded.body'),
            }))
            .whereRef('excluded.counter', '>', 'terminal_reports.counter'),
        )
        .returning('counter')
        .executeTakeFirst();
      return kept !== undefined;
    },

    async reports() {
      const rows = await db
        .selectFrom('terminal_reports')
        .where('store_id', '=', storeId)
        .select(['terminal_id', 'counter', 'received_at', 'skew_ms', 'body'])
        .execute();
      return rows.map((row) => ({
        terminalId: row.terminal_id,
        counter: Number(row.counter),
        receivedAt: row.received_at,
        skewMs: Number(row.skew_ms),
        body: row.body,
      }));
    },

    async countHour(hour, syncs) {
      const invoices_seq = await lastSeq();
      await db
        .insertInto('fleet_hours')
        .values({ store_id: storeId, hour, invoices_seq, syncs })
        .onConflict((conflict) =>
          conflict.columns(['store_id', 'hour']).doUpdateSet((column) => ({
            syncs: column('fleet_hours.syncs', '+', column.ref('excluded.syncs')),
          })),
        )
        .execute();
    },

    async removeHoursBefore(hour) {
      await db
        .deleteFrom('fleet_hours')
        .where('store_id', '=', storeId)
        .where('hour', '<', hour)
        .execute();
    },

    async syncsSince(hour) {
      const rows = await db
        .selectFrom('fleet_hours')
        .where('store_id', '=', storeId)
        .where('hour', '>=', hour)
        .orderBy('hour')
        .select(['hour', 'syncs'])
        .execute();
      return rows.map(({ hour: of, syncs }) => ({ hour: of, count: Number(syncs) }));
    },

    async salesSince(hour) {
      const issued = sql<string>`substr(${jsonField(db, 'issuedAt')}, 1, 13)`;
      const rows = await documents('invoices')
        .where('seq', '>', await seqBefore(hour))
        .where(jsonField(db, 'type'), 'in', ['01', '04'])
        .where(issued, '>=', hour)
        .groupBy(issued)
        .select(({ fn }) => [issued.as('hour'), fn.countAll<number>().as('n')])
        .execute();
      return rows.map(({ hour: of, n }) => ({ hour: of, count: Number(n) }));
    },

    async duplicatesSince(hour) {
      const rows = await documents('invoices')
        .where('seq', '>', await seqBefore(hour))
        .where('json', 'like', '%"DUPLICATE_CONSECUTIVE"%')
        .select('json')
        .execute();
      /* A note that quotes the word is no flag. */
      const flagged = rows
        .map(({ json }) => JSON.parse(json) as Invoice)
        .filter(({ flags }) => flags.includes('DUPLICATE_CONSECUTIVE'));
      return [...new Set(flagged.map(({ consecutive }) => consecutive))].sort();
    },

    async oversold(named) {
      const below = documents('stock').where(
        sql<number>`cast(${jsonField(db, 'onHand')} as bigint)`,
        '<',
        0,
      );
      const { n } = await below
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      const first = await below.orderBy('id').limit(named).select('id').execute();
      if (first.length === 0) return { count: 0, names: [] };
      const products = await documents('products')
        .where(
          'id',
          'in',
          first.map(({ id }) => id),
        )
        .orderBy('id')
        .select('json')
        .execute();
      const names = products.map(({ json }) => (JSON.parse(json) as Product).description);
      return { count: Number(n), names };
    },
  };
}

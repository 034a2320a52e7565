import type { Kysely } from 'kysely';
import type { Tables } from '../tables';
import type { Report } from './finding';

interface About {
  db: Kysely<Tables>;
  storeId: string;
  report: Report;
}

/** The ledger against the documents: stock, movements and numbers that no document stands behind, serials. */
export async function checkLedger(
  about: About,
  serials: ReadonlyMap<string, number[]>,
): Promise<void> {
  await checkStock(about);
  await checkOrphans(about);
  await checkTwins(about);
  await checkSerials(about, serials);
}

async function checkStock({ db, storeId, report }: About): Promise<void> {
  const sums = await db
    .selectFrom('stock_moves')
    .where('store_id', '=', storeId)
    .groupBy('product_id')
    .select(({ fn }) => ['product_id', fn.sum<number>('quantity').as('sum')])
    .execute();
  const left = new Map(sums.map((row) => [row.product_id, Number(row.sum)]));
  const stock = await db
    .selectFrom('documents')
    .where('store_id', '=', storeId)
    .where('collection', '=', 'stock')
    .select(['id', 'json'])
    .execute();
  for (const { id, json } of stock) {
    const found = String((JSON.parse(json) as { onHand?: unknown }).onHand);
    const expected = String(left.get(id) ?? 0);
    left.delete(id);
    if (found !== expected) report({ check: 'STOCK', subject: id, found, expected });
  }
  for (const [id, sum] of left) {
    report({ check: 'STOCK', subject: id, found: '-', expected: String(sum) });
  }
}

/** Movements and numbers whose document is not there. */
async function checkOrphans({ db, storeId, report }: About): Promise<void> {
  const moves = await db
    .selectFrom('stock_moves as move')
    .leftJoin('documents as document', (join) =>
      join
        .onRef('document.store_id', '=', 'move.store_id')
        .onRef('document.collection', '=', 'move.source')
        .onRef('document.id', '=', 'move.source_id'),
    )
    .where('move.store_id', '=', storeId)
    .where('move.source', '!=', 'opening')
    .where('document.id', 'is', null)
    .select(['move.source', 'move.source_id', 'move.product_id', 'move.quantity'])
    .execute();
  for (const { source, source_id, product_id, quantity } of moves) {
    const subject = `${source} ${source_id} ${product_id}`;
    report({ check: 'MOVE', subject, found: String(quantity), expected: '-' });
  }
  const numbers = await db
    .selectFrom('consecutives as number')
    .leftJoin('documents as document', (join) =>
      join
        .onRef('document.store_id', '=', 'number.store_id')
        .onRef('document.id', '=', 'number.invoice_id')
        .on('document.collection', '=', 'invoices'),
    )
    .where('number.store_id', '=', storeId)
    .where('document.id', 'is', null)
    .select(['number.invoice_id', 'number.consecutive'])
    .execute();
  for (const { invoice_id, consecutive } of numbers) {
    const subject = `invoices ${invoice_id}`;
    report({ check: 'CONSECUTIVE', subject, found: consecutive, expected: '-' });
  }
}

/** The same consecutive twice is kept (F24), but never silently: all but the first are flagged. */
async function checkTwins({ db, storeId, report }: About): Promise<void> {
  const twins = await db
    .selectFrom('consecutives')
    .where('store_id', '=', storeId)
    .groupBy('consecutive')
    .having(({ fn }) => fn.countAll(), '>', 1)
    .select('consecutive')
    .execute();
  for (const { consecutive } of twins) {
    const invoices = await db
      .selectFrom('consecutives as number')
      .innerJoin('documents as document', (join) =>
        join
          .onRef('document.store_id', '=', 'number.store_id')
          .onRef('document.id', '=', 'number.invoice_id')
          .on('document.collection', '=', 'invoices'),
      )
      .where('number.store_id', '=', storeId)
      .where('number.consecutive', '=', consecutive)
      .select('document.json')
      .execute();
    const flagged = invoices.filter(({ json }) => {
      const { flags } = JSON.parse(json) as { flags?: string[] };
      return flags?.includes('DUPLICATE_CONSECUTIVE') === true;
    }).length;
    if (flagged >= invoices.length - 1) continue;
    report({
      check: 'CONSECUTIVE',
      subject: consecutive,
      found: `${invoices.length} invoices, ${flagged} flagged`,
      expected: `${invoices.length - 1} flagged`,
    });
  }
}

async function checkSerials(
  { db, storeId, report }: About,
  serials: ReadonlyMap<string, number[]>,
): Promise<void> {
  const kept = await db
    .selectFrom('serials')
    .where('store_id', '=', storeId)
    .select(['terminal_id', 'ranges'])
    .execute();
  const found = new Map(kept.map((row) => [row.terminal_id, row.ranges]));
  for (const terminalId of new Set([...found.keys(), ...serials.keys()])) {
    const expected = JSON.stringify(rangesOf(serials.get(terminalId) ?? []));
    const own = found.get(terminalId) ?? '-';
    if (own !== expected) report({ check: 'SERIALS', subject: terminalId, found: own, expected });
  }
}

/** In ascending order each serial only ever lengthens the last range, or begins one. */
const rangesOf = (serials: readonly number[]): readonly number[] => {
  const ranges: number[] = [];
  for (const serial of [...serials].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last === undefined || serial > last + 1) ranges.push(serial, serial);
    else ranges[ranges.length - 1] = serial;
  }
  return ranges;
};

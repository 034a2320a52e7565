import type { Kysely } from 'kysely';
import type { Invoice } from '../../../schemas/invoices';
import type { Movement } from '../../../schemas/movements';
import { type AnyDocument, COLLECTIONS, type CollectionName } from '../../../schemas/registry';
import { isArchived } from '../../../shared/archive/is-archived';
import { addVersion, contentsOf, EMPTY_TALLY } from '../../../shared/proof/tally';
import type { Cut } from '../../../shared/protocol/messages';
import { stockEffects } from '../../../shared/stock/line-effects';
import { kyselyCuts } from '../kysely-cuts';
import type { Tables } from '../tables';
import type { Report } from './finding';

/** Documents looked at together; a store's invoices of years do not fit into memory. */
const PAGE = 500;

interface Row {
  id: string;
  seq: number;
  ver: number;
  edit: string;
  json: string;
  archived: number;
  document: Record<string, unknown>;
}

/**
 * Looks at every document of a collection and at what was written with it. Adds the serials of documents that move stock
 * to `serials`, by terminal, in no order.
 */
export async function checkDocuments(
  db: Kysely<Tables>,
  options: {
    storeId: string;
    collection: CollectionName;
    report: Report;
    serials: Map<string, number[]>;
  },
): Promise<void> {
  const about = { db, ...options };
  const { collection, serials } = options;
  const cut = collection === 'invoices' ? await kyselyCuts(db, options.storeId).cut() : null;
  let tally = EMPTY_TALLY;
  let highest = 0;
  for (let after = ''; ; ) {
    const rows = await readPage(about, after);
    for (const row of rows) {
      if (row.archived === 0) tally = addVersion(tally, row.id, row.ver);
      highest = Math.max(highest, row.seq);
      checkRow(about, row);
      checkArchived(about, row, cut);
      if (movesStock(collection)) addSerial(serials, row.document);
    }
    await checkEdits(about, rows);
    await checkMoves(about, rows);
    if (collection === 'invoices') await checkConsecutives(about, rows);
    if (rows.length < PAGE) break;
    after = rows.at(-1)?.id ?? after;
  }
  await checkCounter(about, { seq: highest, ...contentsOf(tally) });
}

const movesStock = (collection: CollectionName): boolean =>
  collection === 'invoices' || collection === 'movements';

function addSerial(serials: Map<string, number[]>, document: Record<string, unknown>): void {
  const terminalId = String(document['terminalId']);
  const own = serials.get(terminalId);
  if (own === undefined) serials.set(terminalId, [Number(document['serial'])]);
  else own.push(Number(document['serial']));
}

interface About {
  db: Kysely<Tables>;
  storeId: string;
  collection: CollectionName;
  report: Report;
}

async function readPage({ db, storeId, collection }: About, after: string): Promise<Row[]> {
  const rows = await db
    .selectFrom('documents')
    .where('store_id', '=', storeId)
    .where('collection', '=', collection)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .select(['id', 'seq', 'ver', 'edit', 'json', 'archived'])
    .execute();
  return rows.map((row) => ({
    ...row,
    seq: Number(row.seq),
    ver: Number(row.ver),
    archived: Number(row.archived),
    document: parse(row.json),
  }));
}

function parse(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function checkRow({ collection, report }: About, { id, ver, edit, document }: Row): void {
  const expected = JSON.stringify({ id, ver, edit, pending: 0 });
  const { id: ownId, ver: ownVer, edit: ownEdit, pending } = document;
  const found = JSON.stringify({ id: ownId, ver: ownVer, edit: ownEdit, pending });
  if (found !== expected) report({ check: 'ROW', subject: `${collection} ${id}`, found, expected });
}

/** Terminals go by the cut alone: what it names is archived, and nothing else. */
function checkArchived({ collection, report }: About, row: Row, cut: Cut | null): void {
  const { id, seq, archived, document } = row;
  const issuedAt = String(document['issuedAt']);
  const isCut = cut !== null && isArchived(cut, { seq, document: { id, issuedAt } });
  if (isCut === (archived === 1)) return;
  const [found, expected] = [String(archived), isCut ? '1' : '0'];
  report({ check: 'ARCHIVED', subject: `${collection} ${id}`, found, expected });
}

async function checkCounter(
  { db, storeId, collection, report }: About,
  counted: { seq: number; count: number; digest: string },
): Promise<void> {
  const kept = await db
    .selectFrom('counters')
    .where('store_id', '=', storeId)
    .where('collection', '=', collection)
    .select(['seq', 'count', 'digest'])
    .executeTakeFirst();
  if (kept === undefined && counted.count === 0) return;
  const of = (value: { seq: unknown; count: unknown; digest: unknown } | undefined): string =>
    value === undefined
      ? '-'
      : `seq ${Number(value.seq)}, count ${Number(value.count)}, digest ${value.digest}`;
  if (of(kept) === of(counted)) return;
  report({ check: 'COUNTER', subject: collection, found: of(kept), expected: of(counted) });
}

async function checkEdits({ db, storeId, collection, report }: About, rows: readonly Row[]) {
  const { immutable, direction } = COLLECTIONS[collection];
  if (immutable || direction === 'down' || rows.length === 0) return;
  const known = await db
    .selectFrom('edits')
    .where('store_id', '=', storeId)
    .where('collection', '=', collection)
    .where(
      'edit',
      'in',
      rows.map(({ edit }) => edit),
    )
    .select(['edit', 'id', 'ver'])
    .execute();
  const byEdit = new Map(known.map(({ edit, id, ver }) => [edit, `${id} ${Number(ver)}`]));
  for (const { edit, id, ver } of rows) {
    const [found, expected] = [byEdit.get(edit) ?? '-', `${id} ${ver}`];
    if (found !== expected)
      report({ check: 'EDIT', subject: `${collection} ${id}`, found, expected });
  }
}

async function checkMoves({ db, storeId, collection, report }: About, rows: readonly Row[]) {
  if (!movesStock(collection) || rows.length === 0) return;
  const moves = await db
    .selectFrom('stock_moves')
    .where('store_id', '=', storeId)
    .where('source', '=', collection)
    .where(
      'source_id',
      'in',
      rows.map(({ id }) => id),
    )
    .select(['source_id', 'product_id', 'quantity'])
    .execute();
  const left = new Map(
    moves.map((move) => [`${move.source_id} ${move.product_id}`, Number(move.quantity)]),
  );
  for (const { id, document } of rows) {
    for (const { productId, quantity } of effectsOf(document as unknown as Invoice | Movement)) {
      const found = left.get(`${id} ${productId}`);
      left.delete(`${id} ${productId}`);
      if (found === quantity) continue;
      const subject = `${collection} ${id} ${productId}`;
      report({ check: 'MOVE', subject, found: String(found ?? '-'), expected: String(quantity) });
    }
  }
  for (const [key, found] of left) {
    report({
      check: 'MOVE',
      subject: `${collection} ${key}`,
      found: String(found),
      expected: '-',
    });
  }
}

const effectsOf = (document: Invoice | Movement) =>
  ('lines' in document ? stockEffects(document) : [document]).filter(
    ({ quantity }) => quantity !== 0 && quantity !== undefined,
  );

async function checkConsecutives({ db, storeId, report }: About, rows: readonly Row[]) {
  if (rows.length === 0) return;
  const noted = await db
    .selectFrom('consecutives')
    .where('store_id', '=', storeId)
    .where(
      'invoice_id',
      'in',
      rows.map(({ id }) => id),
    )
    .select(['invoice_id', 'consecutive'])
    .execute();
  const byInvoice = new Map(noted.map((row) => [row.invoice_id, row.consecutive]));
  for (const { id, document } of rows) {
    const { consecutive } = document as unknown as AnyDocument & { consecutive: string };
    const found = byInvoice.get(id) ?? '-';
    if (found === consecutive) continue;
    const subject = `invoices ${id}`;
    report({ check: 'CONSECUTIVE', subject, found, expected: String(consecutive) });
  }
}

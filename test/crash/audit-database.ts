import Database from 'libsql';
import pg from 'pg';
import type { Invoice } from '../../schemas/invoices';
import type { Movement } from '../../schemas/movements';
import { COLLECTION_NAMES, COLLECTIONS, type CollectionName } from '../../schemas/registry';
import type { Stock } from '../../schemas/stock';
import { type DataPlace, sqliteFile } from '../../server/store/open-database';
import { addVersion, contentsOf, EMPTY_TALLY } from '../../shared/proof/tally';
import { type StockEffect, stockEffects } from '../../shared/stock/line-effects';
import { addSerial, containsSerial } from '../../shared/stock/serial-ranges';

/** The tables as they are on disk, read by a second connection: the server has no part in it. */
interface Tables {
  documents: {
    collection: CollectionName;
    id: string;
    seq: number;
    ver: number;
    edit: string;
    json: string;
  }[];
  counters: Map<string, { seq: number; count: number; digest: string }>;
  edits: Map<string, { id: string; ver: number }>;
  moves: { source: string; source_id: string; product_id: string; quantity: number }[];
  serials: Map<string, number[]>;
  consecutives: { consecutive: string; invoice_id: string }[];
}

type All = (sql: string) => Promise<never[]>;

/** Gives the work one state of everything, over a connection of its own. */
export async function atOneMoment<T>(
  { dataDir, databaseUrl }: DataPlace,
  work: (all: All) => Promise<T>,
) {
  if (databaseUrl === undefined) {
    const database = new Database(sqliteFile(dataDir), { readonly: true });
    try {
      database.exec('begin');
      return await work(async (sql) => database.prepare(sql).all() as never[]);
    } finally {
      database.close();
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  client.setTypeParser(pg.types.builtins.INT8, Number);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await work(async (sql) => (await client.query(sql)).rows as never[]);
  } finally {
    await client.end();
  }
}

const readTables = (place: DataPlace): Promise<Tables> =>
  atOneMoment(place, async (all) => ({
    documents: await all('select collection, id, seq, ver, edit, json from documents'),
    counters: new Map(
      (await all('select * from counters')).map(
        (row: { collection: string; seq: number; count: number; digest: string }) => [
          row.collection,
          row,
        ],
      ),
    ),
    edits: new Map(
      (await all('select * from edits')).map(
        (row: { collection: string; edit: string; id: string; ver: number }) => [
          `${row.collection}:${row.edit}`,
          row,
        ],
      ),
    ),
    moves: await all('select source, source_id, product_id, quantity from stock_moves'),
    serials: new Map(
      (await all('select terminal_id, ranges from serials')).map(
        (row: { terminal_id: string; ranges: string }) => [
          row.terminal_id,
          JSON.parse(row.ranges) as number[],
        ],
      ),
    ),
    consecutives: await all('select consecutive, invoice_id from consecutives'),
  }));

/** Documents by `collection:id`, as they are on disk. */
export const storedDocuments = async (
  place: DataPlace,
): Promise<Map<string, { ver: number; edit: string; json: string }>> =>
  new Map((await readTables(place)).documents.map((row) => [`${row.collection}:${row.id}`, row]));

/**
 * Everything that one transaction writes must be there together, or not at all. Returns what is not, in words; an empty
 * list says that no transaction was cut in half, whenever the process was killed.
 */
export async function auditDatabase(place: DataPlace): Promise<string[]> {
  const tables = await readTables(place);
  return [
    ...auditSequences(tables),
    ...auditEdits(tables),
    ...auditStock(tables),
    ...auditNumbers(tables),
  ];
}

function auditSequences({ documents, counters }: Tables): string[] {
  const wrong: string[] = [];
  for (const name of COLLECTION_NAMES) {
    const own = documents.filter(({ collection }) => collection === name);
    if (own.length === 0 && !counters.has(name)) continue;
    const counter = counters.get(name) ?? { seq: 0, count: 0, digest: '' };
    const counted = contentsOf(
      own.reduce((sum, { id, ver }) => addVersion(sum, id, ver), EMPTY_TALLY),
    );
    const highest = own.reduce((max, { seq }) => Math.max(max, seq), 0);
    if (counted.count !== counter.count)
      wrong.push(`${name}: count ${counter.count} of ${counted.count}`);
    if (counted.digest !== counter.digest)
      wrong.push(`${name}: digest is not that of the documents`);
    if (highest !== counter.seq)
      wrong.push(`${name}: seq ${counter.seq}, documents end at ${highest}`);
    if (new Set(own.map(({ seq }) => seq)).size !== own.length) wrong.push(`${name}: a seq twice`);
    for (const { id, ver, edit, json } of own) {
      const document = JSON.parse(json) as {
        id: string;
        ver: number;
        edit: string;
        pending: number;
      };
      if (
        document.id !== id ||
        document.ver !== ver ||
        document.edit !== edit ||
        document.pending !== 0
      ) {
        wrong.push(`${name}: ${id} is not what its row says`);
      }
    }
  }
  return wrong;
}

function auditEdits({ documents, edits }: Tables): string[] {
  return documents
    .filter(({ collection }) => {
      const { immutable, direction } = COLLECTIONS[collection];
      return !immutable && direction !== 'down';
    })
    .filter(({ collection, id, ver, edit }) => {
      const known = edits.get(`${collection}:${edit}`);
      return known?.id !== id || known.ver !== ver;
    })
    .map(({ collection, id }) => `${collection}: ${id} is not among the edits`);
}

const effectsOf = (document: Invoice | Movement): readonly StockEffect[] =>
  ('lines' in document ? stockEffects(document) : [document]).filter(
    ({ quantity }) => quantity !== 0,
  );

function auditStock({ documents, moves, serials }: Tables): string[] {
  const wrong: string[] = [];
  const expected = new Map<string, number>();
  const arrived = new Map<string, readonly number[]>();
  const movedBy = new Map<string, { terminalId: string; serial: number }[]>();
  for (const { collection, json } of documents) {
    if (collection !== 'invoices' && collection !== 'movements') continue;
    const document = JSON.parse(json) as Invoice | Movement;
    const { id, terminalId, serial } = document;
    for (const { productId, quantity } of effectsOf(document)) {
      expected.set(`${collection}:${id}:${productId}`, quantity);
      movedBy.set(productId, [...(movedBy.get(productId) ?? []), { terminalId, serial }]);
    }
    arrived.set(terminalId, addSerial(arrived.get(terminalId) ?? [], serial));
  }
  const sums = new Map<string, number>();
  for (const { source, source_id, product_id, quantity } of moves) {
    sums.set(product_id, (sums.get(product_id) ?? 0) + quantity);
    if (source === 'opening') continue;
    const key = `${source}:${source_id}:${product_id}`;
    if (expected.get(key) !== quantity)
      wrong.push(`stock: ${key} moved ${quantity} without a document`);
    expected.delete(key);
  }
  for (const key of expected.keys()) wrong.push(`stock: ${key} moved nothing`);
  for (const [terminalId, ranges] of arrived) {
    if (String(serials.get(terminalId)) !== String(ranges)) {
      wrong.push(`serials of ${terminalId}: ${serials.get(terminalId)} instead of ${ranges}`);
    }
  }
  for (const { collection, json } of documents) {
    if (collection !== 'stock') continue;
    const { id, onHand, seen } = JSON.parse(json) as Stock;
    if (onHand !== (sums.get(id) ?? 0))
      wrong.push(`stock: ${id} has ${onHand}, moved ${sums.get(id)}`);
    const contained = new Map(seen.map(({ terminalId, ranges }) => [terminalId, ranges]));
    for (const { terminalId, serial } of movedBy.get(id) ?? []) {
      if (!containsSerial(contained.get(terminalId) ?? [], serial)) {
        wrong.push(`stock: ${id} does not say that it contains ${serial} of ${terminalId}`);
      }
    }
  }
  return wrong;
}

function auditNumbers({ documents, consecutives }: Tables): string[] {
  const wrong: string[] = [];
  const invoices = new Map<string, string>();
  for (const { collection, id, json } of documents) {
    if (collection === 'invoices') invoices.set(id, (JSON.parse(json) as Invoice).consecutive);
  }
  if (new Set(invoices.values()).size !== invoices.size) wrong.push('a consecutive twice');
  const taken = new Map(consecutives.map((row) => [row.invoice_id, row.consecutive]));
  for (const [id, consecutive] of invoices) {
    if (taken.get(id) !== consecutive) wrong.push(`${consecutive} of ${id} is not taken`);
  }
  for (const id of taken.keys()) {
    if (!invoices.has(id)) wrong.push(`a consecutive is taken by ${id}, which is not there`);
  }
  return wrong;
}

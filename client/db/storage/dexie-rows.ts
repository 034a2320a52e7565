import type {
  PreparedQuery,
  RxDocumentData,
  RxStorageDefaultCheckpoint,
  RxStorageQueryResult,
} from 'rxdb';
import { getProperty, getQueryMatcher, getSortComparator } from 'rxdb/plugins/core';
import {
  DEXIE_DOCS_TABLE_NAME,
  fromDexieToStorage,
  getKeyRangeByQueryPlan,
  type RxStorageInstanceDexie,
} from 'rxdb/plugins/storage-dexie';

/** Rows that IndexedDB hands over at a time. */
const BATCH = 1000;

type Row = Record<string, unknown>;

interface Reading<T> {
  index: IDBIndex;
  range: IDBKeyRange;
  fields: readonly string[];
  /** A row as the document that it holds, or null where the query does not want it. */
  take: (row: Row) => RxDocumentData<T> | null;
}

const keyOf = (row: Row, fields: readonly string[]): IDBValidKey[] =>
  fields.map((field) => getProperty(row, field) as IDBValidKey);

const done = <R>(request: IDBRequest<R>): Promise<R> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Documents in the order of the index, at most `most`. */
async function forwards<T>(
  { index, range, fields, take }: Reading<T>,
  most: number,
): Promise<RxDocumentData<T>[]> {
  const documents: RxDocumentData<T>[] = [];
  let rest: IDBKeyRange = range;
  for (;;) {
    const size = Math.min(BATCH, Math.max(1, most - documents.length));
    const rows: Row[] = await done(index.getAll(rest, size));
    for (const row of rows) {
      const document = take(row);
      if (document !== null) documents.push(document);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < size || documents.length >= most) return documents;
    /* A range from its own end on would be an error, not empty. */
    if (indexedDB.cmp(keyOf(last, fields), range.upper) >= 0) return documents;
    rest = IDBKeyRange.bound(keyOf(last, fields), range.upper, true, range.upperOpen);
  }
}

/**
 * Documents from the end of the index, at least `most` where there are that many, and with them all that share the last
 * one's first `tied` fields: what is sorted further must have all of them.
 */
function backwards<T>(
  { index, range, fields, take }: Reading<T>,
  most: number,
  tied: readonly string[],
): Promise<RxDocumentData<T>[]> {
  const documents: RxDocumentData<T>[] = [];
  let border: string | null = null;
  return new Promise((resolve, reject) => {
    const request = index.openCursor(range, 'prev');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor === null) return resolve(documents);
      const row = cursor.value as Row;
      const place = JSON.stringify(keyOf(row, fields.slice(0, tied.length)));
      if (border !== null && place !== border) return resolve(documents);
      const document = take(row);
      if (document !== null) documents.push(document);
      if (documents.length >= most) border = place;
      cursor.continue();
    };
  });
}

/**
 * The fields of the index, from its first, that the sort wants in descending order; none where the index is of no help.
 * Fields that the query holds to one value have no say in the order.
 */
function descending<T>({ query, queryPlan }: PreparedQuery<T>): string[] {
  const held = (field: string): boolean => {
    const selector = query.selector as unknown as Record<string, Record<string, unknown>>;
    return Object.hasOwn(selector[field] ?? {}, '$eq');
  };
  const wanted = query.sort.flatMap((part) => Object.entries(part)).filter(([at]) => !held(at));
  const tied: string[] = [];
  for (const field of queryPlan.index) {
    if (held(field)) {
      tied.push(field);
      continue;
    }
    const next = wanted.shift();
    if (next?.[0] !== field || next[1] !== 'desc') break;
    tied.push(field);
  }
  return tied.every(held) ? [] : tied;
}

type Checkpoint = RxStorageDefaultCheckpoint;

/** Runs over one index of the documents, in a transaction of its own. */
async function overIndex<T, R>(
  instance: RxStorageInstanceDexie<T>,
  fields: readonly string[],
  read: (index: IDBIndex) => Promise<R>,
): Promise<R> {
  const { dexieDb, dexieTable } = await instance.internals;
  return dexieDb.transaction('r', dexieTable, (transaction) => {
    const { idbtrans } = transaction as unknown as { idbtrans: IDBTransaction };
    return read(idbtrans.objectStore(DEXIE_DOCS_TABLE_NAME).index(`[${fields.join('+')}]`));
  });
}

/**
 * The documents that were written after a checkpoint, in the order of their time and id, deleted ones too. RxDB asks
 * for "later, or as late and with a greater id", and reads from the first that is as late, whatever their number: a
 * batch of 10,000 is read again for each part of it that is asked for. The index itself begins right behind the checkpoint.
 */
export async function dexieChanges<T>(
  instance: RxStorageInstanceDexie<T>,
  limit: number,
  checkpoint: Checkpoint | undefined,
): Promise<{ documents: RxDocumentData<T>[]; checkpoint: Checkpoint }> {
  const { booleanIndexes } = await instance.internals;
  const { id, lwt } = checkpoint ?? { id: '', lwt: 0 };
  const rows: Row[] = await overIndex(instance, ['_meta.lwt', instance.primaryPath], (index) =>
    done(index.getAll(IDBKeyRange.lowerBound([lwt, id], true), limit)),
  );
  const documents = rows.map((row) => fromDexieToStorage<T>(booleanIndexes, row));
  const last = documents.at(-1);
  return {
    documents,
    checkpoint:
      last === undefined
        ? { id, lwt }
        : { id: String(last[instance.primaryPath]), lwt: last._meta.lwt },
  };
}

/**
 * What RxDB's Dexie storage answers to a query, read otherwise. Forwards it asks for a thousand rows at a time, where
 * RxDB moves a cursor row by row; the newest few of many it reads from the end of the index, where RxDB reads and sorts
 * all of them: taking the next consecutive would cost more with every sale.
 */
export async function dexieRows<T>(
  instance: RxStorageInstanceDexie<T>,
  prepared: PreparedQuery<T>,
): Promise<RxStorageQueryResult<T>> {
  const state = await instance.internals;
  const { query, queryPlan } = prepared;
  const from = query.skip;
  const to = from + (query.limit ?? Number.POSITIVE_INFINITY);
  let range: IDBKeyRange;
  try {
    range = getKeyRangeByQueryPlan(state.booleanIndexes, queryPlan, IDBKeyRange) as IDBKeyRange;
  } catch (error) {
    /* An empty range: its lower end is above its upper one. */
    if (error instanceof DOMException && error.name === 'DataError') return { documents: [] };
    throw error;
  }
  const matches = queryPlan.selectorSatisfiedByIndex
    ? () => true
    : getQueryMatcher(instance.schema, query);
  const take = (row: Row): RxDocumentData<T> | null => {
    const document = fromDexieToStorage<T>(state.booleanIndexes, row);
    return matches(document) ? document : null;
  };
  const fields = queryPlan.index;
  const tied = Number.isFinite(to) ? descending(prepared) : [];
  const sorted = queryPlan.sortSatisfiedByIndex;
  const documents = await overIndex(instance, fields, (index) => {
    const reading = { index, range, fields, take };
    if (!sorted && tied.length > 0) return backwards(reading, to, tied);
    return forwards(reading, sorted ? to : Number.POSITIVE_INFINITY);
  });
  if (!sorted) {
    documents.sort(getSortComparator(instance.schema, query) as (a: unknown, b: unknown) => number);
  }
  return { documents: documents.slice(from, to) };
}

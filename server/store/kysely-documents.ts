import type { Kysely } from 'kysely';
import { COLLECTIONS, type CollectionName, isCollectionName } from '../../schemas/registry';
import {
  addToDigest,
  digestText,
  documentHash,
  EMPTY_DIGEST,
  parseDigest,
  removeFromDigest,
} from '../../shared/digest';
import { AppError } from '../../shared/errors/app-error';
import { addVersion, contentsOf, EMPTY_TALLY } from '../../shared/proof/tally';
import type { CollectionStatus } from '../../shared/protocol/messages';
import { chunks } from './chunks';
import { isLive } from './is-live';
import { kyselyChanges } from './kysely-changes';
import { keepLate } from './kysely-cuts';
import { kyselyEdits } from './kysely-edits';
import { kyselyOrigins } from './kysely-origins';
import type { DocumentStore, PlacedDocument, StoredDocument } from './port';
import type { Tables } from './tables';

/** Rows that a recount holds at a time. */
const RECOUNTED = 5000;

/** Sorts after every character of an id. */
const BEHIND_ALL_IDS = '~';

const toPlaced = ({ seq, json }: { seq: number; json: string }): PlacedDocument => ({
  seq: Number(seq),
  json,
});

/** When an invoice was issued, for its row; '' of other documents. */
function issuedOf(collection: CollectionName, json: string): string {
  if (collection !== 'invoices') return '';
  const { issuedAt } = JSON.parse(json) as { issuedAt?: unknown };
  return typeof issuedAt === 'string' ? issuedAt : '';
}

export function kyselyDocuments(db: Kysely<Tables>, storeId: string): DocumentStore {
  const of = (collection: CollectionName) =>
    db.selectFrom('documents').where('store_id', '=', storeId).where('collection', '=', collection);

  /** The same without what is archived. */
  const liveOf = (collection: CollectionName) =>
    of(collection).$if(collection === 'invoices', (rows) => rows.where(isLive));

  const find: DocumentStore['find'] = async (collection, ids) => {
    const found = new Map<string, StoredDocument>();
    for (const chunk of chunks(ids)) {
      const rows = await of(collection)
        .where('id', 'in', chunk)
        .select(['id', 'ver', 'edit', 'json'])
        .execute();
      for (const row of rows) found.set(row.id, { ...row, ver: Number(row.ver) });
    }
    return found;
  };

  /** Those of the invoices that are archived: they are not counted, and to write one is to count it again. */
  const archivedAmong = async (collection: CollectionName, ids: readonly string[]) => {
    const found = new Set<string>();
    if (collection !== 'invoices') return found;
    for (const chunk of chunks(ids)) {
      const rows = await of(collection)
        .where('id', 'in', chunk)
        .where('archived', '=', 1)
        .select('id')
        .execute();
      for (const { id } of rows) found.add(id);
    }
    return found;
  };

  /** Locks the counter row, if there is one, and moves it on by `count`. */
  const lockCounter = (collection: CollectionName, count: number) =>
    db
      .updateTable('counters')
      .set((column) => ({ seq: column('seq', '+', count) }))
      .where('store_id', '=', storeId)
      .where('collection', '=', collection)
      .returning(['seq', 'count', 'digest'])
      .executeTakeFirst();

  /** The same, and makes the row where there is none. */
  const takeNumbers = async (collection: CollectionName, count: number) => {
    await db
      .insertInto('counters')
      .values({ store_id: storeId, collection, seq: 0, count: 0, digest: digestText(EMPTY_DIGEST) })
      .onConflict((conflict) => conflict.columns(['store_id', 'collection']).doNothing())
      .execute();
    const counter = await lockCounter(collection, count);
    if (counter === undefined) throw new AppError('INTERNAL', { counter: collection });
    return counter;
  };

  const versions: DocumentStore['versions'] = async (collection, { prefix, after, limit }) => {
    const rows = await liveOf(collection)
      .where('id', '>', after)
      .where('id', '>=', prefix)
      .where('id', '<', `${prefix}${BEHIND_ALL_IDS}`)
      .orderBy('id')
      .limit(limit)
      .select(['id', 'ver', 'seq'])
      .execute();
    return rows.map(({ id, ver, seq }) => ({ id, ver: Number(ver), seq: Number(seq) }));
  };

  const own: DocumentStore = {
    find,
    ...kyselyEdits(db, storeId),

    async write(collection, documents) {
      if (documents.length === 0) return;
      const counter = await takeNumbers(collection, documents.length);
      const firstSeq = Number(counter.seq) - documents.length + 1;
      /* A document may be written twice in one call: what counts for the digest is what was there before each. */
      const before = await find(collection, [...new Set(documents.map(({ id }) => id))]);
      for (const id of await archivedAmong(collection, [...before.keys()])) before.delete(id);
      let digest = parseDigest(counter.digest);
      let count = Number(counter.count);
      const last = new Map<string, StoredDocument & { seq: number }>();
      documents.forEach((document, index) => {
        const previous = last.get(document.id) ?? before.get(document.id);
        if (previous === undefined) count += 1;
        else digest = removeFromDigest(digest, documentHash(previous.id, previous.ver));
        digest = addToDigest(digest, documentHash(document.id, document.ver));
        last.set(document.id, { ...document, seq: firstSeq + index });
      });
      const rows = [...last.values()].map((document) => ({
        store_id: storeId,
        collection,
        ...document,
        issued: issuedOf(collection, document.json),
        archived: 0,
      }));
      if (collection === 'invoices') await keepLate(db, storeId, rows);
      for (const chunk of chunks(rows)) {
        await db
          .insertInto('documents')
          .values(chunk)
          .onConflict((conflict) =>
            conflict.columns(['store_id', 'collection', 'id']).doUpdateSet((column) => ({
              seq: column.ref('excluded.seq'),
              ver: column.ref('excluded.ver'),
              edit: column.ref('excluded.edit'),
              json: column.ref('excluded.json'),
              issued: column.ref('excluded.issued'),
              archived: column.ref('excluded.archived'),
            })),
          )
          .execute();
      }
      /* Immutable documents are recognised by themselves; the server's own collections are never pushed. */
      if (!COLLECTIONS[collection].immutable && COLLECTIONS[collection].direction !== 'down') {
        for (const chunk of chunks(documents)) {
          await db
            .insertInto('edits')
            .values(
              chunk.map(({ edit, id, ver }) => ({ store_id: storeId, collection, edit, id, ver })),
            )
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
      }
      await db
        .updateTable('counters')
        .set({ count, digest: digestText(digest) })
        .where('store_id', '=', storeId)
        .where('collection', '=', collection)
        .execute();
    },

    async revive(collection, ids) {
      const archived = await archivedAmong(collection, [...new Set(ids)]);
      await own.write(collection, [...(await find(collection, [...archived])).values()]);
    },

    async page(collection, seq, limit, which = 'live') {
      const wanted = which === 'all' ? of : liveOf;
      const documents = await wanted(collection)
        .where('seq', '>', seq)
        .orderBy('seq')
        .limit(limit)
        .select(['seq', 'json'])
        .execute();
      const last = documents.at(-1);
      const counter = await db
        .selectFrom('counters')
        .where('store_id', '=', storeId)
        .where('collection', '=', collection)
        .select(['seq', 'count', 'digest'])
        .executeTakeFirst();
      /* A page that is not full is the last one: no need to count. */
      const remaining =
        last === undefined || documents.length < limit
          ? 0
          : Number(
              (
                await wanted(collection)
                  .where('seq', '>', last.seq)
                  .select((column) => column.fn.countAll<number>().as('n'))
                  .executeTakeFirstOrThrow()
              ).n,
            );
      return {
        documents: documents.map(toPlaced),
        remaining,
        lastSeq: Number(counter?.seq ?? 0),
        contents: {
          count: Number(counter?.count ?? 0),
          digest: counter?.digest ?? digestText(EMPTY_DIGEST),
        },
      };
    },

    async pick(collection, ids) {
      const found: PlacedDocument[] = [];
      for (const chunk of chunks(ids)) {
        const rows = await of(collection)
          .where('id', 'in', chunk)
          .select(['seq', 'json'])
          .execute();
        found.push(...rows.map(toPlaced));
      }
      return found;
    },

    versions,
    changes: kyselyChanges(db, storeId),
    origins: kyselyOrigins(db, storeId),

    async status() {
      const rows = await db
        .selectFrom('counters')
        .where('store_id', '=', storeId)
        .select(['collection', 'seq', 'count', 'digest'])
        .execute();
      const result: Partial<Record<CollectionName, CollectionStatus>> = {};
      for (const { collection, seq, count, digest } of rows) {
        if (isCollectionName(collection)) {
          result[collection] = { seq: Number(seq), count: Number(count), digest };
        }
      }
      return result;
    },

    async recount(collection) {
      await lockCounter(collection, 0);
      const { seq } = await of(collection)
        .select(({ fn }) => fn.max('seq').as('seq'))
        .executeTakeFirstOrThrow();
      let tally = EMPTY_TALLY;
      let after = '';
      for (;;) {
        const rows = await versions(collection, { prefix: '', after, limit: RECOUNTED });
        for (const { id, ver } of rows) tally = addVersion(tally, id, ver);
        if (rows.length < RECOUNTED) return { seq: Number(seq ?? 0), ...contentsOf(tally) };
        after = rows.at(-1)?.id ?? after;
      }
    },
  };
  return own;
}

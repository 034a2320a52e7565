import { type Kysely, type RawBuilder, sql } from 'kysely';
import { digestText, EMPTY_DIGEST } from '../../shared/digest';
import { isPostgres } from './dialect';
import { isLive } from './is-live';
import { toCut } from './kysely-cuts';
import type { DocumentStore } from './port';
import type { Tables } from './tables';

/**
 * All texts of a page with commas between them, joined by the database. SQLite hands the bytes over: they go out as they
 * are, where a text would be decoded and encoded again (a third of the whole request).
 */
const joined = (db: Kysely<Tables>): RawBuilder<string | ArrayBuffer | null> =>
  isPostgres(db)
    ? sql`string_agg(json, ',' order by seq)`
    : sql`cast(string_agg(json, ',' order by seq) as blob)`;

/** `DocumentStore.changes`: one statement, so that everything in it is of one moment. */
export function kyselyChanges(db: Kysely<Tables>, storeId: string): DocumentStore['changes'] {
  const json = joined(db);
  return async (collection, seq, limit) => {
    const of = () =>
      db
        .selectFrom('documents')
        .where('store_id', '=', storeId)
        .where('collection', '=', collection)
        .$if(collection === 'invoices', (rows) => rows.where(isLive));
    const counter = () =>
      db
        .selectFrom('counters')
        .where('store_id', '=', storeId)
        .where('collection', '=', collection);
    /* In the same statement: a cut that is made between two would not be the one of this page and these contents. */
    const cut = () => db.selectFrom('cuts').where('store_id', '=', storeId);
    const page = await db
      .with('page', () =>
        of().where('seq', '>', seq).orderBy('seq').limit(limit).select(['seq', 'json']),
      )
      .selectFrom('page')
      .select(({ fn }) => [
        fn.countAll<number>().as('documents'),
        fn.max('seq').as('seq'),
        json.as('json'),
        counter().select('seq').as('lastSeq'),
        counter().select('count').as('total'),
        counter().select('digest').as('digest'),
      ])
      .$if(collection === 'invoices', (row) =>
        row.select([
          of()
            .select(({ fn }) => fn.max('seq').as('seq'))
            .as('liveSeq'),
          cut().select('before').as('before'),
          cut().select('seq').as('cutSeq'),
          cut().select('kept').as('kept'),
        ]),
      )
      .executeTakeFirstOrThrow();
    const documents = Number(page.documents);
    const lastSeq = Number(page.lastSeq ?? 0);
    const total = Number(page.total ?? 0);
    const read = Number(page.seq ?? seq);
    /* Behind the last live one there may be archived ones only: then this page reaches the end of the numbers all the same. */
    const isEnd = page.liveSeq !== undefined && read >= Number(page.liveSeq ?? 0);
    const last = isEnd ? Math.max(read, lastSeq) : read;
    const remaining = async (): Promise<number> => {
      /* A page that is not full is the last one; before the first one lies nothing. */
      if (documents < limit) return 0;
      if (seq === 0) return total - documents;
      /* As many documents as numbers were given out: none was written twice or archived, every number has its document. */
      if (total === lastSeq) return lastSeq - last;
      const { n } = await of()
        .where('seq', '>', last)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    };
    const bytes = typeof page.json === 'string' ? page.json : new Uint8Array(page.json ?? []);
    const contents = { count: total, digest: page.digest ?? digestText(EMPTY_DIGEST) };
    return {
      json: bytes,
      seq: last,
      remaining: await remaining(),
      lastSeq,
      contents,
      cut: toCut({ before: page.before, seq: page.cutSeq, kept: page.kept }),
    };
  };
}

import { type Kysely, sql } from 'kysely';
import type { Invoice } from '../../schemas/invoices';
import { digestText, documentHash, parseDigest, removeFromDigest } from '../../shared/digest';
import { AppError } from '../../shared/errors/app-error';
import { seriesOf, seriesRange } from '../../shared/fiscal/consecutive';
import type { Cut } from '../../shared/protocol/messages';
import type { ArchiveStore } from './archive-port';
import { chunks } from './chunks';
import { jsonField } from './dialect';
import { isInvoice, isLive } from './is-live';
import { seriesOfStore } from './series-of-store';
import type { Tables } from './tables';

/** A cut from its row, or from the columns of a left join or a subquery: null where there is none. */
export function toCut(row: {
  before?: string | null | undefined;
  seq?: number | null | undefined;
  kept?: string | null | undefined;
}): Cut | null {
  if (typeof row.before !== 'string') return null;
  return {
    before: row.before,
    seq: Number(row.seq),
    kept: JSON.parse(row.kept ?? '[]') as string[],
  };
}

/**
 * Invoices that are written although a cut is past them (they come late, or are flagged) stay, so the cut names them too: else
 * a terminal that sees it only now would drop what it holds of them until their page comes. The counter's row is locked.
 */
export async function keepLate(
  db: Kysely<Tables>,
  storeId: string,
  written: readonly { id: string; issued: string }[],
): Promise<void> {
  const own = db.selectFrom('cuts').where('store_id', '=', storeId);
  const cut = toCut((await own.select(['before', 'seq', 'kept']).executeTakeFirst()) ?? {});
  if (cut === null) return;
  const late = written.filter(({ issued }) => issued !== '' && issued < cut.before);
  if (late.length === 0) return;
  const kept = [...new Set([...cut.kept, ...late.map(({ id }) => id)])].sort();
  await db
    .updateTable('cuts')
    .set({ kept: JSON.stringify(kept) })
    .where('store_id', '=', storeId)
    .execute();
}

interface Candidate {
  id: string;
  ver: number;
  terminalId: string;
  serial: number;
}

/** `ArchiveStore.cut`, `planCut` and `makeCut`. */
export function kyselyCuts(
  db: Kysely<Tables>,
  storeId: string,
): Pick<ArchiveStore, 'cut' | 'planCut' | 'makeCut'> {
  const invoices = () =>
    db.selectFrom('documents').where('store_id', '=', storeId).where(isInvoice);
  /** The same, by the index of all of them: none that was issued after the last cut is archived. */
  const issuedFrom = (from: string) =>
    invoices().where('archived', '=', 0).where('issued', '>=', from).where('issued', '<>', '');
  const candidates = (of: ReturnType<typeof invoices>) =>
    of
      .select([
        'id',
        'ver',
        jsonField(db, 'terminalId').as('terminalId'),
        sql<number>`cast(${jsonField(db, 'serial')} as bigint)`.as('serial'),
      ])
      .execute();

  const cut: ArchiveStore['cut'] = async () => {
    const row = await db
      .selectFrom('cuts')
      .where('store_id', '=', storeId)
      .select(['before', 'seq', 'kept'])
      .executeTakeFirst();
    return toCut(row ?? {});
  };

  /** A node of the version before writes no time of issue: terminals go by the document's own, so it must be there. */
  async function fillIssued(): Promise<void> {
    await db
      .updateTable('documents')
      .set({ issued: sql`coalesce(${jsonField(db, 'issuedAt')}, '')` })
      .where('store_id', '=', storeId)
      .where(isInvoice)
      .where('issued', '=', '')
      .execute();
  }

  /** How far a cut through about `most` invoices goes. Those of one instant are never parted. */
  async function boundary(from: string, to: string, most: number): Promise<string> {
    const through = issuedFrom(from).where('issued', '<', to).orderBy('issued').select('issued');
    const next = await through.offset(most).limit(1).executeTakeFirst();
    if (next === undefined) return to;
    const first = await through.limit(1).executeTakeFirst();
    if (first === undefined || next.issued > first.issued) return next.issued;
    const after = await through.where('issued', '>', first.issued).limit(1).executeTakeFirst();
    return after?.issued ?? to;
  }

  /** Not archived, and issued before an instant. What lies before the last cut came late, or was kept by it. */
  async function liveBefore(before: string, last: Cut | null): Promise<Map<string, Candidate>> {
    const from = last?.before ?? '';
    const found = await candidates(issuedFrom(from).where('issued', '<', before));
    if (last !== null) {
      const old = invoices().where(isLive).where('issued', '<', from).where('issued', '<>', '');
      found.push(...(await candidates(old.where('seq', '>', last.seq))));
      for (const chunk of chunks(last.kept)) {
        found.push(...(await candidates(old.where('id', 'in', chunk))));
      }
    }
    return new Map(
      found.map((row) => [row.id, { ...row, ver: Number(row.ver), serial: Number(row.serial) }]),
    );
  }

  /** The newest of each series of each terminal, whatever flags two of one number have. */
  async function newestOfSeries(): Promise<string[]> {
    const newest: string[] = [];
    for (const series of await seriesOfStore(db, storeId)) {
      const { first, last } = seriesRange(seriesOf(series));
      const numbers = db.selectFrom('consecutives').where('store_id', '=', storeId);
      const rows = await numbers
        .where('consecutive', '=', ({ eb }) =>
          eb
            .selectFrom('consecutives')
            .where('store_id', '=', storeId)
            .where('consecutive', '>=', first)
            .where('consecutive', '<=', last)
            .select(({ fn }) => fn.max('consecutive').as('last')),
        )
        .select('invoice_id')
        .execute();
      newest.push(...rows.map(({ invoice_id }) => invoice_id));
    }
    return newest;
  }

  /**
   * What terminals go on from: they take numbers, serial and previous hash from their last stored invoices. The highest
   * serial is of the newest of some series, unless a sender counted otherwise: then it is among the candidates.
   */
  async function keptAmong(found: ReadonlyMap<string, Candidate>): Promise<string[]> {
    const newest = await newestOfSeries();
    const highest = new Map<string, number>();
    for (const chunk of chunks(newest)) {
      const rows = await invoices().where('id', 'in', chunk).select('json').execute();
      for (const { json } of rows) {
        const { terminalId, serial } = JSON.parse(json) as Invoice;
        highest.set(terminalId, Math.max(serial, highest.get(terminalId) ?? 0));
      }
    }
    const kept = new Set(newest.filter((id) => found.has(id)));
    const above = new Map<string, Candidate>();
    for (const candidate of found.values()) {
      const { terminalId, serial } = candidate;
      if (serial <= (highest.get(terminalId) ?? 0)) continue;
      if (serial > (above.get(terminalId)?.serial ?? 0)) above.set(terminalId, candidate);
    }
    for (const { id } of above.values()) kept.add(id);
    return [...kept].sort();
  }

  const counter = () =>
    db.updateTable('counters').where('store_id', '=', storeId).where('collection', '=', 'invoices');

  return {
    cut,

    async planCut(to, most) {
      const last = await cut();
      if (last !== null && to <= last.before) return null;
      await fillIssued();
      const before = await boundary(last?.before ?? '', to, most);
      const found = await liveBefore(before, last);
      const kept = await keptAmong(found);
      const archived = [...found.values()].filter(({ id }) => !kept.includes(id));
      const isLast = before === to;
      if (isLast && archived.length === 0) return null;
      const row = await db
        .selectFrom('counters')
        .where('store_id', '=', storeId)
        .where('collection', '=', 'invoices')
        .select('seq')
        .executeTakeFirst();
      const seq = Number(row?.seq ?? 0);
      return {
        cut: { before, seq, kept },
        archived: archived.map(({ id, ver }) => ({ id, ver })),
        isLast,
      };
    },

    async makeCut({ cut: { before, seq, kept: ids }, archived }, at) {
      /* The counter's row first, as a write does: whoever recounts, or writes, waits for it. */
      const row = await counter()
        .set(({ ref }) => ({ seq: ref('seq') }))
        .returning(['seq', 'count', 'digest'])
        .executeTakeFirst();
      if (row === undefined || Number(row.seq) !== seq) {
        throw new AppError('INTERNAL', { cut: seq });
      }
      let digest = parseDigest(row.digest);
      for (const { id, ver } of archived) digest = removeFromDigest(digest, documentHash(id, ver));
      for (const chunk of chunks(archived)) {
        await db
          .updateTable('documents')
          .set({ archived: 1 })
          .where('store_id', '=', storeId)
          .where('collection', '=', 'invoices')
          .where(
            'id',
            'in',
            chunk.map(({ id }) => id),
          )
          .execute();
      }
      await counter()
        .set({ count: Number(row.count) - archived.length, digest: digestText(digest) })
        .execute();
      await db
        .insertInto('cuts')
        .values({ store_id: storeId, before, seq, kept: JSON.stringify(ids), at })
        .onConflict((conflict) =>
          conflict.column('store_id').doUpdateSet(({ ref }) => ({
            before: ref('excluded.before'),
            seq: ref('excluded.seq'),
            kept: ref('excluded.kept'),
            at: ref('excluded.at'),
          })),
        )
        .execute();
    },
  };
}

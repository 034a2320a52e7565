import type { Kysely } from 'kysely';
import { formatConsecutive } from '../../shared/fiscal/consecutive';
import type { ArchivePlace, ArchiveStore } from './archive-port';
import { chunks } from './chunks';
import { correctedInvoice } from './dialect';
import { isInvoice } from './is-live';
import { kyselyCuts } from './kysely-cuts';
import { seriesOfStore } from './series-of-store';
import type { Tables } from './tables';

/** Where the consecutive stands in a clave. */
const IN_CLAVE = [21, 41] as const;

type Question = Parameters<ArchiveStore['invoices']>[0];
type Found = ArchivePlace & { json: string };

const isOlder = (a: ArchivePlace, b: ArchivePlace): boolean =>
  a.issued < b.issued || (a.issued === b.issued && a.id < b.id);

export function kyselyArchive(db: Kysely<Tables>, storeId: string): ArchiveStore {
  /** All consecutives that a number can mean: a running number is one in every series of the store. */
  async function meantBy(number: string): Promise<string[]> {
    if (number.length === 50) return [number.slice(...IN_CLAVE)];
    if (number.length === 20) return [number];
    return (await seriesOfStore(db, storeId)).map((series) =>
      formatConsecutive({ ...series, number: Number(number) }),
    );
  }

  /** Ids of the invoices that have the number. */
  async function idsOf(number: string): Promise<string[]> {
    const ids: string[] = [];
    for (const chunk of chunks(await meantBy(number))) {
      const rows = await db
        .selectFrom('consecutives')
        .where('store_id', '=', storeId)
        .where('consecutive', 'in', chunk)
        .select('invoice_id')
        .execute();
      ids.push(...rows.map(({ invoice_id }) => invoice_id));
    }
    return ids;
  }

  /** Ids of the notes about an invoice. */
  async function idsOfNotes(invoiceId: string): Promise<string[]> {
    const about = correctedInvoice(db);
    const rows = await db
      .selectFrom('documents')
      .where('store_id', '=', storeId)
      .where(isInvoice)
      .where(about, 'is not', null)
      .where(about, '=', invoiceId)
      .select('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Few, so they are read by their ids, whatever else is asked for, and looked at here. */
  const byIds = async (ids: readonly string[], { filter, before, limit }: Question) => {
    const found: Found[] = [];
    for (const chunk of chunks(ids)) {
      const rows = await db
        .selectFrom('documents')
        .where('store_id', '=', storeId)
        .where('collection', '=', 'invoices')
        .where('id', 'in', chunk)
        .select(['issued', 'id', 'json'])
        .execute();
      found.push(...rows);
    }
    const { from = '', to } = filter;
    return found
      .filter((row) => row.issued >= from && (to === undefined || row.issued < to))
      .filter((row) => before === null || isOlder(row, before))
      .sort((a, b) => (isOlder(a, b) ? 1 : -1))
      .slice(0, limit);
  };

  return {
    ...kyselyCuts(db, storeId),

    async invoices(question) {
      const { filter, before, limit } = question;
      const { number, notesOf } = filter;
      if (number !== undefined || notesOf !== undefined) {
        const wanted = [
          ...(number === undefined ? [] : [await idsOf(number)]),
          ...(notesOf === undefined ? [] : [await idsOfNotes(notesOf)]),
        ];
        const [first = [], second] = wanted;
        return byIds(
          second === undefined ? first : first.filter((id) => second.includes(id)),
          question,
        );
      }
      let rows = db
        .selectFrom('documents')
        .where('store_id', '=', storeId)
        .where(isInvoice)
        .where('issued', '<>', '');
      if (filter.from !== undefined) rows = rows.where('issued', '>=', filter.from);
      if (filter.to !== undefined) rows = rows.where('issued', '<', filter.to);
      if (before !== null) {
        /* The first condition is what the index is entered by. */
        rows = rows
          .where('issued', '<=', before.issued)
          .where((where) =>
            where.or([where('issued', '<', before.issued), where('id', '<', before.id)]),
          );
      }
      return rows
        .orderBy('issued', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .select(['issued', 'id', 'json'])
        .execute();
    },
  };
}

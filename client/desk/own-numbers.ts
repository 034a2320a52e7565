import { DocumentType, type Invoice } from '../../schemas/invoices';
import {
  type Consecutive,
  parseConsecutive,
  seriesOf,
  seriesRange,
} from '../../shared/fiscal/consecutive';
import type { DeskDatabase } from '../db/database';

/*
 * The numbers of a terminal live in its stored documents and nowhere else: the next one follows from the last document.
 * So a document that could not be stored took no number, and none is ever used twice. Call under the issue lock only.
 */

const newestOf = (db: DeskDatabase, series: string) => {
  const { first, last } = seriesRange(series);
  return db.invoices
    .findOne({
      selector: { consecutive: { $gte: first, $lte: last } },
      sort: [{ consecutive: 'desc' }],
      index: ['consecutive'],
    })
    .exec();
};

/** Next number of a series (branch + terminal + type), from 1. */
export async function nextNumber(db: DeskDatabase, series: string): Promise<number> {
  const newest = await newestOf(db, series);
  return newest === null ? 1 : (parseConsecutive(newest.consecutive)?.number ?? 0) + 1;
}

/** This terminal's newest invoice by serial; null before the first. */
export async function lastInvoice(db: DeskDatabase, terminalId: string): Promise<Invoice | null> {
  const newest = await db.invoices
    .findOne({
      selector: { terminalId, serial: { $gte: 1 } },
      sort: [{ terminalId: 'desc' }, { serial: 'desc' }],
      index: ['terminalId', 'serial'],
    })
    .exec();
  return newest?.toMutableJSON() ?? null;
}

/** Next serial: invoices and movements of a terminal are counted together. `last` is what `lastInvoice` found. */
export async function nextSerial(
  db: DeskDatabase,
  terminalId: string,
  last: Invoice | null,
): Promise<number> {
  const movement = await db.movements
    .findOne({
      selector: { terminalId, serial: { $gte: 1 } },
      sort: [{ terminalId: 'desc' }, { serial: 'desc' }],
      index: ['terminalId', 'serial'],
    })
    .exec();
  return Math.max(last?.serial ?? 0, movement?.serial ?? 0) + 1;
}

/** Ids of what this terminal's next numbers follow from: the newest invoice by serial, and of each series. */
export async function newestOwn(
  db: DeskDatabase,
  terminalId: string,
): Promise<ReadonlySet<string>> {
  const last = await lastInvoice(db, terminalId);
  if (last === null) return new Set();
  const ids = new Set([last.id]);
  const own = parseConsecutive(last.consecutive);
  for (const { const: type } of own === null ? [] : DocumentType.anyOf) {
    const newest = await newestOf(db, seriesOf({ ...own, type } as Consecutive));
    if (newest !== null) ids.add(newest.id);
  }
  return ids;
}

/** Name of the lock under which all tabs of the terminal take numbers. */
export const ISSUE_LOCK = 'mostrador-issue';

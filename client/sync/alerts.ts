import { type Static, Type } from '@sinclair/typebox';
import { type Invoice, InvoiceFlag } from '../../schemas/invoices';
import type { Setting } from '../../schemas/local';
import type { AnyDocument } from '../../schemas/registry';
import { validate } from '../../schemas/validate';
import { type Clock, instant } from '../../shared/ports/clock';
import type { DeskDatabase } from '../db/database';

/*
 * What the server noticed of an invoice, until somebody has attended to it. Kept beside the settings, one by invoice,
 * so that the count on screen is exact without reading all invoices: flags have no index.
 */

const alertSchema = Type.Object({
  consecutive: Type.String(),
  flags: Type.Array(InvoiceFlag),
  at: Type.String(),
  attendedBy: Type.String(),
});
type Stored = Static<typeof alertSchema>;

/** One invoice that a person should look at. */
export interface InvoiceAlert extends Stored {
  readonly invoiceId: string;
}

const PREFIX = 'alert:';
const keyOf = (invoiceId: string): string => PREFIX + invoiceId;

/** Selects the alerts among the settings, by their key's range. */
export const ALERT_RANGE = { id: { $gte: PREFIX, $lt: 'alert;' } } as const;

/** An alert as it is stored, or null where nobody can read it, or it was attended to. */
export function openAlert({ id, value }: { id: string; value: unknown }): InvoiceAlert | null {
  const stored = validate<Stored>(alertSchema, value);
  if (!stored.ok || stored.value.attendedBy !== '') return null;
  return { ...stored.value, invoiceId: id.slice(PREFIX.length) };
}

const isFlagged = (document: AnyDocument): document is Invoice =>
  'flags' in document && document.flags.length > 0;

/**
 * Notes the flagged ones among documents that were received; called before RxDB stores them, so that a crash in between
 * cannot lose an alert. What was attended to stays so when it is received again, unless the flags are others.
 */
export async function noteAlerts(
  db: DeskDatabase,
  clock: Clock,
  documents: readonly AnyDocument[],
): Promise<void> {
  const flagged = documents.filter(isFlagged);
  if (flagged.length === 0) return;
  /* Many at once: a store whose stock was never counted has one for each of its sales. */
  const stored = await db.settings.findByIds(flagged.map(({ id }) => keyOf(id))).exec();
  const first: Setting[] = [];
  const again: Setting[] = [];
  for (const { id, consecutive, flags } of flagged) {
    const known = validate<Stored>(alertSchema, stored.get(keyOf(id))?.toJSON().value);
    if (known.ok && flags.every((flag) => known.value.flags.includes(flag))) continue;
    const value: Stored = { consecutive, flags, at: instant(clock.now()), attendedBy: '' };
    (stored.has(keyOf(id)) ? again : first).push({ id: keyOf(id), value });
  }
  const { error } = await db.settings.bulkInsert(first);
  const refused = new Set(error.map(({ documentId }) => documentId));
  for (const alert of [...again, ...first.filter(({ id }) => refused.has(id))]) {
    await db.settings.incrementalUpsert(alert);
  }
}

/** Somebody has looked: the alert is no longer counted, and who it was stays on record. */
export async function attendAlert(db: DeskDatabase, invoiceId: string, who: string): Promise<void> {
  const stored = await db.settings.findOne(keyOf(invoiceId)).exec();
  await stored?.incrementalModify((current) => ({
    ...current,
    value: { ...(current.value as Stored), attendedBy: who },
  }));
}

import type { BulkWriteRow, RxDocumentData } from 'rxdb';
import type { Invoice } from '../../schemas/invoices';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import type { SignChain } from '../session/sign-chain';

/**
 * Signs this terminal's pending invoices that were issued while its key failed: the server takes none without a signature
 * once it has a signed one, and would refuse them for good. Number, content and hash stay; it is a write like any other,
 * with an edit of its own, so an answer to the unsigned state cannot take its pending mark off.
 *
 * Those before an unsigned one that the server has already are left as they are: they are from before the key, and are
 * taken so, while a signature on them would make the later one look like a gap.
 */
export async function signLate(options: {
  db: DeskDatabase;
  terminalId: string;
  sign: SignChain;
  ids: Ids;
}): Promise<void> {
  const { db, terminalId, sign, ids } = options;
  const pending = await db.invoices
    .find({ selector: { pending: { $eq: 1 } }, index: ['pending'] })
    .exec();
  const late = pending.filter(
    (invoice) => invoice.terminalId === terminalId && invoice.chain.signature === '',
  );
  if (late.length === 0) return;
  const needs = await neededFrom(db, terminalId);
  const collection = db.invoices;
  const stored = await collection.storageInstance.findDocumentsById(
    late.filter(({ serial }) => needs(serial)).map(({ primary }) => primary),
    false,
  );
  const rows: BulkWriteRow<Invoice>[] = [];
  for (const previous of stored) {
    if (previous.pending !== 1) continue;
    const signature = await sign(previous.chain.hash);
    /* The key still fails: the server says what is missing, and the next run tries again. */
    if (signature === '') break;
    const chain = { ...previous.chain, signature };
    const document = { ...previous, chain, edit: ids.newId() } as RxDocumentData<Invoice>;
    rows.push({ previous, document });
  }
  if (rows.length > 0) await collection.storageInstance.bulkWrite(rows, 'sign-late');
}

/** Whether a serial is above the first signed one, or above all unsigned ones that the server has. */
async function neededFrom(
  db: DeskDatabase,
  terminalId: string,
): Promise<(serial: number) => boolean> {
  const own = await db.invoices
    .find({ selector: { terminalId, serial: { $gte: 1 } }, index: ['terminalId', 'serial'] })
    .exec();
  let firstSigned = Number.POSITIVE_INFINITY;
  let lastUnsigned = 0;
  for (const { serial, pending, chain } of own) {
    if (chain.signature !== '') firstSigned = Math.min(firstSigned, serial);
    else if (pending !== 1) lastUnsigned = Math.max(lastUnsigned, serial);
  }
  const last = Math.min(firstSigned, lastUnsigned);
  return (serial) => serial > last;
}

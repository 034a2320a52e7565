import type { RxCollection } from 'rxdb';
import type { CollectionName, Documents } from '../../schemas/registry';
import { resolveConflict } from '../../shared/conflict/resolve-conflict';
import { AppError } from '../../shared/errors/app-error';
import type { Ids } from '../../shared/ports/ids';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { PushReply } from '../../shared/protocol/messages';
import { acknowledge } from './acknowledge';
import type { NewerStates } from './newer-states';
import { parseServerDocument } from './pull-handler';
import { type PushRow, pushBatches } from './push-batches';
import type { Records } from './records';
import type { SupersededEdits } from './superseded-edits';

export interface PushContext<N extends CollectionName> {
  name: N;
  collection: RxCollection<Documents[N]>;
  transport: SyncTransport;
  epoch: string;
  ids: Ids;
  records: Records;
  superseded: SupersededEdits;
  newer: Pick<NewerStates<Documents[N]>, 'of'>;
  signal: AbortSignal;
}

export interface PushOutcome<N extends CollectionName> {
  /** The server's documents that RxDB must resolve against. */
  conflicts: Documents[N][];
  /** Edits that the server acknowledged. */
  sent: string[];
  /** Documents with a field that both sides changed. */
  conflicting: number;
  rejected: number;
}

/** The document as it goes out: RxDB's own fields stay here. */
function onTheWire<T extends object>(document: T): T {
  const { _deleted, _meta, _rev, _attachments, ...rest } = document as Record<string, unknown>;
  return rest as T;
}

/**
 * Sends the rows that are pending, batch after batch, and settles each as the server answered. What RxDB offers that is
 * not pending (its own echo of an acknowledgement, or a conflict that was resolved to the server's state) needs no sending.
 */
export async function pushRows<N extends CollectionName>(
  context: PushContext<N>,
  rows: readonly PushRow<Documents[N]>[],
  onBatch: (outcome: PushOutcome<N>, rows: number) => void,
): Promise<Documents[N][]> {
  const pending = rows
    .filter((row) => row.newDocumentState.pending === 1)
    .map(({ newDocumentState, assumedMasterState }) => ({
      newDocumentState: onTheWire(newDocumentState),
      ...(assumedMasterState === undefined
        ? {}
        : { assumedMasterState: onTheWire(assumedMasterState) }),
    }));
  const conflicts: Documents[N][] = [];
  for (const batch of pushBatches(pending)) {
    context.signal.throwIfAborted();
    const reply = await context.transport.push(
      context.name,
      { epoch: context.epoch, rows: batch },
      context.signal,
    );
    const outcome = await settle(context, batch, reply);
    conflicts.push(...outcome.conflicts);
    onBatch(outcome, batch.length);
  }
  return conflicts;
}

async function settle<N extends CollectionName>(
  { name, collection, ids, records, superseded, newer }: PushContext<N>,
  batch: readonly PushRow<Documents[N]>[],
  reply: PushReply,
): Promise<PushOutcome<N>> {
  const rowOf = new Map(batch.map((row) => [row.newDocumentState.id, row]));
  const take = (id: string): PushRow<Documents[N]> => {
    const row = rowOf.get(id);
    if (row === undefined) throw new AppError('BAD_RESPONSE', { collection: name, unknownRow: id });
    rowOf.delete(id);
    return row;
  };

  const accepted = reply.accepted.map(({ id, ver }) => ({
    id,
    ver,
    edit: take(id).newDocumentState.edit,
  }));
  const rejected = reply.rejected.map((refusal) => ({ refusal, row: take(refusal.id) }));
  const behind = reply.superseded.map((value) => parseServerDocument(name, value));
  const changed = reply.conflicts.map((value) => parseServerDocument(name, value));
  const supersededRows = behind.map((document) => take(document.id));
  const conflictRows = changed.map((theirs) => ({ theirs, row: take(theirs.id) }));
  if (rowOf.size > 0)
    throw new AppError('BAD_RESPONSE', { collection: name, unanswered: rowOf.size });

  let conflicting = 0;
  for (const { theirs, row } of conflictRows) {
    const mine = row.newDocumentState;
    const base = row.assumedMasterState;
    const { conflicts } = resolveConflict(name, { base, mine, theirs, ids });
    if (conflicts.length > 0) conflicting += 1;
    await records.conflict(name, mine, conflicts);
  }
  for (const row of supersededRows) superseded.add(row.newDocumentState.edit);
  for (const { refusal, row } of rejected) {
    await records.rejected(name, row.newDocumentState, refusal);
  }
  await acknowledge(collection, accepted, newer);
  await records.settled(
    name,
    accepted.map(({ id }) => id),
  );

  return {
    conflicts: [...behind, ...changed],
    sent: accepted.map(({ edit }) => edit),
    conflicting,
    rejected: rejected.length,
  };
}

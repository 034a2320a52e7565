import type { RxCollection } from 'rxdb';
import type { CollectionName, Documents } from '../../schemas/registry';
import { resolveConflict } from '../../shared/conflict/resolve-conflict';
import { AppError } from '../../shared/errors/app-error';
import type { Ids } from '../../shared/ports/ids';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { PushReply } from '../../shared/protocol/messages';
import { fetchDocuments } from '../proof/fetch-documents';
import { acknowledge } from './acknowledge';
import { parseServerDocument } from './pull-handler';
import { type PushRow, pushBatches } from './push-batches';
import type { Records } from './records';
import type { SentStates } from './sent-states';
import type { SupersededEdits } from './superseded-edits';

export interface PushContext<N extends CollectionName> {
  name: N;
  collection: RxCollection<Documents[N]>;
  transport: SyncTransport;
  epoch: string;
  ids: Ids;
  records: Records;
  superseded: SupersededEdits;
  sent: SentStates;
  signal: AbortSignal;
  /** The highest version of a document that this transfer has received, 0 where it received none above 1. */
  receivedVersion: (id: string) => number;
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
 *
 * RxDB passes over a received document while a write of its own to it is not settled, and never asks for it again. What
 * is older than what was received meanwhile is therefore not settled, but answered with the server's present document.
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
  const passedOver = rows
    .map((row) => row.newDocumentState)
    .filter(({ pending, id, ver }) => pending !== 1 && context.receivedVersion(id) > ver);
  const conflicts = await present(context, passedOver);
  for (const { edit } of passedOver) context.superseded.add(edit);
  for (const offered of pushBatches(pending)) {
    context.signal.throwIfAborted();
    const batch = await context.sent.sending(context.name, offered);
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
  context: PushContext<N>,
  batch: readonly PushRow<Documents[N]>[],
  reply: PushReply,
): Promise<PushOutcome<N>> {
  const { name, collection, ids, records, superseded, sent, receivedVersion } = context;
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
  const supersededRows = behind.map((theirs) => ({ theirs, row: take(theirs.id) }));
  const conflictRows = changed.map((theirs) => ({ theirs, row: take(theirs.id) }));
  if (rowOf.size > 0)
    throw new AppError('BAD_RESPONSE', { collection: name, unanswered: rowOf.size });

  let conflicting = 0;
  for (const { theirs, row } of conflictRows) {
    const mine = row.newDocumentState;
    const past = sent.pastOf({ mine, base: row.assumedMasterState, theirs });
    const { conflicts } = resolveConflict(name, { ...past, mine, theirs, ids });
    if (conflicts.length > 0) conflicting += 1;
    await records.conflict(name, mine, conflicts);
  }
  for (const { row } of supersededRows) superseded.add(row.newDocumentState.edit);
  for (const { refusal, row } of rejected) {
    await records.rejected(name, row.newDocumentState, refusal);
  }
  const isOld = ({ id, ver }: { id: string; ver: number }) => receivedVersion(id) > ver;
  const newest = await present(context, [...accepted, ...behind].filter(isOld));
  for (const { edit } of accepted.filter(isOld)) superseded.add(edit);
  /*
   * Accepted, or resolved into another state: what was refused of them before is no longer what they are. Before the pending
   * mark goes: nobody looks at the refusal of what is not pending again, were this terminal to die in between.
   */
  await records.settled(
    name,
    [...accepted, ...behind, ...changed].map(({ id }) => id),
  );
  await acknowledge(
    collection,
    accepted.filter((entry) => !isOld(entry)),
  );
  await sent.answered(name, {
    settled: accepted.map(({ id }) => id),
    superseded: supersededRows.map(({ theirs, row }) => ({ theirs, ours: row.newDocumentState })),
    refused: rejected.map(({ row }) => row.newDocumentState),
    conflicting: changed,
  });

  return {
    conflicts: [...behind.filter((document) => !isOld(document)), ...newest, ...changed],
    sent: accepted.map(({ edit }) => edit),
    conflicting,
    rejected: rejected.length,
  };
}

/** The server's present documents in place of states that it has built on; BAD_RESPONSE where it lacks one. */
async function present<N extends CollectionName>(
  { name, transport, epoch, signal }: PushContext<N>,
  states: readonly { id: string }[],
): Promise<Documents[N][]> {
  if (states.length === 0) return [];
  const ids = states.map(({ id }) => id);
  const found = await fetchDocuments({ transport, name, epoch, ids, signal });
  if (found.length < ids.length) throw new AppError('BAD_RESPONSE', { collection: name, ids });
  return found.map(({ document }) => document);
}

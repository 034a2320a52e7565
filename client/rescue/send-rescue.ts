import { validateDocument } from '../../schemas/validate';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import {
  type PushReply,
  pushReplySchema,
  type SessionReply,
  sessionReplySchema,
} from '../../shared/protocol/messages';
import type { RescueRequest } from '../../shared/protocol/rescue-messages';
import type { RescueContent, RescueFile } from '../../shared/rescue/rescue-file';
import { collectionHashes, documentHashes } from '../../shared/rescue/rescue-proof';
import type { ApiClient } from '../http/api-client';
import { WRITTEN_COLLECTIONS, type WrittenCollection } from '../pending/pending-counts';
import type { RescueOutcome, RescueRow } from '../services/rescue-service';
import { type PushRow, pushBatches } from '../sync/push-batches';
import { titleOf } from '../sync/title-of';

interface Sent {
  id: string;
  ver: number;
}

/**
 * Sends the documents of an opened file, in the order of a sync and in batches of a push. Batches that went through stay
 * so when a later one fails: importing again changes nothing of them.
 */
export async function sendRescue(options: {
  api: ApiClient;
  file: RescueFile;
  content: RescueContent;
  isAcrossEpochs: boolean;
}): Promise<RescueRow[]> {
  const { api, file, content, isAcrossEpochs } = options;
  const { documents } = content;
  const proofOf = proofs(content);
  const epoch = isAcrossEpochs ? await presentEpoch(api) : file.facts.epoch;
  const { terminal, madeAt } = file.facts;
  const result: RescueRow[] = [];
  /* What a revoked terminal had is kept aside batch by batch: every one has to go there before anybody is told. */
  let revoked: unknown = null;
  for (const kind of WRITTEN_COLLECTIONS) {
    const rows = documents[kind].map((newDocumentState) => ({ newDocumentState }));
    for (const batch of pushBatches(rows)) {
      const body: RescueRequest = {
        terminalId: terminal.id,
        fileId: file.checksum,
        madeAt,
        epoch,
        rows: isAcrossEpochs ? batch : batch.map(withAssumed),
        ...proofOf(kind),
      };
      try {
        result.push(...rowsOf(kind, batch, await send(api, kind, body)));
      } catch (error) {
        const code = errorCodeOf(error);
        if (code !== 'RESCUE_REVOKED' && code !== 'QUARANTINE_FULL') throw error;
        /* One that was not kept is what has to be told. */
        if (code === 'QUARANTINE_FULL' || revoked === null) revoked = error;
      }
    }
  }
  if (revoked !== null) throw revoked;
  return result;
}

/** The part of the file's proof that a batch of a collection brings along; nothing where the file has none. */
function proofs({
  documents,
  signature,
}: RescueContent): (kind: WrittenCollection) => Pick<RescueRequest, 'proof'> {
  if (signature === undefined) return () => ({});
  const hashes = documentHashes(documents);
  const collections = collectionHashes(hashes);
  return (kind) => ({ proof: { signature, collections, documents: hashes[kind] } });
}

async function send(
  api: ApiClient,
  kind: WrittenCollection,
  body: RescueRequest,
): Promise<PushReply> {
  try {
    return await api.request<PushReply>(
      { method: 'POST', path: `/api/rescues/${kind}`, body },
      pushReplySchema,
    );
  } catch (error) {
    if (errorCodeOf(error) !== 'EPOCH_CHANGED') throw error;
    throw new AppError('RESCUE_OLD_EPOCH', {}, { cause: error });
  }
}

const presentEpoch = async (api: ApiClient): Promise<string> =>
  (await api.request<SessionReply>({ method: 'GET', path: '/api/session' }, sessionReplySchema))
    .epoch;

/**
 * A local edit keeps the version that it builds on, so the state that the terminal took for the server's can be named.
 * Across epochs it cannot: the same number may be another state there, and without it nothing is overwritten.
 */
function withAssumed(row: PushRow<unknown>): PushRow<unknown> {
  const { id, ver } = row.newDocumentState as Partial<Sent>;
  if (typeof id !== 'string' || typeof ver !== 'number' || ver === 0) return row;
  return { ...row, assumedMasterState: { id, ver, edit: '' } };
}

/** One line for each document, in the order of the file; what the server did not answer is a BAD_RESPONSE. */
function rowsOf(
  kind: WrittenCollection,
  batch: readonly PushRow<unknown>[],
  reply: PushReply,
): RescueRow[] {
  const outcomes = new Map<string, { outcome: RescueOutcome; code: string; message: string }>();
  const note = (id: unknown, outcome: RescueOutcome, code = '', message = ''): void => {
    outcomes.set(String(id), { outcome, code, message });
  };
  for (const { id } of reply.accepted) note(id, 'saved');
  for (const { id } of reply.superseded) note(id, 'known');
  for (const { id } of reply.conflicts) note(id, 'conflict');
  for (const { id, code, message } of reply.rejected) note(id, 'rejected', code, message);
  return batch.map(({ newDocumentState }) => {
    const { id } = newDocumentState as Partial<Sent>;
    const found = outcomes.get(String(id));
    if (found === undefined) throw new AppError('BAD_RESPONSE', { collection: kind, id });
    const parsed = validateDocument(kind, newDocumentState);
    return {
      kind,
      id: String(id),
      title: parsed.ok ? titleOf(parsed.value) : String(id),
      ...found,
    };
  });
}

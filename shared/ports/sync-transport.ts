import type { CollectionName } from '../../schemas/registry';
import type {
  Checkpoint,
  DigestsReply,
  DocumentsReply,
  OriginsReply,
  PullReply,
  PushReply,
  PushRequest,
  StatusReply,
} from '../protocol/messages';

/** What a sync run needs of the network. Every method throws AppError only; replies are parsed, not trusted. */
export interface SyncTransport {
  /** A page of changes after the checkpoint (null: from the beginning). EPOCH_CHANGED carries `details.epoch`. */
  pull(
    collection: CollectionName,
    request: { checkpoint: Checkpoint | null; limit: number },
    signal: AbortSignal,
  ): Promise<PullReply>;
  push(collection: CollectionName, request: PushRequest, signal: AbortSignal): Promise<PushReply>;
  /** Digests of the documents whose ids begin with `prefix` (SPEC P40). */
  digests(collection: CollectionName, prefix: string, signal: AbortSignal): Promise<DigestsReply>;
  /** Documents by id, at most LIMITS.pickedIds. */
  documents(
    collection: CollectionName,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<DocumentsReply>;
  /** The same as the present life of the server's data began with them (SPEC P43). */
  origins(
    collection: CollectionName,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<OriginsReply>;
  status(signal: AbortSignal): Promise<StatusReply>;
}

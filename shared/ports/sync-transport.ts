import type { CollectionName } from '../../schemas/registry';
import type {
  Checkpoint,
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
  status(signal: AbortSignal): Promise<StatusReply>;
}

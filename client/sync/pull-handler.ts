import { upgradeDocument } from '../../schemas/migrations/upgrade-document';
import { COLLECTIONS, type CollectionName, type Documents } from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { Checkpoint, Contents, Cut, PullReply } from '../../shared/protocol/messages';

/** A document of the server, checked. RxDB would skip one that does not fit and move on for ever: we stop instead (F9). */
export function parseServerDocument<N extends CollectionName>(
  collection: N,
  value: unknown,
): Documents[N] {
  const parsed = validateDocument(collection, upgradeDocument(collection, value));
  if (!parsed.ok) {
    throw new AppError('SCHEMA_AHEAD', {
      collection,
      path: parsed.path,
      why: parsed.message,
      schemaVersion: COLLECTIONS[collection].version,
    });
  }
  return parsed.value;
}

export interface PullPage<N extends CollectionName> {
  documents: (Documents[N] & { _deleted: false })[];
  checkpoint: Checkpoint;
  remaining: number;
  /** What the server holds at this checkpoint; null unless the page reaches the end. */
  contents: Contents | null;
  /** What of the store's invoices terminals no longer hold; null where it has no cut. */
  cut: Cut | null;
}

/** Reads and checks one page. A first page of another life of the data raises EPOCH_CHANGED like any other. */
export async function pullPage<N extends CollectionName>(options: {
  collection: N;
  transport: SyncTransport;
  epoch: string;
  checkpoint: Checkpoint | undefined;
  limit: number;
  signal: AbortSignal;
}): Promise<PullPage<N>> {
  const { collection, transport, epoch, checkpoint, limit, signal } = options;
  const reply: PullReply = await transport.pull(
    collection,
    { checkpoint: checkpoint ?? null, limit },
    signal,
  );
  if (reply.checkpoint.epoch !== epoch) {
    throw new AppError('EPOCH_CHANGED', { epoch: reply.checkpoint.epoch });
  }
  return {
    documents: reply.documents.map((value) => ({
      ...parseServerDocument(collection, value),
      _deleted: false,
    })),
    checkpoint: reply.checkpoint,
    remaining: reply.remaining,
    contents: reply.contents ?? null,
    cut: reply.cut ?? null,
  };
}

import type { RxCollection } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { COLLECTIONS, type CollectionName, type Documents } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import { LIMITS } from '../../shared/protocol/limits';
import type { Checkpoint } from '../../shared/protocol/messages';
import type { RunCounts } from '../../shared/sync/run-machine';
import { PagePace } from './page-pace';
import { pullPage } from './pull-handler';
import { type PushContext, pushRows } from './push-handler';
import { restamp } from './restamp';
import { storageError } from './storage-error';

export interface TransferProgress {
  counts: Partial<RunCounts>;
  /** Documents handled since the last report, and still to come as far as known. */
  handled: number;
  remaining: number;
}

export interface TransferOptions<N extends CollectionName> extends Omit<PushContext<N>, 'signal'> {
  /** Stops the transfer; what was acknowledged or stored until then stays. */
  signal: AbortSignal;
  /** Pending documents when it starts, for the progress bar. */
  toSend: number;
  /** Documents to be written anew while RxDB listens, because its push checkpoint passed them. */
  stuck: readonly string[];
  onProgress: (progress: TransferProgress) => void;
}

/** RxDB calls a failed handler again after this many ms, until it is cancelled; we cancel at the first failure. */
const RETRY_MS = 100;

/**
 * One collection, once: everything that is pending goes out, everything new comes in.
 *
 * `live: true` without a stream, then the first of "in sync", an error, an abort, and then `cancel()`: with
 * `live: false` RxDB retries for ever and cannot be cancelled while the server fails. `pause()` is never called, it
 * can lose local writes. Throws the AppError of the first failure.
 */
export async function transfer<N extends CollectionName>(
  options: TransferOptions<N>,
): Promise<void> {
  const { name, collection, epoch, onProgress, signal } = options;
  const { direction } = COLLECTIONS[name];
  /* Aborted by the caller, or by our own first failure: then RxDB's retries find a closed door. */
  const stop = new AbortController();
  const inner = AbortSignal.any([signal, stop.signal]);
  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => undefined);
  const guarded =
    <A extends unknown[], R>(handler: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        inner.throwIfAborted();
        return await handler(...args);
      } catch (error) {
        fail(signal.aborted ? new AppError('CANCELLED') : error);
        stop.abort();
        throw error;
      }
    };

  const ownEdits = new Set<string>();
  const pace = new PagePace();
  let toReceive = 0;
  let toSend = options.toSend;

  const pull = async (checkpoint: Checkpoint | undefined, limit: number) => {
    const page = await pullPage({
      ...options,
      epoch,
      collection: name,
      checkpoint,
      limit,
      signal: inner,
    });
    if (replication.metaInstance !== undefined) {
      await pace.reached(checkpoint, replication.metaInstance, inner);
    }
    const received = page.documents.filter((document) => !ownEdits.has(document.edit)).length;
    toReceive = page.remaining;
    onProgress({ counts: { received }, handled: received, remaining: toReceive + toSend });
    return page;
  };

  /* RxDB may call the push handler in parallel; one at a time keeps the order in which things were written. */
  let queue: Promise<unknown> = Promise.resolve();
  const push = (rows: Parameters<typeof pushRows<N>>[1]): Promise<Documents[N][]> => {
    const turn = queue.then(() =>
      pushRows({ ...options, signal: inner }, rows, (outcome, handled) => {
        for (const edit of outcome.sent) ownEdits.add(edit);
        toSend = Math.max(0, toSend - handled);
        onProgress({
          counts: {
            sent: outcome.sent.length,
            conflicts: outcome.conflicting,
            rejected: outcome.rejected,
          },
          handled,
          remaining: toReceive + toSend,
        });
      }),
    );
    queue = turn.catch(() => undefined);
    return turn;
  };

  const replication = replicateRxCollection<Documents[N], Checkpoint>({
    collection: collection as RxCollection<Documents[N]>,
    /* Another life of the server's data is another replication: everything is compared again. */
    replicationIdentifier: `${name}-${epoch}`,
    live: true,
    retryTime: RETRY_MS,
    waitForLeadership: false,
    toggleOnDocumentVisible: false,
    ...(direction === 'up' ? {} : { pull: { batchSize: LIMITS.pullPage, handler: guarded(pull) } }),
    ...(direction === 'down'
      ? {}
      : { push: { batchSize: LIMITS.pushRows, handler: guarded(push) as never } }),
  });
  const subscription = replication.error$.subscribe((error) => {
    fail(storageError(error));
    stop.abort();
  });
  const onAbort = () => fail(new AppError('CANCELLED'));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();

  try {
    await Promise.race([replication.awaitInSync(), failure]);
    if (options.stuck.length > 0) {
      await restamp(collection, options.stuck, options.ids);
      await Promise.race([replication.awaitInSync(), failure]);
    }
    if (ownEdits.size > 0 && direction === 'both') {
      /* What was just sent comes back with the server's version: the checkpoint moves past it. */
      replication.reSync();
      await Promise.race([replication.awaitInSync(), failure]);
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop.abort();
    pace.stop();
    await replication.cancel();
    subscription.unsubscribe();
    options.superseded.clear();
  }
}

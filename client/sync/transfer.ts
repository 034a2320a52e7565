import type { RxCollection } from 'rxdb';
import { getChangedDocumentsSince } from 'rxdb/plugins/core';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { COLLECTIONS, type CollectionName, type Documents } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import { LIMITS } from '../../shared/protocol/limits';
import type { Checkpoint, Contents } from '../../shared/protocol/messages';
import type { RunCounts } from '../../shared/sync/run-machine';
import type { DeskDatabase } from '../db/database';
import { storageError } from '../db/storage-error';
import { pendingEdits } from '../pending/pending-counts';
import type { Cuts } from './cuts';
import { PagePace } from './page-pace';
import { pullPage } from './pull-handler';
import { type PushContext, pushRows } from './push-handler';
import { ReceivedVersions } from './received-versions';
import { restamp } from './restamp';
import { takePassedOver } from './take-passed-over';

export interface TransferProgress {
  counts: Partial<RunCounts>;
  /** Documents handled since the last report, and still to come as far as known. */
  handled: number;
  remaining: number;
}

/** How far a transfer has read, and what the server held just there. */
export interface ReachedEnd {
  seq: number;
  contents: Contents;
}

export interface TransferOptions<N extends CollectionName>
  extends Omit<PushContext<N>, 'signal' | 'receivedVersion'> {
  db: DeskDatabase;
  /** Stops the transfer; what was acknowledged or stored until then stays. */
  signal: AbortSignal;
  /** Pending documents when it starts, for the progress bar. */
  toSend: number;
  cuts: Cuts;
  /** Documents to be written anew while RxDB listens, because its push checkpoint passed them. */
  stuck: readonly string[];
  onProgress: (progress: TransferProgress) => void;
  /** Awaited before anything that may change a version is written. */
  unsettle: () => Promise<void>;
}

/** How often the server is asked again because something changed there meanwhile; the next run will find what is left. */
const MAX_ROUNDS = 3;

/** RxDB calls a failed handler again after this many ms, until it is cancelled; we cancel at the first failure. */
const RETRY_MS = 100;

/**
 * One collection, once: everything that is pending goes out, everything new comes in.
 *
 * `live: true` without a stream, then the first of "in sync", an error, an abort, and then `cancel()`: with
 * `live: false` RxDB retries for ever and cannot be cancelled while the server fails. `pause()` is never called, it
 * can lose local writes. Throws the AppError of the first failure. When it returns, or throws, it no longer writes.
 *
 * Returns what the server held at the end of what was read; null where it did not say, or where more was sent since.
 */
export async function transfer<N extends CollectionName>(
  options: TransferOptions<N>,
): Promise<ReachedEnd | null> {
  const { name, collection, epoch, onProgress, signal, unsettle } = options;
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
  let toReceive = 0;
  let toSend = options.toSend;
  /** Answers to a push after which the server has, or may have, something that was not yet received. */
  let changes = 0;
  let reached: (ReachedEnd & { changes: number }) | null = null;
  const received = new ReceivedVersions();
  const takeUpTo = async (seq: number): Promise<number> => {
    const about = { collection: collection as never, name, epoch, signal: inner };
    const taken = await takePassedOver(seq, { ...options, ...about, received, unsettle });
    changes += taken;
    return taken;
  };
  const pace = new PagePace(guarded(async (seq: number) => void (await takeUpTo(seq))));

  const pull = async (checkpoint: Checkpoint | undefined, limit: number) => {
    const changesBefore = changes;
    const pending = name === 'invoices' ? await pendingEdits(options.db, name) : null;
    const page = await pullPage({
      ...options,
      epoch,
      collection: name,
      checkpoint,
      limit,
      signal: inner,
    });
    if (page.documents.length > 0) await unsettle();
    if (replication.metaInstance !== undefined) {
      await pace.reached(checkpoint, replication.metaInstance, inner);
    }
    /* All pages before are on the disk, and all of them were answered before this cut, or have seen it. */
    if (page.cut !== null) {
      await options.cuts.apply(page.cut, { epoch, late: pending?.keys() ?? [] }, unsettle);
    }
    await options.records.received(page.documents);
    if (direction === 'both') {
      if (checkpoint === undefined) {
        received.begins((await isEmpty(collection)) ? 'empty' : 'otherLife');
      }
      received.add(page.documents, page.checkpoint.seq);
    }
    const {
      checkpoint: { seq },
      contents,
    } = page;
    reached = contents === null ? null : { seq, contents, changes: changesBefore };
    const fresh = page.documents.filter((document) => !ownEdits.has(document.edit)).length;
    toReceive = page.remaining;
    onProgress({ counts: { received: fresh }, handled: fresh, remaining: toReceive + toSend });
    return page;
  };

  /* RxDB may call the push handler in parallel; one at a time keeps the order in which things were written. */
  let queue: Promise<unknown> = Promise.resolve();
  const push = (rows: Parameters<typeof pushRows<N>>[1]): Promise<Documents[N][]> => {
    const turn = queue.then(async () => {
      await unsettle();
      const context = { ...options, signal: inner, receivedVersion: received.versionOf };
      const conflicts = await pushRows(context, rows, (outcome, handled) => {
        changes += outcome.sent.length;
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
      });
      changes += conflicts.length;
      return conflicts;
    });
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
    const isWhole = () => reached !== null && reached.changes === changes;
    const readOn = async () => {
      for (let round = 0; direction !== 'up' && !isWhole() && round < MAX_ROUNDS; round++) {
        /* What was just sent comes back with the server's version: the checkpoint moves past it. */
        replication.reSync();
        await Promise.race([replication.awaitInSync(), failure]);
      }
    };
    await readOn();
    const taken = await takeUpTo(Number.POSITIVE_INFINITY);
    if (taken > 0) {
      /* RxDB takes note of them as of any write; they need no sending. */
      await Promise.race([replication.awaitInSync(), failure]);
      await readOn();
    }
    return isWhole() ? reached : null;
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop.abort();
    await pace.stop();
    await replication.cancel();
    await lastWrites(replication);
    subscription.unsubscribe();
    options.superseded.clear();
    options.sent.clear();
  }
}

/** Nothing was ever stored, nor what a cut has dropped since. */
const isEmpty = async <T>({ storageInstance }: RxCollection<T>): Promise<boolean> =>
  (await getChangedDocumentsSince(storageInstance, 1)).documents.length === 0;

/** `cancel` does not wait for what is under way; who holds the sync lock must not let go of it before. */
async function lastWrites<T>(replication: RxReplicationState<T, Checkpoint>): Promise<void> {
  const state = replication.internalReplicationState;
  if (state === undefined) return;
  await Promise.allSettled([state.streamQueue.up, state.streamQueue.down]);
}

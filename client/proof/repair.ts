import type { RxCollection } from 'rxdb';
import { type AnyDocument, COLLECTIONS, type CollectionName } from '../../schemas/registry';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { Difference } from '../../shared/proof/classify';
import { sendAnew } from '../pending/send-anew';
import type { RepairCounts } from '../services/proof-service';
import { fetchDocuments } from './fetch-documents';
import { replaceUnlessPending } from './replace-unless-pending';

/** Documents of one repair; more are for the next one, so that each ends. */
export const REPAIR_MAX = 2000;

/**
 * Brings just these documents to what they should be: the server's state is taken over what is here, and what the server
 * lacks becomes pending, so that the next push sends it. A document that is pending here by now is left alone: its edit was
 * never sent, and the push settles it. Call it under the sync lock.
 */
export async function repair(options: {
  collection: RxCollection<AnyDocument>;
  name: CollectionName;
  transport: SyncTransport;
  epoch: string;
  signal: AbortSignal;
  differences: readonly Difference[];
}): Promise<RepairCounts> {
  const { name, differences } = options;
  const now = differences.slice(0, REPAIR_MAX);
  const idsOf = (wanted: (difference: Difference) => boolean): string[] =>
    now.filter(wanted).map(({ id }) => id);
  const there = await fetchDocuments({
    ...options,
    ids: idsOf(({ kind }) => kind !== 'missingThere'),
  });
  const received = await replaceUnlessPending(
    options.collection,
    new Map(there.map(({ document }) => [document.id, () => document])),
    'repair',
  );
  /* What only the server writes and no longer has is not ours to send. */
  const isOurs = COLLECTIONS[name].direction === 'both';
  const kept = await replaceUnlessPending(
    options.collection,
    new Map(
      idsOf(({ kind }) => kind === 'missingThere').map((id) => [
        id,
        (stored) =>
          stored === undefined || stored._deleted
            ? null
            : isOurs
              ? sendAnew(stored)
              : { ...stored, _deleted: true },
      ]),
    ),
    'repair',
  );
  return {
    received: received.written,
    toSend: isOurs ? kept.written : 0,
    removed: isOurs ? 0 : kept.written,
    untouched: received.skipped + kept.skipped,
    left: differences.length - now.length,
  };
}

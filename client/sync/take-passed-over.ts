import type { RxCollection } from 'rxdb';
import type { AnyDocument, CollectionName } from '../../schemas/registry';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import { fetchDocuments } from '../proof/fetch-documents';
import { replaceUnlessPending } from '../proof/replace-unless-pending';
import type { ReceivedVersions } from './received-versions';

/**
 * RxDB drops a received document, for good, where it takes the one here for a write that has still to go out: one that
 * was acknowledged, and this terminal died before RxDB took note, under a clock that was set back; or any of the life
 * before, where the server's data began a new one. The server's present state is put in the place of what is neither
 * pending nor as new as what was received, up to `seq`. To be done before a checkpoint says that all up to there is
 * stored: whoever goes on from it never asks for these again. Returns how many there were.
 */
export async function takePassedOver(
  seq: number,
  options: {
    collection: RxCollection<AnyDocument>;
    name: CollectionName;
    transport: SyncTransport;
    epoch: string;
    signal: AbortSignal;
    received: ReceivedVersions;
    /** To be awaited before a version changes. */
    unsettle: () => Promise<void>;
  },
): Promise<number> {
  const { collection, received, unsettle } = options;
  const ids = received.takeUpTo(seq);
  if (ids.length === 0) return 0;
  const stored = await collection.storageInstance.findDocumentsById(ids, true);
  /* What a cut dropped here is none: it was received again, so it is to be here. */
  const older = stored.filter(({ id, ver, _deleted }) => _deleted || ver < received.versionOf(id));
  /* A pending one is settled by what the server answers to it; it is looked at again in the end. */
  received.putBack(older.filter(({ pending }) => pending === 1).map(({ id }) => id));
  const passedOver = older.filter(({ pending }) => pending !== 1).map(({ id }) => id);
  if (passedOver.length === 0) return 0;
  const present = await fetchDocuments({ ...options, ids: passedOver });
  await unsettle();
  const next = new Map(present.map(({ document }) => [document.id, () => document]));
  const { written } = await replaceUnlessPending(collection, next, 'passed-over');
  if (written < passedOver.length) received.putBack(passedOver);
  return written;
}

import type { RxCollection } from 'rxdb';
import type { AnyDocument, CollectionName } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import {
  type Classified,
  classify,
  type LocalVersion,
  NOTHING_DIFFERS,
  together,
} from '../../shared/proof/classify';
import { addVersion, contentsOf, EMPTY_TALLY, sameContents } from '../../shared/proof/tally';
import type { Contents } from '../../shared/protocol/messages';
import { readVersions } from './read-versions';

type Versions = ReadonlyMap<string, LocalVersion>;

const EMPTY: Versions = new Map();

/**
 * The very documents in which this terminal and the server differ. Where the server has many it sends their digests in
 * buckets, and only the buckets that differ are looked into. Call it under the sync lock.
 */
export async function findDifferences(options: {
  collection: RxCollection<AnyDocument>;
  name: CollectionName;
  transport: SyncTransport;
  epoch: string;
  /** The checkpoint up to which this terminal has read. */
  seq: number;
  signal: AbortSignal;
}): Promise<Classified> {
  const { collection, name, transport, epoch, seq, signal } = options;

  const search = async (prefix: string, local: Versions): Promise<Classified> => {
    const reply = await transport.digests(name, prefix, signal);
    if (reply.epoch !== epoch) throw new AppError('EPOCH_CHANGED', { epoch: reply.epoch });
    const [first] = reply.buckets;
    if (first === undefined) return classify(local, reply.documents, seq);
    /* A server that answers with buckets no finer than the question would have us ask for ever. */
    if (reply.buckets.some((bucket) => bucket.prefix.length <= prefix.length)) {
      throw new AppError('BAD_RESPONSE', { collection: name, prefix });
    }
    const here = byPrefix(local, first.prefix.length);
    let found = NOTHING_DIFFERS;
    for (const { prefix: bucket, ...there } of reply.buckets) {
      const inside = here.get(bucket) ?? EMPTY;
      here.delete(bucket);
      if (!sameContents(acknowledged(inside), there)) {
        found = together(found, await search(bucket, inside));
      }
    }
    /* Buckets that the server does not have at all need no question. */
    for (const inside of here.values()) found = together(found, classify(inside, [], seq));
    return found;
  };

  return search('', await readVersions(collection));
}

function byPrefix(local: Versions, length: number): Map<string, Map<string, LocalVersion>> {
  const groups = new Map<string, Map<string, LocalVersion>>();
  for (const [id, version] of local) {
    const prefix = id.slice(0, length);
    const group = groups.get(prefix) ?? new Map<string, LocalVersion>();
    groups.set(prefix, group.set(id, version));
  }
  return groups;
}

function acknowledged(local: Versions): Contents {
  let tally = EMPTY_TALLY;
  for (const [id, { ver }] of local) if (ver > 0) tally = addVersion(tally, id, ver);
  return contentsOf(tally);
}

import type { RxCollection } from 'rxdb';
import { map } from 'rxjs/operators';
import {
  type AnyDocument,
  COLLECTION_NAMES,
  COLLECTIONS,
  type CollectionName,
} from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { Classified, Difference } from '../../shared/proof/classify';
import { sameContents } from '../../shared/proof/tally';
import { LIMITS } from '../../shared/protocol/limits';
import type { CollectionStatus } from '../../shared/protocol/messages';
import type { DeskDatabase } from '../db/database';
import { compare } from '../proof/compare';
import { fetchDocuments } from '../proof/fetch-documents';
import { findDifferences } from '../proof/find-differences';
import { countContents, type KeptContents } from '../proof/kept-contents';
import type { Proof, Proofs } from '../proof/proofs';
import { repair } from '../proof/repair';
import type { CollectionProof, ProofService } from '../services/proof-service';
import type { IdentityStore } from '../session/identity';
import type { Cuts } from '../sync/cuts';
import type { SyncLock } from '../sync/sync-lock';
import { titleOf } from '../sync/title-of';

const RECEIVED = COLLECTION_NAMES.filter((name) => COLLECTIONS[name].direction !== 'up');

export function createProofService(options: {
  db: DeskDatabase;
  transport: SyncTransport;
  identity: IdentityStore;
  kept: KeptContents;
  proofs: Proofs;
  cuts: Cuts;
  lock: SyncLock;
  clock: Clock;
}): ProofService {
  const { db, transport, identity, kept, proofs, cuts, lock, clock } = options;
  const { signal } = new AbortController();
  const collectionOf = (name: CollectionName) => db[name] as unknown as RxCollection<AnyDocument>;

  /** Versions stand still while a task holds the lock that syncs take. */
  const locked = async <T>(task: (epoch: string) => Promise<T>): Promise<T> => {
    const known = await identity.read();
    if (known === null) throw new AppError('TERMINAL_UNKNOWN');
    const release = await lock.tryAcquire();
    if (release === null) throw new AppError('SYNC_BUSY');
    try {
      return await task(known.epoch);
    } finally {
      release();
    }
  };

  /* One after the other: "busy" is said of a sync, or of another tab, not of what was clicked here a moment ago. */
  let queue: Promise<unknown> = Promise.resolve();
  const alone = <T>(task: (epoch: string) => Promise<T>): Promise<T> => {
    const turn = queue.then(() => locked(task));
    queue = turn.catch(() => undefined);
    return turn;
  };

  const statusNow = async (epoch: string): Promise<Record<string, CollectionStatus>> => {
    const status = await transport.status(signal);
    if (status.epoch !== epoch) throw new AppError('EPOCH_CHANGED', { epoch: status.epoch });
    return status.collections;
  };

  const seqOf = async (name: CollectionName): Promise<number> =>
    (await proofs.read())[name]?.seq ?? 0;

  const compareOne = async (
    name: CollectionName,
    epoch: string,
    status: CollectionStatus | undefined,
  ): Promise<void> => {
    if (status === undefined) throw new AppError('BAD_RESPONSE', { collection: name });
    const { count, digest } = status;
    const server = { count, digest };
    const local = await countContents(collectionOf(name));
    await kept.replace(name, local);
    const seq = await seqOf(name);
    const found: Pick<Proof, 'equality' | 'leftOut'> =
      status.seq > seq && !sameContents(local, server)
        ? { equality: 'behind', leftOut: 0 }
        : await compare({ db, transport, name, epoch, local, server, seq, cuts, signal });
    /* A cut that was not met yet takes documents from the server's figures without a new place in its sequence. */
    if (found.equality === 'different' && name === 'invoices') {
      const { differences: left, newer } = await differences(name, epoch);
      if (left.length === 0 && newer > 0) found.equality = 'behind';
    }
    await proofs.write(name, { at: instant(clock.now()), seq, local, server, ...found });
  };

  const differences = async (name: CollectionName, epoch: string): Promise<Classified> => {
    const found = await findDifferences({
      collection: collectionOf(name),
      name,
      transport,
      epoch,
      seq: await seqOf(name),
      signal,
    });
    if (name !== 'invoices') return found;
    /* What the server has archived is not missing there: the next pull says that it is to go here. */
    const ids = found.differences.filter(({ kind }) => kind === 'missingThere').map(({ id }) => id);
    const there = await fetchDocuments({ transport, name, epoch, ids, signal });
    const archived = new Set(there.map(({ document }) => document.id));
    return {
      ...found,
      differences: found.differences.filter(({ id }) => !archived.has(id)),
      newer: found.newer + archived.size,
    };
  };

  /** Titles of documents that differ; of those that are missing here as many as one request brings. */
  const titles = async (name: CollectionName, epoch: string, found: readonly Difference[]) => {
    const isHere = ({ kind }: Difference) => kind !== 'missingHere';
    const ids = found.filter(isHere).map(({ id }) => id);
    const missing = found.filter((entry) => !isHere(entry)).map(({ id }) => id);
    const here = await collectionOf(name).storageInstance.findDocumentsById(ids, false);
    const there = await fetchDocuments({
      transport,
      name,
      epoch,
      ids: missing.slice(0, LIMITS.pickedIds),
      signal,
    });
    const known = [...here, ...there.map(({ document }) => document)];
    return new Map(known.map((document) => [document.id, titleOf(document)]));
  };

  return {
    proofs$: proofs.all$.pipe(map(toList)),

    compare: () =>
      alone(async (epoch) => {
        const status = await statusNow(epoch);
        for (const name of RECEIVED) await compareOne(name, epoch, status[name]);
        return toList(await proofs.read());
      }),

    differences: (name) =>
      alone(async (epoch) => {
        const { differences: found, ...counts } = await differences(name, epoch);
        const known = await titles(name, epoch, found);
        return {
          documents: found.map((entry) => ({ ...entry, title: known.get(entry.id) ?? entry.id })),
          ...counts,
        };
      }),

    repair: (name) =>
      alone(async (epoch) => {
        const { differences: found } = await differences(name, epoch);
        const collection = collectionOf(name);
        /* From here on versions change: what was kept of them is void until they are counted again. */
        await kept.replace(name, null);
        const counts = await repair({
          collection,
          name,
          transport,
          epoch,
          signal,
          differences: found,
        });
        await compareOne(name, epoch, (await statusNow(epoch))[name]);
        return counts;
      }),
  };
}

const toList = (proofs: Awaited<ReturnType<Proofs['read']>>): readonly CollectionProof[] =>
  RECEIVED.map((collection) => {
    const proof = proofs[collection];
    if (proof === undefined) {
      return { collection, at: null, equality: 'unknown', local: null, server: null, leftOut: 0 };
    }
    const { seq, ...shown } = proof;
    return { collection, ...shown };
  });

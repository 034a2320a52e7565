import type { RxCollection } from 'rxdb';
import type { AnyDocument, CollectionName } from '../../schemas/registry';
import { validate } from '../../schemas/validate';
import {
  addVersion,
  contentsOf,
  EMPTY_TALLY,
  removeVersion,
  type Tally,
  tallyOf,
} from '../../shared/proof/tally';
import { type Contents, contentsSchema } from '../../shared/protocol/messages';
import type { DeskDatabase } from '../db/database';
import type { Settings } from '../db/settings';
import { isWritten, pendingVersions } from '../pending/pending-counts';
import { readVersions } from './read-versions';

/** The changes of one collection while somebody who holds the sync lock writes to it. */
export interface FollowedContents {
  /**
   * To be awaited before a version may change: from here on the kept contents are void, so that a crash leaves none
   * behind rather than wrong ones.
   */
  unsettle(): Promise<void>;
  /**
   * Every write has ended: what the terminal holds now. Reads the collection only where that was not known, or where the
   * number of documents is not the one that was kept.
   */
  settle(): Promise<Contents>;
  /** Follows no longer; what was unsettled is read anew the next time. */
  drop(): void;
}

/**
 * What this terminal holds of each collection (documents that the server has acknowledged once, in the version that is
 * here), kept up to date by their changes. Versions change under the sync lock only: a local edit keeps the version that
 * it builds on, so whoever holds the lock sees every change, however many tabs there are.
 */
export interface KeptContents {
  follow(name: CollectionName): Promise<FollowedContents>;
  /** Puts what was counted in the place of what was kept; null: void from here on. */
  replace(name: CollectionName, contents: Contents | null): Promise<void>;
}

/* RxDB says null of what stood where a document was taken away before, and comes back. */
const counts = <T extends { _deleted: boolean; ver: number }>(
  document: T | null | undefined,
): document is T =>
  document !== undefined && document !== null && !document._deleted && document.ver > 0;

/** What the collection holds, read from its documents. */
export async function countContents(collection: RxCollection<AnyDocument>): Promise<Contents> {
  let tally = EMPTY_TALLY;
  for (const [id, { ver }] of await readVersions(collection)) {
    if (ver > 0) tally = addVersion(tally, id, ver);
  }
  return contentsOf(tally);
}

/** How many documents the server has acknowledged once: from indexes, so that a browser that lost some is caught by it. */
async function countAcknowledged(db: DeskDatabase, name: CollectionName): Promise<number> {
  const all = await db[name].count().exec();
  if (!isWritten(name)) return all;
  const pending = [...(await pendingVersions(db, name)).values()];
  return all - pending.filter((ver) => ver === 0).length;
}

export function settingsContents(db: DeskDatabase, settings: Settings): KeptContents {
  const key = (name: CollectionName): string => `contents:${name}`;
  return {
    replace: (name, contents) => settings.set(key(name), contents),
    async follow(name) {
      const collection = db[name] as unknown as RxCollection<AnyDocument>;
      const stored = validate<Contents>(contentsSchema, await settings.get(key(name)));
      let tally: Tally | null = stored.ok ? tallyOf(stored.value) : null;
      /* A first sync need not read at its end what it has just written. */
      if (tally === null && (await collection.count().exec()) === 0) tally = EMPTY_TALLY;
      let unsettled: Promise<void> | null = stored.ok ? null : Promise.resolve();
      const subscription = collection.storageInstance.changeStream().subscribe(({ events }) => {
        if (tally === null) return;
        for (const { previousDocumentData: before, documentData: after } of events) {
          /* What another tab wrote under the lock before us may be heard late, and is counted already. */
          if (!after._rev.endsWith(`-${db.token}`)) continue;
          if (counts(before)) tally = removeVersion(tally, before.id, before.ver);
          if (counts(after)) tally = addVersion(tally, after.id, after.ver);
        }
      });
      return {
        /* Whoever comes second waits too: nothing is written before the kept value is void. */
        unsettle() {
          unsettled ??= settings.set(key(name), null);
          return unsettled;
        },
        async settle() {
          subscription.unsubscribe();
          const isKnown = tally !== null && (await countAcknowledged(db, name)) === tally.count;
          const contents =
            tally === null || !isKnown ? await countContents(collection) : contentsOf(tally);
          if (unsettled !== null || !isKnown) await settings.set(key(name), contents);
          return contents;
        },
        drop: () => subscription.unsubscribe(),
      };
    },
  };
}

import {
  addToDigest,
  type Digest,
  digestText,
  documentHash,
  EMPTY_DIGEST,
  parseDigest,
  removeFromDigest,
} from '../digest';
import type { Contents } from '../protocol/messages';

/** `Contents` in the form that counts: kept up to date one document at a time, in any order. */
export interface Tally {
  readonly count: number;
  readonly digest: Digest;
}

export const EMPTY_TALLY: Tally = { count: 0, digest: EMPTY_DIGEST };

export const addVersion = ({ count, digest }: Tally, id: string, ver: number): Tally => ({
  count: count + 1,
  digest: addToDigest(digest, documentHash(id, ver)),
});

export const removeVersion = ({ count, digest }: Tally, id: string, ver: number): Tally => ({
  count: count - 1,
  digest: removeFromDigest(digest, documentHash(id, ver)),
});

export const contentsOf = ({ count, digest }: Tally): Contents => ({
  count,
  digest: digestText(digest),
});

export const tallyOf = ({ count, digest }: Contents): Tally => ({
  count,
  digest: parseDigest(digest),
});

export const sameContents = (a: Contents, b: Contents): boolean =>
  a.count === b.count && a.digest === b.digest;

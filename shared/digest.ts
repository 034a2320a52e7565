/**
 * Digest of a set of documents that does not depend on their order and can be kept up to date one document at a time:
 * the sum, modulo 2^64, of a 64-bit hash of each `id:ver`. Held as two unsigned 32-bit halves.
 */
export interface Digest {
  readonly high: number;
  readonly low: number;
}

export const EMPTY_DIGEST: Digest = { high: 0, low: 0 };

/** Mixes text into 64 bits (two interleaved multiply-xor lanes; not cryptographic: it finds differences, not forgers). */
function hash64(text: string): Digest {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return { high: high >>> 0, low: low >>> 0 };
}

/** Hash of one document state, as it counts towards the digest of its collection. */
export const documentHash = (id: string, ver: number): Digest => hash64(`${id}:${ver}`);

export function addToDigest(digest: Digest, hash: Digest): Digest {
  const low = digest.low + hash.low;
  const carry = low > 0xffffffff ? 1 : 0;
  return { high: (digest.high + hash.high + carry) >>> 0, low: low >>> 0 };
}

export function removeFromDigest(digest: Digest, hash: Digest): Digest {
  const low = digest.low - hash.low;
  const borrow = low < 0 ? 1 : 0;
  return { high: (digest.high - hash.high - borrow) >>> 0, low: low >>> 0 };
}

/** 16 hexadecimal digits, as in `GET /api/sync/status`. */
export const digestText = ({ high, low }: Digest): string =>
  high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');

/** The inverse of `digestText`; anything that is not 16 hex digits is a defect of the caller and gives NaN halves. */
export const parseDigest = (text: string): Digest => ({
  high: Number.parseInt(text.slice(0, 8), 16),
  low: Number.parseInt(text.slice(8, 16), 16),
});

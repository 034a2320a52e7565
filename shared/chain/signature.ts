import { p256 } from '@noble/curves/nist.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url } from '../base64-url';

/** A terminal's public key, as WebCrypto exports it: a point of P-256, coordinates in base64url. */
export interface PublicKey {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
}

const COORDINATE = 32;

/** The uncompressed point; null where the key is none of P-256. */
function pointOf({ x, y }: PublicKey): Uint8Array | null {
  const [left, right] = [fromBase64Url(x), fromBase64Url(y)];
  if (left?.length !== COORDINATE || right?.length !== COORDINATE) return null;
  const point = new Uint8Array([4, ...left, ...right]);
  return p256.utils.isValidPublicKey(point, false) ? point : null;
}

/** True where these are the coordinates of a point of the curve: anything else must never be kept as a key. */
export const isPublicKey = (key: PublicKey): boolean => pointOf(key) !== null;

/**
 * Whether `signature` (r and s, 64 bytes, base64url, as WebCrypto's ECDSA with SHA-256 makes it) is this key's over the
 * bytes. False for whatever is no key or no signature; never throws.
 */
export function verifyBytes(key: PublicKey, bytes: Uint8Array, signature: string): boolean {
  const point = pointOf(key);
  const parsed = fromBase64Url(signature);
  if (point === null || parsed?.length !== 2 * COORDINATE) return false;
  try {
    /* WebCrypto does not choose the smaller of the two values of s. */
    return p256.verify(parsed, bytes, point, { prehash: true, lowS: false });
  } catch {
    return false;
  }
}

/** Whether an invoice's `chain.signature` is this key's over its `chain.hash` (the 32 bytes that the digits say). */
export function verifyChain(key: PublicKey, chain: { hash: string; signature: string }): boolean {
  if (!/^[0-9a-f]{64}$/.test(chain.hash)) return false;
  return verifyBytes(key, hexToBytes(chain.hash), chain.signature);
}

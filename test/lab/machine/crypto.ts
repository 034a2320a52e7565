import { Buffer } from 'node:buffer';
import { sha256 } from '@noble/hashes/sha2.js';
import { type PublicKey, verifyBytes } from '../../../shared/chain/signature';

/** SHA-256, the one hash that the world and its server ask for. */
export function createHash(name: string) {
  if (name !== 'sha256') throw new Error(`no ${name} here`);
  const hash = sha256.create();
  const made = {
    update(data: string | Uint8Array) {
      hash.update(typeof data === 'string' ? new TextEncoder().encode(data) : data);
      return made;
    },
    digest: (encoding: BufferEncoding) => Buffer.from(hash.digest()).toString(encoding),
  };
  return made;
}

export const randomUUID = (): string => crypto.randomUUID();
export const randomBytes = (length: number): Buffer =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(length)));
export const createPublicKey = ({ key }: { key: PublicKey }): PublicKey => key;
/** ECDSA over P-256 with SHA-256, the signature as r and s: the one kind that the server asks for. */
export const verify = (
  _hash: string,
  bytes: Uint8Array,
  { key }: { key: PublicKey },
  signature: Uint8Array,
): boolean => verifyBytes(key, bytes, Buffer.from(signature).toString('base64url'));
export default { createHash, randomUUID, randomBytes };

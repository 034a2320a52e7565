import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isPublicKey, type PublicKey } from '../../shared/chain/signature';

export type VerifySignature = (bytes: Uint8Array, signature: string) => boolean;

/** `verifyBytes` of shared/chain, by the machine's own cryptography: a push of 500 invoices must not hold the server up. */
export function signatureVerifier(stored: string): VerifySignature {
  let key: KeyObject | null = null;
  return (bytes, signature) => {
    if (!/^[A-Za-z0-9_-]{86}$/.test(signature)) return false;
    key ??= createPublicKey({ key: JSON.parse(stored), format: 'jwk' });
    const raw = Buffer.from(signature, 'base64url');
    return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, raw);
  };
}

/** A key as it is kept with its terminal, in its only spelling; null where it is no point of the curve. */
export const keyText = ({ kty, crv, x, y }: PublicKey): string | null =>
  isPublicKey({ kty, crv, x, y }) ? JSON.stringify({ kty, crv, x, y }) : null;

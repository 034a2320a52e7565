import { p256 } from '@noble/curves/nist.js';
import type { TerminalKey } from '../../client/session/terminal-key';
import { toBase64Url } from '../../shared/base64-url';
import type { PublicKey } from '../../shared/chain/signature';

export interface SoftwareKey {
  readonly publicKey: PublicKey;
  sign(bytes: Uint8Array): string;
}

/** A terminal's key from a secret of 32 bytes. Deterministic (RFC 6979): a run that is repeated signs the same. */
export function softwareKey(secret: Uint8Array): SoftwareKey {
  const [, ...point] = p256.getPublicKey(secret, false);
  const coordinate = (from: number): string =>
    toBase64Url(Uint8Array.from(point.slice(from, from + 32)));
  return {
    publicKey: { kty: 'EC', crv: 'P-256', x: coordinate(0), y: coordinate(32) },
    sign: (bytes) => toBase64Url(p256.sign(bytes, secret, { prehash: true, lowS: false })),
  };
}

export const terminalKeyOf = ({ publicKey, sign }: SoftwareKey): TerminalKey => ({
  publicKey,
  sign: (bytes) => Promise.resolve(sign(bytes)),
});

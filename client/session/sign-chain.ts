import { hexToBytes } from '@noble/hashes/utils.js';
import type { PublicKey } from '../../shared/chain/signature';
import type { IdentityStore } from './identity';
import type { OpenTerminalKey } from './terminal-key';

/** Signs the hash of an invoice; '' where this terminal has no key that the server knows, or the key fails. */
export type SignChain = (hash: string) => Promise<string>;

const isSame = (a: PublicKey, b: PublicKey): boolean => a.x === b.x && a.y === b.y;

/** Signs bytes; '' where this terminal has no key that the server knows, or the key fails. */
export type SignBytes = (bytes: Uint8Array) => Promise<string>;

/**
 * By the key that the server knows, and not before it knows it: else it would refuse what is signed. A key that fails keeps
 * nobody from selling: before an invoice is sent, it is tried again (`sign-late.ts`).
 */
export const keySigner =
  (identity: IdentityStore, openKey: OpenTerminalKey): SignBytes =>
  async (bytes) => {
    const known = await identity.read();
    if (known?.hasKey !== true) return '';
    try {
      const key = await openKey();
      if (key === null || !isSame(key.publicKey, known.publicKey ?? key.publicKey)) return '';
      return await key.sign(bytes);
    } catch {
      return '';
    }
  };

export const chainSigner =
  (signBytes: SignBytes): SignChain =>
  (hash) =>
    signBytes(hexToBytes(hash));

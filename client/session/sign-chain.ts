import { hexToBytes } from '@noble/hashes/utils.js';
import type { IdentityStore } from './identity';
import type { OpenTerminalKey } from './terminal-key';

/** Signs the hash of an invoice; '' where this terminal has no key. */
export type SignChain = (hash: string) => Promise<string>;

/**
 * By the key that the server knows, and not before it knows it: else it would refuse the invoice. A key that fails does not
 * keep anybody from selling; the server then says of the unsigned invoice what a person has to look at.
 */
export const chainSigner =
  (identity: IdentityStore, openKey: OpenTerminalKey): SignChain =>
  async (hash) => {
    if ((await identity.read())?.hasKey !== true) return '';
    try {
      return (await (await openKey())?.sign(hexToBytes(hash))) ?? '';
    } catch {
      return '';
    }
  };

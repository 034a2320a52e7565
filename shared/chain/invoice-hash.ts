import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Invoice } from '../../schemas/invoices';
import { canonicalJson } from './canonical-json';

/**
 * SHA-256 (64 hex digits) over the canonical JSON of what was issued: all but the sync fields, the server's flags and
 * the hash itself. The previous hash is part of it, so each invoice seals all that came before.
 */
export function invoiceHash(invoice: Invoice): string {
  const { ver, edit, pending, flags, chain, ...issued } = invoice;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...issued, chain: { prev: chain.prev } }))));
}

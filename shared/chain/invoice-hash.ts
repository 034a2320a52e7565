import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Invoice } from '../../schemas/invoices';
import { canonicalJson } from './canonical-json';

/** An invoice as it is stored, also one from before there were approvals and signatures. */
export type SealedInvoice = Omit<Invoice, 'approvals' | 'chain'> &
  Partial<Pick<Invoice, 'approvals'>> & { chain: Pick<Invoice['chain'], 'prev'> };

/**
 * SHA-256 (64 hex digits) over the canonical JSON of what was issued: all but the sync fields, the server's flags, the
 * hash itself and its signature. The previous hash is part of it, so each invoice seals all that came before. Without
 * approvals it is the hash of the time before there were any.
 */
export function invoiceHash(invoice: SealedInvoice): string {
  const { ver, edit, pending, flags, chain, approvals = [], ...issued } = invoice;
  const approved = approvals.length === 0 ? {} : { approvals };
  const sealed = { ...issued, ...approved, chain: { prev: chain.prev } };
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(sealed))));
}

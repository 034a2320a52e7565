import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Approval, Invoice } from '../../schemas/invoices';
import { canonicalJson } from '../chain/canonical-json';

/** What was approved: this very document, as far as it was there to be looked at before it had its numbers. */
export type ApprovalSubject = Pick<Invoice, 'id' | 'terminalId' | 'type' | 'reference'> & {
  lines: readonly Pick<
    Invoice['lines'][number],
    'productId' | 'quantity' | 'unitPrice' | 'discountRate'
  >[];
};

/**
 * HMAC-SHA256 (64 hex digits) over who allowed what, when, and for which document, keyed by a slow hash of the approver's
 * password. It shows the server that whoever made it knew that password and meant this document: it fits no other one,
 * and neither what a terminal stores nor another person's password makes it. It does not show that the person stood at the
 * desk, nor that `at` is right, and a terminal with hostile code in it can learn the password when it is typed.
 */
export function approvalProof(
  key: string,
  { permission, userId, at }: Pick<Approval, 'permission' | 'userId' | 'at'>,
  { id, terminalId, type, lines, reference }: ApprovalSubject,
): string {
  const text = canonicalJson({
    permission,
    userId,
    at,
    terminalId,
    invoice: id,
    type,
    corrects: reference?.number ?? '',
    lines: lines.map(({ productId, quantity, unitPrice, discountRate }) => ({
      productId,
      quantity,
      unitPrice,
      discountRate,
    })),
  });
  return bytesToHex(hmac(sha256, utf8ToBytes(key), utf8ToBytes(text)));
}

import { hexToBytes } from '@noble/hashes/utils.js';
import type { Case } from '../../../client/trace/case-schema';
import type { TracedDocument } from '../../../client/trace/trace-entry';
import type { Approval, Invoice } from '../../../schemas/invoices';
import { upgradeDocument } from '../../../schemas/migrations/upgrade-document';
import { isCollectionName } from '../../../schemas/registry';
import { type ApprovalSubject, approvalProof } from '../../../shared/access/approval-proof';
import { invoiceHash } from '../../../shared/chain/invoice-hash';
import { softwareKey } from '../../kit/software-key';
import { passwordOf } from '../seed-store';

/** Text under which the server of a world keeps what somebody approves by. */
export const approvalKeyOf = (userName: string): string => `$plain$${passwordOf(userName)}`;

/** Name under which each user of the case logs in, by id. */
export function userNames({ base, entries }: Case): ReadonlyMap<string, string> {
  const received = entries.flatMap((entry) =>
    entry.kind === 'heard' ? (entry.documents ?? []) : [],
  );
  return new Map(
    [...(base.documents['users'] ?? []), ...received].flatMap(({ id, userName, displayName }) =>
      typeof userName === 'string' && displayName !== undefined
        ? [[String(id), userName] as const]
        : [],
    ),
  );
}

/** What no file has: whoever approved approves again, just this. */
export const approvedAgain = (
  approvals: readonly Approval[],
  subject: ApprovalSubject,
  names: ReadonlyMap<string, string>,
): Approval[] =>
  approvals.map((approval) => {
    const key = approvalKeyOf(names.get(approval.userId) ?? '');
    return { ...approval, proof: approvalProof(key, approval, subject) };
  });

/**
 * A recorded document of this terminal that is still to be sent, as the present schema has it: an invoice's approvals, its
 * hash and its signature fit again, over names that are pseudonyms here.
 */
export function sealed(
  collection: string,
  document: TracedDocument,
  by: { names: ReadonlyMap<string, string>; secret: string | null },
): TracedDocument {
  if (!isCollectionName(collection)) return document;
  const upgraded = upgradeDocument(collection, document) as TracedDocument;
  if (collection !== 'invoices') return upgraded;
  const given = upgraded as unknown as Invoice;
  const approvals = approvedAgain(given.approvals, given, by.names);
  const invoice: Invoice = { ...given, approvals };
  const hash = invoiceHash(invoice);
  const signature =
    by.secret === null ? '' : softwareKey(hexToBytes(by.secret)).sign(hexToBytes(hash));
  return { ...invoice, chain: { ...invoice.chain, hash, signature } };
}

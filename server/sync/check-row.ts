import type { AnyDocument, CollectionName, Documents } from '../../schemas/registry';
import type { Role } from '../../schemas/users';
import type { Operation } from '../../shared/access/access-table';
import { deniedField, mayWrite } from '../../shared/access/denied-field';
import { neededPermissions } from '../../shared/access/needed-permissions';
import { AppError } from '../../shared/errors/app-error';
import { ERRORS, type ErrorCode } from '../../shared/errors/registry';
import type { StoreProfile } from '../../shared/protocol/messages';
import { may, type Permission } from '../../shared/roles';
import type { AuthorLookup, Sender } from './author';
import { checkInvoice, type Refusal } from './check-invoice';
import { AUTHOR_OF, terminalOf } from './permissions';

/** A refusal in the registry's own words. */
export const refusal = (code: ErrorCode): Refusal => ({ code, message: ERRORS[code].meaning });

/** FOREIGN_TERMINAL where the document, or the state that it would replace, belongs to another terminal (S12). */
export function checkTerminal(
  sender: Sender,
  document: AnyDocument,
  current: unknown,
): Refusal | null {
  const claimed = terminalOf(document);
  if (claimed === null) return null;
  const owner =
    typeof current === 'object' && current !== null && 'terminalId' in current
      ? current.terminalId
      : claimed;
  return claimed === sender.terminalId && owner === sender.terminalId
    ? null
    : refusal('FOREIGN_TERMINAL');
}

/** What a row is judged by: who sent it, whose it is, and the state that it would replace. */
export interface AboutRow {
  authors: AuthorLookup;
  profile: StoreProfile;
  sender: Sender;
  isStored: boolean;
  /** The stored document, where the row builds on it; null where there is none, or the row does not. */
  before: Readonly<Record<string, unknown>> | null;
  operation: Operation;
  /** What others allowed on this document, proven. */
  approved: ReadonlySet<Permission>;
}

/** Rules for a state that the server does not have yet: its author's role, and what follows from the document itself. */
export async function checkNewState<N extends CollectionName>(
  collection: N,
  document: Documents[N],
  about: AboutRow,
): Promise<Refusal | null> {
  const author = await about.authors(AUTHOR_OF[collection](document));
  if (author === null) return refusal('ROLE_NOT_ALLOWED');
  /* Who only ever logged in there without a connection has shown no password to us: what the sender may do counts too. */
  const roles = author.trusted ? [author.role] : [author.role, about.sender.role];
  for (const role of roles) {
    const denied = checkFields(role, collection, document, about);
    if (denied !== null) return denied;
  }
  return 'flags' in document ? checkIssued(document, { ...about, roles }) : null;
}

/** What keeps a role from writing this state of a document, or null. */
export function checkFields(
  role: Role,
  collection: CollectionName,
  document: AnyDocument,
  { before, operation }: AboutRow,
): Refusal | null {
  if (!mayWrite(role, collection, operation)) return refusal('ROLE_NOT_ALLOWED');
  /* A row that meets another state than it builds on is answered with that state: there is nothing to compare yet. */
  if (operation === 'update' && before === null) return null;
  const field = deniedField(role, collection, { before, after: document });
  return field === null ? null : notAllowed(`/${field}`, `not for the role ${role}`);
}

/** ROLE_NOT_ALLOWED that names the place. */
export const notAllowed = (path: string, why: string): Refusal => ({
  code: 'ROLE_NOT_ALLOWED',
  message: `${path}: ${why}`,
});

function checkIssued(
  invoice: Documents['invoices'],
  { isStored, roles, ...about }: AboutRow & { roles: readonly Role[] },
): Refusal | null {
  if (!isStored && invoice.flags.length > 0) {
    return { code: 'INVALID_DOCUMENT', message: '/flags: only the server sets them' };
  }
  for (const { permission, path } of neededPermissions(invoice, about.profile)) {
    if (about.approved.has(permission)) continue;
    if (!roles.every((role) => may(role, permission))) return notAllowed(path, permission);
  }
  try {
    return checkInvoice(invoice, about);
  } catch (error) {
    /* Amounts that no integer holds cannot be recomputed; thrown on, one such row would hold up the batch (F6). */
    if (!(error instanceof AppError) || error.code !== 'INVALID_DOCUMENT') throw error;
    return { code: 'TOTALS_MISMATCH', message: 'amounts: out of range' };
  }
}

import type { AnyDocument, CollectionName, Documents } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import { ERRORS, type ErrorCode } from '../../shared/errors/registry';
import type { StoreProfile } from '../../shared/protocol/messages';
import { may } from '../../shared/roles';
import type { AuthorLookup, Sender } from './author';
import { checkInvoice, type Refusal } from './check-invoice';
import { AUTHOR_OF, NEEDED_PERMISSION, terminalOf } from './permissions';

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

/** Rules for a state that the server does not have yet: its author's role, and what follows from the document itself. */
export async function checkNewState<N extends CollectionName>(
  collection: N,
  document: Documents[N],
  {
    authors,
    ...about
  }: { authors: AuthorLookup; profile: StoreProfile; sender: Sender; isStored: boolean },
): Promise<Refusal | null> {
  const needed = NEEDED_PERMISSION[collection]?.(document);
  const author = await authors(AUTHOR_OF[collection](document));
  /* Who only ever logged in there without a connection has shown no password to us: what the sender may do counts too. */
  const allowed =
    needed !== undefined &&
    author !== null &&
    may(author.role, needed) &&
    (author.trusted || may(about.sender.role, needed));
  if (!allowed) return refusal('ROLE_NOT_ALLOWED');
  return 'flags' in document ? checkIssued(document, about) : null;
}

function checkIssued(
  invoice: Documents['invoices'],
  { isStored, ...about }: { profile: StoreProfile; sender: Sender; isStored: boolean },
): Refusal | null {
  if (!isStored && invoice.flags.length > 0) {
    return { code: 'INVALID_DOCUMENT', message: '/flags: only the server sets them' };
  }
  try {
    return checkInvoice(invoice, about);
  } catch (error) {
    /* Amounts that no integer holds cannot be recomputed; thrown on, one such row would hold up the batch (F6). */
    if (!(error instanceof AppError) || error.code !== 'INVALID_DOCUMENT') throw error;
    return { code: 'TOTALS_MISMATCH', message: 'amounts: out of range' };
  }
}

import type { CollectionName, Documents } from '../../schemas/registry';
import { neededPermissions } from '../../shared/access/needed-permissions';
import { may } from '../../shared/roles';
import { type AboutRow, checkFields } from './check-row';
import { AUTHOR_OF } from './permissions';
import { isInvoice } from './row-effects';

/** What a row could do only by its author's role, who is not the one who sent it. */
export interface BorrowedRight {
  userId: string;
  /** A permission, or the field that the sender's role may not write ('' the whole kind of document). */
  right: string;
}

/**
 * A cashier sends what a supervisor wrote at the same desk: so a row is judged by the author that it names, and a hostile
 * sender may name one who has logged in there before. That cannot be told apart here, so the owner is shown who sent it.
 * Null where the sender could have done it alone, or an approval says who allowed it.
 */
export async function borrowedRight<N extends CollectionName>(
  collection: N,
  document: Documents[N],
  about: AboutRow,
): Promise<BorrowedRight | null> {
  const author = await about.authors(AUTHOR_OF[collection](document));
  const { sender } = about;
  /* Where the author was not believed, the sender's role was asked already. */
  if (author === null || author.id === sender.userId || !author.trusted) return null;
  const { id: userId } = author;
  const denied = checkFields(sender.role, collection, document, about);
  if (denied !== null) {
    return { userId, right: /^\/([^:]*)/.exec(denied.message)?.[1] ?? collection };
  }
  if (!isInvoice(collection, document)) return null;
  const missing = neededPermissions(document, about.profile).find(
    ({ permission }) => !about.approved.has(permission) && !may(sender.role, permission),
  );
  return missing === undefined ? null : { userId, right: missing.permission };
}

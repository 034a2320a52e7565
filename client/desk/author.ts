import { AppError } from '../../shared/errors/app-error';
import type { StoreProfile, TerminalProfile } from '../../shared/protocol/messages';
import { may, type Permission } from '../../shared/roles';
import type { SignedInUser } from '../services/session-service';

/** Who writes, where and for which store. */
export interface Author {
  user: SignedInUser;
  store: StoreProfile;
  terminal: TerminalProfile;
}

/** Throws SESSION_EXPIRED when nobody is signed in. */
export type CurrentAuthor = () => Author;

/** The author, if the role allows it; else FORBIDDEN. The server asks the same table again. */
export function authorWho(current: CurrentAuthor, permission: Permission): Author {
  const author = current();
  if (!may(author.user.role, permission)) throw new AppError('FORBIDDEN', { permission });
  return author;
}

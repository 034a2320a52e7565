import type { Role } from '../../schemas/users';
import { type User, userSchema } from '../../schemas/users';
import { validate } from '../../schemas/validate';
import type { StoreScope } from '../store/port';

/** Who sends a push: the session's user and its terminal. */
export interface Sender {
  userId: string;
  role: Role;
  terminalId: string;
  terminalNumber: number;
  /** Key of the terminal as it is kept, or ''. */
  publicKey: string;
  /** From this serial on its invoices are signed; 0: none has been. */
  signedFrom: number;
}

/** Who wrote a document, as far as this push needs to know. */
export interface Author {
  id: string;
  role: Role;
  active: boolean;
  /** The sender, or somebody who has logged in at the same terminal. */
  trusted: boolean;
}

/**
 * Looks authors up, each once a push. A cashier sends what a supervisor wrote at the same desk before: the document's
 * own author counts, but only one who has shown a password at this terminal.
 */
export function authorLookup(scope: StoreScope, sender: Sender) {
  const known = new Map<string, Author | null>();
  return async (userId: string): Promise<Author | null> => {
    const id = userId === '' ? sender.userId : userId;
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const user = await findUser(scope, id);
    const author =
      user === null
        ? null
        : {
            id,
            role: user.role,
            active: user.active,
            trusted: id === sender.userId || (await scope.auth.hasLoggedIn(sender.terminalId, id)),
          };
    known.set(id, author);
    return author;
  };
}
export type AuthorLookup = ReturnType<typeof authorLookup>;

/** A user document of the store, or null. */
export async function findUser(scope: StoreScope, userId: string): Promise<User | null> {
  const stored = (await scope.documents.find('users', [userId])).get(userId);
  if (stored === undefined) return null;
  const parsed = validate<User>(userSchema, JSON.parse(stored.json));
  return parsed.ok ? parsed.value : null;
}

import type { Role, User } from '../../schemas/users';
import { approvalSalt } from '../../shared/access/approval-salt';
import { instant } from '../../shared/ports/clock';
import type { ServerPorts } from '../ports';
import type { StoreScope } from '../store/port';

/** How long a user may log in without a connection after having logged in with one. */
const OFFLINE_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

export interface NewUser {
  id: string;
  userName: string;
  displayName: string;
  role: Role;
  password: string;
  /** Terminals that the user may log in at; none: all of the store. */
  terminals?: readonly string[];
}

/** Makes a user: a password hash for the server, and a verifier of its own salt for terminals without a connection. */
export async function addUser(scope: StoreScope, ports: ServerPorts, user: NewUser): Promise<User> {
  const { id, userName, displayName, role, terminals = [] } = user;
  const document: User = {
    id,
    ver: 1,
    edit: ports.ids.newId(),
    pending: 0,
    userName,
    displayName,
    role,
    active: true,
    ...(terminals.length === 0 ? {} : { terminals: [...terminals] }),
    offlineVerifier: '',
    offlineValidUntil: '',
  };
  return writePassword(scope, ports, document, user.password);
}

/** Stores a user with the hashes of a password; the offline limit begins anew. */
async function writePassword(
  scope: StoreScope,
  ports: ServerPorts,
  user: User,
  password: string,
): Promise<User> {
  const passwordHash = await ports.passwords.hash(password, ports.random(16));
  const offlineVerifier = await ports.passwords.hash(password, ports.random(16));
  const offlineValidUntil = instant(ports.clock.now() + OFFLINE_DAYS * DAY_MS);
  const document: User = { ...user, offlineVerifier, offlineValidUntil };
  await scope.auth.setPassword({ userId: user.id, userName: user.userName, passwordHash });
  await writeUser(scope, document);
  return document;
}

/** Gives a user another password; terminals hear of it with their next sync of users. */
export const withNewPassword = (
  scope: StoreScope,
  ports: ServerPorts,
  user: User,
  password: string,
): Promise<User> =>
  writePassword(scope, ports, { ...user, ver: user.ver + 1, edit: ports.ids.newId() }, password);

/**
 * Keeps the key by which a password approves (`shared/access/approval-proof`). Those of earlier passwords stay: what was
 * approved without a connection before a change of the password arrives after it.
 */
export async function keepApprovalKey(
  scope: StoreScope,
  ports: ServerPorts,
  { userId, password }: { userId: string; password: string },
): Promise<void> {
  const key = await ports.passwords.hash(password, approvalSalt(userId));
  await scope.auth.addApprovalKey(userId, key);
}

export const writeUser = (scope: StoreScope, user: User): Promise<void> =>
  scope.documents.write('users', [
    { id: user.id, ver: user.ver, edit: user.edit, json: JSON.stringify(user) },
  ]);

/** A login with a connection moves the offline limit on; once a day is enough, each move is sent to every terminal. */
export async function renewOfflineLimit(
  scope: StoreScope,
  ports: ServerPorts,
  user: User,
): Promise<void> {
  const limit = ports.clock.now() + OFFLINE_DAYS * DAY_MS;
  if (limit - Date.parse(user.offlineValidUntil || '1970-01-01') < DAY_MS) return;
  await writeUser(scope, {
    ...user,
    ver: user.ver + 1,
    edit: ports.ids.newId(),
    offlineValidUntil: instant(limit),
  });
}

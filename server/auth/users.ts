import type { Role, User } from '../../schemas/users';
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
}

/** Makes a user: a password hash for the server, and a verifier of its own salt for terminals without a connection. */
export async function addUser(scope: StoreScope, ports: ServerPorts, user: NewUser): Promise<User> {
  const passwordHash = await ports.passwords.hash(user.password, ports.random(16));
  const offlineVerifier = await ports.passwords.hash(user.password, ports.random(16));
  const { id, userName, displayName, role } = user;
  const document: User = {
    id,
    ver: 1,
    edit: ports.ids.newId(),
    pending: 0,
    userName,
    displayName,
    role,
    active: true,
    offlineVerifier,
    offlineValidUntil: instant(ports.clock.now() + OFFLINE_DAYS * DAY_MS),
  };
  await scope.auth.setPassword({ userId: id, userName, passwordHash });
  await writeUser(scope, document);
  return document;
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

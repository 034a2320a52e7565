import type { User } from '../../schemas/users';
import { isGoodPassword } from '../../shared/access/password-rule';
import { sameValue } from '../../shared/conflict/merge-fields';
import { AppError } from '../../shared/errors/app-error';
import type {
  NewUserRequest,
  UserChange,
  UserReply,
  UserRow,
} from '../../shared/protocol/user-messages';
import { type NewAuditEntry, writeAudit } from '../audit/write-audit';
import type { ServerPorts } from '../ports';
import type { Store, StoreScope } from '../store/port';
import { findUser } from '../sync/author';
import { newPassword } from './tokens';
import { addUser, keepApprovalKey, withNewPassword, writeUser } from './users';

/** More users than a store has. */
const USERS_MAX = 10_000;

/** Who asks: an owner of the store, at a terminal of it. */
export interface Manager {
  storeId: string;
  userId: string;
  terminalId: string;
  /** The manager's own session, which outlives what else is ended. */
  tokenHash: string;
}

interface UsersContext {
  store: Store;
  ports: ServerPorts;
}

const allUsers = async (scope: StoreScope): Promise<User[]> =>
  (await scope.documents.page('users', 0, USERS_MAX)).documents.map(
    ({ json }) => JSON.parse(json) as User,
  );

const rowOf = (user: User, lastLogins: ReadonlyMap<string, string>): UserRow => {
  const { id, userName, displayName, role, active, terminals = [] } = user;
  return {
    id,
    userName,
    displayName,
    role,
    active,
    terminals: [...terminals],
    lastLoginAt: lastLogins.get(id) ?? '',
  };
};

export async function listUsers(scope: StoreScope): Promise<UserRow[]> {
  const lastLogins = await scope.auth.lastLogins();
  return (await allUsers(scope))
    .map((user) => rowOf(user, lastLogins))
    .sort((a, b) => (a.userName < b.userName ? -1 : 1));
}

/** The password that was given if it is good enough (PASSWORD_TOO_SHORT), else one that is made. */
function choosePassword(ports: ServerPorts, given: string | undefined) {
  if (given === undefined) {
    const made = newPassword(ports.random);
    return { password: made, told: made };
  }
  if (!isGoodPassword(given)) throw new AppError('PASSWORD_TOO_SHORT');
  return { password: given, told: '' };
}

/** Another store's terminals, and such as do not exist, are one and the same: BAD_REQUEST. */
async function checkTerminals(scope: StoreScope, ids: readonly string[]): Promise<void> {
  const known = new Set((await scope.auth.terminals()).map(({ id }) => id));
  if (!ids.every((id) => known.has(id))) throw new AppError('BAD_REQUEST', { path: '/terminals' });
}

/**
 * Somebody must be left who can undo it: an owner who is active and may log in anywhere. Asked after the write, under
 * its lock: two owners who demote each other at one moment cannot both have it their way. LAST_OWNER.
 */
async function requireOwner(scope: StoreScope): Promise<void> {
  const left = (await allUsers(scope)).some(
    ({ role, active, terminals = [] }) => role === 'owner' && active && terminals.length === 0,
  );
  if (!left) throw new AppError('LAST_OWNER');
}

const audit = (
  scope: StoreScope,
  ports: ServerPorts,
  by: Manager,
  entry: Pick<NewAuditEntry, 'action' | 'details'>,
): Promise<string> =>
  writeAudit(scope, ports, { actor: by.userId, terminalId: by.terminalId, ...entry });

/** Makes a user. USER_NAME_TAKEN, PASSWORD_TOO_SHORT, BAD_REQUEST (a terminal that the store does not have). */
export function createUser(
  { store, ports }: UsersContext,
  by: Manager,
  { password: given, ...request }: NewUserRequest,
): Promise<UserReply> {
  const { password, told } = choosePassword(ports, given);
  return store.transaction(by.storeId, async (scope) => {
    await checkTerminals(scope, request.terminals);
    /* A name is never given twice: the log of one person would be taken for another's. */
    if ((await scope.auth.password(request.userName)) !== null) {
      throw new AppError('USER_NAME_TAKEN');
    }
    const user = await addUser(scope, ports, { ...request, password, id: ports.ids.newId() });
    await keepApprovalKey(scope, ports, { userId: user.id, password });
    const { id, userName, role, terminals = [] } = user;
    await audit(scope, ports, by, {
      action: 'userCreated',
      details: { id, userName, role, terminals },
    });
    return { user: rowOf(user, new Map()), password: told };
  });
}

/**
 * Changes a user, and says in the log what it was before. Whoever is no longer active, or no longer at that terminal, is
 * logged out at once. NOT_FOUND, LAST_OWNER, BAD_REQUEST.
 */
export function changeUser(
  { store, ports }: UsersContext,
  by: Manager,
  { id, change }: { id: string; change: UserChange },
): Promise<UserReply> {
  return store.transaction(by.storeId, async (scope) => {
    const before = await findUser(scope, id);
    if (before === null) throw new AppError('NOT_FOUND');
    if (change.terminals !== undefined) await checkTerminals(scope, change.terminals);
    const current = { ...before, terminals: before.terminals ?? [] };
    const fields = (Object.keys(change) as (keyof UserChange)[]).filter(
      (field) => !sameValue(change[field], current[field]),
    );
    const after: User = { ...current, ...change };
    if (fields.length > 0) {
      const edit = ports.ids.newId();
      await writeUser(scope, { ...after, ver: before.ver + 1, edit });
      await requireOwner(scope);
      if (!after.active) await scope.auth.removeSessionsOfUser(id, '');
      const pick = (user: User) => Object.fromEntries(fields.map((field) => [field, user[field]]));
      await audit(scope, ports, by, {
        action: 'userChanged',
        details: { id, userName: before.userName, from: pick(current), to: pick(after) },
      });
    }
    return { user: rowOf(after, await scope.auth.lastLogins()), password: '' };
  });
}

/** Gives a user a new password; the sessions that the old one opened end. NOT_FOUND, PASSWORD_TOO_SHORT. */
export function resetPassword(
  { store, ports }: UsersContext,
  by: Manager,
  { id, password: given }: { id: string; password: string | undefined },
): Promise<UserReply> {
  const { password, told } = choosePassword(ports, given);
  return store.transaction(by.storeId, async (scope) => {
    const before = await findUser(scope, id);
    if (before === null) throw new AppError('NOT_FOUND');
    const user = await withNewPassword(scope, ports, before, password);
    await keepApprovalKey(scope, ports, { userId: id, password });
    await scope.auth.removeSessionsOfUser(id, by.tokenHash);
    const { userName } = user;
    await audit(scope, ports, by, { action: 'passwordReset', details: { id, userName } });
    return { user: rowOf(user, await scope.auth.lastLogins()), password: told };
  });
}

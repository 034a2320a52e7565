import type { User } from '../../schemas/users';
import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import type { LoginRequest, SessionReply } from '../../shared/protocol/messages';
import type { ServerPorts } from '../ports';
import type { Store, StoredTerminal } from '../store/port';
import { findUser } from '../sync/author';
import { newToken, tokenHash } from './tokens';
import { renewOfflineLimit } from './users';

/** A session ends after this long without a request. */
export const SESSION_MS = 12 * 3600 * 1000;
/** It is extended when less than this is left of it, so that not every request writes. */
const EXTEND_BELOW_MS = 11 * 3600 * 1000;

interface AuthContext {
  store: Store;
  ports: ServerPorts;
}

/** A terminal whose credential was shown, and the user whose session it is. */
export interface Caller {
  terminal: StoredTerminal;
  user: User;
}

/** A caller whose session this very request moved on: the browser's cookie has to last as long. */
export interface FoundCaller extends Caller {
  extended: boolean;
}

/** The enrolled terminal of a credential. Throws TERMINAL_UNKNOWN. */
export async function findTerminal(
  { store }: AuthContext,
  credential: string | undefined,
): Promise<StoredTerminal> {
  if (credential === undefined || credential === '') throw new AppError('TERMINAL_UNKNOWN');
  const terminal = await store.terminalByCredential(tokenHash(credential));
  if (terminal === null) throw new AppError('TERMINAL_UNKNOWN');
  return terminal;
}

/** Checked against when the user does not exist, so that the answer takes as long. */
let decoy: Promise<string> | null = null;

/** Logs a user in at a terminal. Throws LOGIN_FAILED, TERMINAL_REVOKED. */
export async function login(
  context: AuthContext,
  terminal: StoredTerminal,
  { userName, password }: LoginRequest,
): Promise<{ reply: SessionReply; token: string }> {
  const { store, ports } = context;
  if (terminal.revokedAt !== '') throw new AppError('TERMINAL_REVOKED');
  const { storeId } = terminal;
  const scope = store.scope(storeId);
  decoy ??= ports.passwords.hash('nobody has this one', new Uint8Array(16));
  const known = await scope.auth.password(userName.trim().toLowerCase());
  const right = await ports.passwords.verify(password, known?.passwordHash ?? (await decoy));
  const user = known === null ? null : await findUser(scope, known.userId);
  const at = instant(ports.clock.now());
  if (!right || user === null || !user.active) {
    await scope.journal.audit({
      id: ports.ids.newId(),
      at,
      actor: user?.id ?? '',
      action: 'loginFailed',
      details: { terminalId: terminal.id },
    });
    throw new AppError('LOGIN_FAILED');
  }
  const token = newToken(ports.random);
  await store.transaction(storeId, async (inside) => {
    await inside.auth.removeExpiredSessions(at);
    await inside.auth.addSession({
      tokenHash: tokenHash(token),
      userId: user.id,
      terminalId: terminal.id,
      expiresAt: instant(ports.clock.now() + SESSION_MS),
    });
    await inside.auth.addLogin(terminal.id, user.id, at);
    await inside.auth.touchTerminal(terminal.id, at);
    /* As it is now: another node may have changed it while the password was being checked. */
    await renewOfflineLimit(inside, ports, (await findUser(inside, user.id)) ?? user);
    await inside.journal.audit({
      id: ports.ids.newId(),
      at,
      actor: user.id,
      action: 'login',
      details: { terminalId: terminal.id },
    });
  });
  return { reply: await sessionReply(context, { terminal, user }), token };
}

/** The caller of a request. Throws SESSION_EXPIRED; whether the terminal is revoked is the caller's to ask. */
export async function findCaller(
  context: AuthContext,
  terminal: StoredTerminal,
  token: string | undefined,
): Promise<FoundCaller> {
  const { store, ports } = context;
  if (token === undefined || token === '') throw new AppError('SESSION_EXPIRED');
  const scope = store.scope(terminal.storeId);
  const hash = tokenHash(token);
  const session = await scope.auth.session(hash);
  const now = ports.clock.now();
  if (session === null || session.terminalId !== terminal.id || session.expiresAt <= instant(now)) {
    throw new AppError('SESSION_EXPIRED');
  }
  const user = await findUser(scope, session.userId);
  if (user === null || !user.active) throw new AppError('SESSION_EXPIRED');
  const extended = Date.parse(session.expiresAt) - now < EXTEND_BELOW_MS;
  if (extended) {
    await scope.auth.extendSession(hash, instant(now + SESSION_MS));
    await scope.auth.touchTerminal(terminal.id, instant(now));
  }
  return { terminal, user, extended };
}

export async function sessionReply(
  { store, ports }: AuthContext,
  { terminal, user }: Caller,
): Promise<SessionReply> {
  const stored = await store.store(terminal.storeId);
  if (stored === null) throw new AppError('SESSION_EXPIRED');
  const { id, userName, displayName, role } = user;
  return {
    epoch: stored.epoch,
    serverTime: instant(ports.clock.now()),
    user: { id, userName, displayName, role },
    store: stored.profile,
    terminal: { id: terminal.id, number: terminal.number, name: terminal.name },
  };
}

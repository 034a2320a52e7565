import type { User } from '../../schemas/users';
import { mayUseTerminal } from '../../shared/access/may-use-terminal';
import type { AuditAction } from '../../shared/audit/audit-actions';
import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import type { LoginRequest, SessionReply, TerminalProof } from '../../shared/protocol/messages';
import { may } from '../../shared/roles';
import { writeAudit } from '../audit/write-audit';
import type { ServerPorts } from '../ports';
import type { StoredSession, StoredTerminal } from '../store/auth-port';
import type { Store, StoreScope } from '../store/port';
import { findUser } from '../sync/author';
import { provenKey, rotateNonce } from './terminal-proof';
import { newToken, tokenHash } from './tokens';
import { keepApprovalKey, renewOfflineLimit } from './users';

/** A session ends after this long without a request. */
export const SESSION_MS = 12 * 3600 * 1000;
/**
 * And after this long whatever is done with it: each login rotates the terminal's nonce, so that a copied profile with a
 * copied session is asked for a password, and noticed, within a day.
 */
export const LONGEST_SESSION_MS = 24 * 3600 * 1000;
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

/** The enrolled terminal of a credential. CREDENTIAL_LOST where there is none, TERMINAL_UNKNOWN. */
export async function findTerminal(
  { store }: AuthContext,
  credential: string | undefined,
): Promise<StoredTerminal> {
  if (credential === undefined || credential === '') throw new AppError('CREDENTIAL_LOST');
  const terminal = await store.terminalByCredential(tokenHash(credential));
  if (terminal === null) throw new AppError('TERMINAL_UNKNOWN');
  return terminal;
}

/** Checked against when the user does not exist, so that the answer takes as long. */
let decoy: Promise<string> | null = null;

export interface LoggedIn {
  reply: SessionReply;
  token: string;
  /** A new credential of the terminal: it had lost its cookie, and proved itself by its key. */
  credential: string | null;
}

/** A user name as it is kept, whatever case and spaces were typed. */
export const loginName = (typed: string): string => typed.trim().toLowerCase();

/**
 * Logs a user in at a terminal, which proves its key where it has one. LOGIN_FAILED, TERMINAL_REVOKED,
 * TERMINAL_PROOF_FAILED. `needsCredential`: it showed no credential, so nothing but the key says who it is.
 */
export async function login(
  context: AuthContext,
  terminal: StoredTerminal,
  { userName: typed, password, proof }: LoginRequest,
  { needsCredential }: { needsCredential: boolean },
): Promise<LoggedIn> {
  const { store, ports } = context;
  if (terminal.revokedAt !== '') throw new AppError('TERMINAL_REVOKED');
  const userName = loginName(typed);
  const key = provenKey(terminal, userName, proof);
  if (needsCredential && terminal.publicKey === '') throw new AppError('TERMINAL_UNKNOWN');
  const { user, passwordHash } = await checkPassword(context, terminal, { userName, password });
  const token = newToken(ports.random);
  const credential = needsCredential ? newToken(ports.random) : null;
  const now = ports.clock.now();
  const at = instant(now);
  const copied = await store.transaction(terminal.storeId, async (scope) => {
    const { auth } = scope;
    /* As it is now: the owner may have changed the password, or the user, while the password was being checked. */
    const current = await findUser(scope, user.id);
    const isSame = (await auth.password(userName))?.passwordHash === passwordHash;
    if (!isSame || current?.active !== true || !mayUseTerminal(current, terminal.id)) return null;
    const audit = (action: AuditAction) =>
      writeAudit(scope, ports, {
        actor: user.id,
        action,
        terminalId: terminal.id,
        details: { terminalId: terminal.id },
      });
    const isCopied = key !== null && proof !== undefined && (await takeProof(scope, key, proof));
    await auth.removeExpiredSessions(at);
    /* A browser holds one session: another one of this terminal is a copy's, or was replaced without being heard of. */
    await auth.removeSessionsOf(terminal.id);
    await auth.addSession({
      tokenHash: tokenHash(token),
      userId: user.id,
      terminalId: terminal.id,
      expiresAt: instant(now + SESSION_MS),
    });
    if (credential !== null) {
      await auth.setCredential(terminal.id, tokenHash(credential));
      await audit('terminalCredentialRenewed');
    }
    await auth.addLogin(terminal.id, user.id, at);
    await auth.touchTerminal(terminal.id, at);
    /* Whoever was there before approvals were: the password is only known now. */
    if (may(current.role, 'creditNote') && (await auth.approvalKeys(user.id)).length === 0) {
      await keepApprovalKey(scope, ports, { userId: user.id, password });
    }
    await renewOfflineLimit(scope, ports, current);
    await audit('login');
    return isCopied;

    async function takeProof(
      inside: typeof scope,
      proven: string,
      { challenge, nonce }: TerminalProof,
    ): Promise<boolean> {
      if (!(await inside.auth.redeemChallenge(tokenHash(challenge), terminal.id, at))) {
        throw new AppError('TERMINAL_PROOF_FAILED');
      }
      if (terminal.publicKey === '') {
        await inside.auth.setPublicKey(terminal.id, proven);
        await audit('terminalKeyRegistered');
      }
      const isCopy = await rotateNonce(inside, terminal, nonce);
      if (!isCopy) return false;
      await inside.auth.noteCopy(terminal.id, at);
      await audit('terminalCopied');
      return true;
    }
  });
  if (copied === null) {
    await auditFailure(context, terminal, { userId: user.id });
    throw new AppError('LOGIN_FAILED');
  }
  const reply = await sessionReply(context, { terminal, user });
  return { reply: copied ? { ...reply, copied } : reply, token, credential };
}

const auditFailure = (
  { store, ports }: AuthContext,
  { storeId, id: terminalId }: StoredTerminal,
  { userId, why = {} }: { userId: string; why?: Record<string, unknown> },
): Promise<string> =>
  writeAudit(store.scope(storeId), ports, {
    actor: userId,
    action: 'loginFailed',
    terminalId,
    details: { terminalId, ...why },
  });

/** The active user of this name and password, and the hash that it was checked against; what fails is audited, and looks the same from outside. LOGIN_FAILED, TERMINAL_NOT_ALLOWED. */
async function checkPassword(
  { store, ports }: AuthContext,
  terminal: StoredTerminal,
  { userName, password }: { userName: string; password: string },
): Promise<{ user: User; passwordHash: string }> {
  const scope = store.scope(terminal.storeId);
  decoy ??= ports.passwords.hash('nobody has this one', new Uint8Array(16));
  const known = await scope.auth.password(userName);
  const right = await ports.passwords.verify(password, known?.passwordHash ?? (await decoy));
  const user = known === null ? null : await findUser(scope, known.userId);
  const isAllowedHere = user === null || mayUseTerminal(user, terminal.id);
  if (right && known !== null && user?.active === true && isAllowedHere) {
    return { user, passwordHash: known.passwordHash };
  }
  const why = isAllowedHere ? {} : { notAtThisTerminal: true };
  await auditFailure({ store, ports }, terminal, { userId: user?.id ?? '', why });
  /* Said only to whoever has shown the password: to anybody else all failures look the same. */
  throw new AppError(right && user?.active === true ? 'TERMINAL_NOT_ALLOWED' : 'LOGIN_FAILED');
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
  if (user === null || !user.active || !mayUseTerminal(user, terminal.id)) {
    throw new AppError('SESSION_EXPIRED');
  }
  const isOld = Date.parse(session.expiresAt) - now < EXTEND_BELOW_MS;
  const extended = isOld && (await extend(scope, { session, hash, now }));
  return { terminal, user, extended };
}

/** Moves a session on, as far as the login that began it allows; false where that is no further. */
async function extend(
  { auth }: StoreScope,
  { session, hash, now }: { session: StoredSession; hash: string; now: number },
): Promise<boolean> {
  const { terminalId, userId, expiresAt } = session;
  const begun = await auth.lastLoginAt(terminalId, userId);
  const latest = (begun === null ? now : Date.parse(begun)) + LONGEST_SESSION_MS;
  const until = instant(Math.min(now + SESSION_MS, latest));
  if (until <= expiresAt) return false;
  await auth.extendSession(hash, until);
  await auth.touchTerminal(terminalId, instant(now));
  return true;
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
    ...(terminal.copiedAt === '' ? {} : { copied: true }),
  };
}

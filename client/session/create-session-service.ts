import { type Static, Type } from '@sinclair/typebox';
import { BehaviorSubject } from 'rxjs';
import { Role } from '../../schemas/users';
import { validate } from '../../schemas/validate';
import type { PublicKey } from '../../shared/chain/signature';
import { AppError } from '../../shared/errors/app-error';
import type { Clock } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import {
  type EnrolReply,
  type EnrolRequest,
  enrolReplySchema,
  type SessionReply,
  sessionReplySchema,
} from '../../shared/protocol/messages';
import { enrolProofBytes } from '../../shared/protocol/proof-bytes';
import type { DeskDatabase } from '../db/database';
import type { Settings } from '../db/settings';
import type { ApiClient } from '../http/api-client';
import type { SessionService, SessionState, SignedInUser } from '../services/session-service';
import type { Identity, IdentityStore } from './identity';
import type { LeftSession } from './left-session';
import { settingsNonces } from './nonces';
import { offlineLogin, takeServerTime } from './offline-login';
import { proveTerminal } from './prove-terminal';
import type { OpenTerminalKey } from './terminal-key';
import type { VerifyPassword } from './verify-password';

const signedInSchema = Type.Object({
  user: Type.Object({
    id: Type.String(),
    userName: Type.String(),
    displayName: Type.String(),
    role: Role,
  }),
  mode: Type.Union([Type.Literal('online'), Type.Literal('offline')]),
  copied: Type.Optional(Type.Boolean()),
});
type StoredSession = Static<typeof signedInSchema>;

/** The server's answer to a login, and the key that it was proven by: from then on the server knows it. */
interface Answer {
  reply: SessionReply;
  publicKey: PublicKey | null;
}
const KEY = 'session';

export interface SessionOptions {
  db: DeskDatabase;
  settings: Settings;
  identity: IdentityStore;
  api: ApiClient;
  clock: Clock;
  verifyPassword: VerifyPassword;
  openKey: OpenTerminalKey;
  left: LeftSession;
  ids: Ids;
  /** Asks the browser not to evict our data; null where it cannot be asked. */
  persist: () => Promise<boolean | null>;
  /** A login went through: the three syncs begin. */
  onLogin: (login: { online: boolean }) => void;
  onLogout: () => void;
}

export interface StartableSessionService extends SessionService {
  /** Reads what this profile knows of itself; true when a user was still signed in (a reload). */
  start(): Promise<boolean>;
}

/** The server cannot be asked: the only case in which the password is checked here. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof AppError &&
  [
    'NETWORK',
    'TIMEOUT',
    'BAD_RESPONSE',
    'STORE_BUSY',
    'SHUTTING_DOWN',
    'SERVER_BEHIND',
    'INTERNAL',
  ].includes(error.code);

export function createSessionService(options: SessionOptions): StartableSessionService {
  const { settings, identity, api, left } = options;
  const nonces = settingsNonces(settings, options.ids);
  const state$ = new BehaviorSubject<SessionState>({ kind: 'starting' });

  const signIn = async (
    known: Identity,
    user: SignedInUser,
    mode: StoredSession['mode'],
    copied = false,
  ): Promise<void> => {
    await settings.set(KEY, { user, mode, copied } satisfies StoredSession);
    const { store, terminal } = known;
    state$.next({ kind: 'signedIn', user, store, terminal, mode, ...(copied ? { copied } : {}) });
  };

  /** The server's answer is also the newest word on the store's and the terminal's profile. */
  const takeReply = async ({ reply, publicKey }: Answer): Promise<Identity> => {
    await takeServerTime(settings, Date.parse(reply.serverTime));
    const { store, terminal } = reply;
    return identity.update((stored) => {
      if (terminal.id !== stored.terminal.id) throw new AppError('TERMINAL_UNKNOWN');
      const ofKey = publicKey === null ? {} : { hasKey: true, publicKey };
      /* The epoch is not taken here: a sync run adopts a new one, with all that follows from it. */
      return { ...stored, store, terminal, ...ofKey };
    });
  };

  const enrolKey = async (code: string): Promise<Pick<EnrolRequest, 'key'>> => {
    const key = await options.openKey();
    if (key === null) return {};
    const signature = await key.sign(enrolProofBytes(code));
    return { key: { publicKey: key.publicKey, signature } };
  };

  const requireIdentity = async (): Promise<Identity> => {
    const known = await identity.read();
    if (known === null) throw new AppError('TERMINAL_UNKNOWN');
    return known;
  };

  /** Logs in at the server, proving this profile's key where it has one: from then on the server knows it. */
  const askServer = async (
    known: Identity,
    credentials: { userName: string; password: string },
  ): Promise<Answer> => {
    /* A key store that fails is no reason to stay outside: the server says what it needs, and without it the verifier does. */
    const key = await options.openKey().catch(() => null);
    const nonce = key === null ? null : await nonces.next();
    const terminalId = known.terminal.id;
    const proof =
      key === null || nonce === null
        ? {}
        : {
            proof: await proveTerminal(
              { api, key, nonce },
              { terminalId, userName: credentials.userName },
            ),
          };
    const reply = await api.request<SessionReply>(
      { method: 'POST', path: '/api/session', body: { ...credentials, ...proof } },
      sessionReplySchema,
    );
    await left.replaced();
    if (nonce !== null) await nonces.answered(nonce);
    return { reply, publicKey: key?.publicKey ?? null };
  };

  return {
    state$,
    async start() {
      const known = await identity.read();
      if (known === null) {
        state$.next({ kind: 'unenrolled' });
        return false;
      }
      const stored = validate<StoredSession>(signedInSchema, await settings.get(KEY));
      if (!stored.ok) {
        state$.next({ kind: 'signedOut', store: known.store, terminal: known.terminal });
        return false;
      }
      const { user, mode, copied } = stored.value;
      await signIn(known, user, mode, copied);
      return true;
    },
    async enrol({ code: typed, name, isTrial }) {
      /* Pasted with the space beside it; the proof is over the code as it is sent. */
      const code = typed.trim();
      if (isTrial !== true && (await options.persist()) === false) {
        throw new AppError('STORAGE_NOT_KEPT');
      }
      const reply = await api.request<EnrolReply>(
        { method: 'POST', path: '/api/terminals', body: { code, name, ...(await enrolKey(code)) } },
        enrolReplySchema,
      );
      const key = await options.openKey();
      const ofKey = key === null ? {} : { publicKey: key.publicKey };
      await identity.write({ ...reply, hasKey: key !== null, ...ofKey });
      state$.next({ kind: 'signedOut', store: reply.store, terminal: reply.terminal });
    },
    async login({ userName, password }) {
      const known = await requireIdentity();
      const credentials = { userName: userName.trim().toLowerCase(), password };
      try {
        const answer = await askServer(known, credentials);
        const { user, copied } = answer.reply;
        await signIn(await takeReply(answer), user, 'online', copied);
        options.onLogin({ online: true });
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        const user = await offlineLogin(options, {
          ...credentials,
          terminalId: known.terminal.id,
        });
        const { id, displayName, role } = user;
        await left.takenUpBy(id);
        await signIn(known, { id, userName: user.userName, displayName, role }, 'offline');
        options.onLogin({ online: false });
      }
    },
    async reauthenticate(password) {
      const state = state$.getValue();
      if (state.kind !== 'signedIn') throw new AppError('SESSION_EXPIRED');
      const { userName } = state.user;
      const answer = await askServer(await requireIdentity(), { userName, password });
      const { user, copied } = answer.reply;
      await signIn(await takeReply(answer), user, 'online', copied);
    },
    async logout() {
      const state = state$.getValue();
      if (state.kind !== 'signedIn') return;
      /* Where the disk is full a reload may find it again; the server's session ends all the same. */
      await left.left(state.user.id).catch(() => undefined);
      await settings.remove(KEY).catch(() => undefined);
      options.onLogout();
      state$.next({ kind: 'signedOut', store: state.store, terminal: state.terminal });
      await left.endOf(state.user.id).catch(() => undefined);
    },
  };
}

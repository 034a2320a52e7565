import { Type } from '@sinclair/typebox';
import { AppError } from '../../shared/errors/app-error';
import type { Settings } from '../db/settings';
import type { ApiClient, ApiRequest } from '../http/api-client';

const KEY = 'leftSession';

/**
 * The server's session of somebody who logged out while the server could not be told. Its cookie is out of a page's reach
 * and goes along with every request, so it has to be ended before anything else is asked: nobody works under another's.
 */
export interface LeftSession {
  /** Whose session may be open from here on. It stays the first one's: later ones began without a connection. */
  left(userId: string): Promise<void>;
  /** Whether there is one. */
  isLeft(): Promise<boolean>;
  /** A login at the server has replaced it. */
  replaced(): Promise<void>;
  /** Somebody logs in without a connection: a session that they left themselves is theirs again. */
  takenUpBy(userId: string): Promise<void>;
  /** Ends it at the server, where one was left. The server cannot be asked, or is busy: throws what it said. */
  end(signal?: AbortSignal): Promise<void>;
  /** Ends that of whoever leaves now, whatever a full disk lets us note or read. */
  endOf(userId: string): Promise<void>;
  /** The same client, which ends the session first. */
  endFirst(api: ApiClient): ApiClient;
}

/** Our server, and not a portal on the way, says that there is no such session any more. */
const saysItIsOver = (error: unknown): boolean =>
  error instanceof AppError &&
  error.code !== 'BAD_RESPONSE' &&
  [401, 403].includes(Number(error.details['status']));

/** A login replaces the session. */
const isLogin = ({ method, path }: ApiRequest): boolean =>
  method === 'POST' && (path === '/api/session' || path === '/api/session/challenge');

export function settingsLeftSession(settings: Settings, api: ApiClient): LeftSession {
  const whose = async (): Promise<string> => String((await settings.get(KEY)) ?? '');
  /** Only while it is theirs: an answer may come late. */
  const forget = (userId: string) =>
    settings.update(KEY, (stored) => (stored === userId ? null : (stored ?? null)));
  const endAtServer = async (userId: string, signal?: AbortSignal): Promise<void> => {
    try {
      await api.request(
        {
          method: 'DELETE',
          /* Somebody may be logging in just now: the cookie that goes along is perhaps theirs already. */
          path: `/api/session?of=${encodeURIComponent(userId)}`,
          ...(signal === undefined ? {} : { signal }),
        },
        Type.Unknown(),
      );
    } catch (error) {
      if (!saysItIsOver(error)) throw error;
    }
    await forget(userId);
  };
  const end = async (signal?: AbortSignal): Promise<void> => {
    const userId = await whose();
    if (userId !== '') await endAtServer(userId, signal);
  };
  return {
    async left(userId) {
      await settings.update(KEY, (stored) => stored ?? userId);
    },
    isLeft: async () => (await whose()) !== '',
    async replaced() {
      if ((await whose()) !== '') await settings.remove(KEY);
    },
    async takenUpBy(userId) {
      if ((await whose()) === userId) await forget(userId);
    },
    end,
    async endOf(userId) {
      await endAtServer((await whose().catch(() => '')) || userId);
    },
    endFirst: (client) => ({
      async request(request, reply) {
        if (!isLogin(request)) await end(request.signal);
        return client.request(request, reply);
      },
    }),
  };
}

import { Type } from '@sinclair/typebox';
import { AppError } from '../../shared/errors/app-error';
import type { Settings } from '../db/settings';
import type { ApiClient } from '../http/api-client';

const KEY = 'leftSession';

/**
 * The server's session of somebody who logged out while the server could not be told. Its cookie is out of a page's reach
 * and goes along with every request, so it has to be ended before anything else is asked: nobody works under another's.
 */
export interface LeftSession {
  /** Whose session may be open from here on. It stays the first one's: later ones began without a connection. */
  left(userId: string): Promise<void>;
  /** Is over, or has been replaced by a login at the server. */
  ended(): Promise<void>;
  /** Somebody logs in without a connection: a session that they left themselves is theirs again. */
  takenUpBy(userId: string): Promise<void>;
  /** Ends it at the server, where one was left. The server cannot be asked, or is busy: throws what it said. */
  end(api: ApiClient): Promise<void>;
  /** The same client, which ends the session first. */
  endFirst(api: ApiClient): ApiClient;
}

/** Our server, and not a portal on the way, says that there is no such session any more. */
const saysItIsOver = (error: unknown): boolean =>
  error instanceof AppError &&
  error.code !== 'BAD_RESPONSE' &&
  [401, 403].includes(Number(error.details['status']));

/** A login replaces the session. */
const isLogin = (path: string): boolean =>
  path === '/api/session' || path === '/api/session/challenge';

export function settingsLeftSession(settings: Settings): LeftSession {
  const whose = async (): Promise<string> => String((await settings.get(KEY)) ?? '');
  const ended = async (): Promise<void> => {
    await settings.remove(KEY);
  };
  const end = async (api: ApiClient): Promise<void> => {
    if ((await whose()) === '') return;
    try {
      await api.request({ method: 'DELETE', path: '/api/session' }, Type.Unknown());
    } catch (error) {
      if (!saysItIsOver(error)) throw error;
    }
    await ended();
  };
  return {
    async left(userId) {
      await settings.update(KEY, (stored) => stored ?? userId);
    },
    ended,
    async takenUpBy(userId) {
      if ((await whose()) === userId) await ended();
    },
    end,
    endFirst: (api) => ({
      async request(request, reply) {
        if (!isLogin(request.path)) await end(api);
        return api.request(request, reply);
      },
    }),
  };
}

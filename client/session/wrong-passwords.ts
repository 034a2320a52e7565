import { type Static, Type } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import type { Settings } from '../db/settings';

/** Wrong passwords that cost nothing: people mistype. */
const FREE = 3;
const FIRST_MS = 2_000;
const MOST_MS = 60_000;

const wrongSchema = Type.Record(
  Type.String(),
  Type.Object({ count: Type.Integer({ minimum: 0 }), at: Type.Number() }),
);
type Wrong = Static<typeof wrongSchema>;

const KEY = 'wrongPasswords';

/** How long after its last wrong password an account has to wait, ms: 2, 4, 8... seconds after the third, a minute at most. */
export const waitAfter = (count: number): number =>
  count < FREE ? 0 : Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(count - FREE, 10));

/**
 * Slows guessing down on a terminal without a connection, where no server counts. It is counted before the password is
 * looked at, so that closing the page meanwhile saves nobody a wait. Nobody is locked out for good: the wait ends, and a
 * login with a connection is not held up by it. A clock that is set back does not shorten the wait.
 */
export const wrongPasswords = (settings: Settings) => {
  const parse = (value: unknown): Wrong => {
    const stored = validate<Wrong>(wrongSchema, value);
    return stored.ok ? stored.value : {};
  };
  return {
    /** Counts an attempt on an account ('' for all names that are not known here). OFFLINE_LOGIN_WAIT. */
    async attempt(account: string, now: number): Promise<void> {
      let left = 0;
      /* In one write: of two tabs that guess at once each is counted. */
      await settings.update(KEY, (stored) => {
        const all = parse(stored);
        const known = all[account] ?? { count: 0, at: now };
        /* The clock was ahead, and was put right: the wait begins anew rather than when that time comes. */
        const at = Math.min(known.at, now);
        left = waitAfter(known.count) - (now - at);
        const { count } = known;
        return { ...all, [account]: left > 0 ? { count, at } : { count: count + 1, at: now } };
      });
      if (left > 0) throw new AppError('OFFLINE_LOGIN_WAIT', { waitMs: left });
    },
    async right(account: string): Promise<void> {
      await settings.update(KEY, (stored) => {
        const { [account]: _, ...others } = parse(stored);
        return others;
      });
    },
  };
};

import type { User } from '../../schemas/users';
import { mayUseTerminal } from '../../shared/access/may-use-terminal';
import { AppError } from '../../shared/errors/app-error';
import type { Clock } from '../../shared/ports/clock';
import type { DeskDatabase } from '../db/database';
import type { Settings } from '../db/settings';
import type { VerifyPassword } from './verify-password';
import { wrongPasswords } from './wrong-passwords';

const HIGHEST_TIME = 'highestTime';

/**
 * The latest instant that this terminal has ever seen, its own or the server's. A clock that is set back does not
 * stretch the offline limit (F23).
 */
export const noteTime = (settings: Settings, now: number): Promise<number> =>
  settings.update(HIGHEST_TIME, (stored) => Math.max(typeof stored === 'number' ? stored : 0, now));

/**
 * The server has just said what time it is: that is the latest that was seen, whatever this terminal's clock showed. One
 * that was years ahead for a day would else keep everybody out for years.
 */
export const takeServerTime = (settings: Settings, serverTime: number): Promise<void> =>
  settings.set(HIGHEST_TIME, serverTime);

/**
 * Checks a password against the verifier that was synced to this terminal. Every failure of knowledge looks the same:
 * OFFLINE_LOGIN_FAILED; too many of them have to wait, OFFLINE_LOGIN_WAIT; another terminal than the owner allows is
 * TERMINAL_NOT_ALLOWED; a limit that has passed, or a clock behind what was seen, is OFFLINE_LOGIN_EXPIRED.
 */
export async function offlineLogin(
  {
    db,
    settings,
    clock,
    verifyPassword,
  }: { db: DeskDatabase; settings: Settings; clock: Clock; verifyPassword: VerifyPassword },
  { userName, password, terminalId }: { userName: string; password: string; terminalId: string },
): Promise<User> {
  const found = await db.users.findOne({ selector: { userName } }).exec();
  const user = found?.toMutableJSON();
  const wrong = wrongPasswords(settings);
  const account = user?.id ?? '';
  await wrong.attempt(account, clock.now());
  if (user === undefined || !user.active) throw new AppError('OFFLINE_LOGIN_FAILED');
  if (user.offlineVerifier === '') {
    /* A terminal where somebody may not log in has no verifier to ask; who that is lies on it in the clear. */
    const isElsewhere = !mayUseTerminal(user, terminalId);
    throw new AppError(isElsewhere ? 'TERMINAL_NOT_ALLOWED' : 'OFFLINE_LOGIN_FAILED');
  }
  if (!(await verifyPassword(password, user.offlineVerifier)))
    throw new AppError('OFFLINE_LOGIN_FAILED');
  await wrong.right(account);
  if (!mayUseTerminal(user, terminalId)) throw new AppError('TERMINAL_NOT_ALLOWED');
  const highest = await noteTime(settings, clock.now());
  /* A minute of grace: clocks are corrected by seconds all the time. */
  if (clock.now() < highest - 60_000) throw new AppError('OFFLINE_LOGIN_EXPIRED');
  if (highest > Date.parse(user.offlineValidUntil)) throw new AppError('OFFLINE_LOGIN_EXPIRED');
  return user;
}

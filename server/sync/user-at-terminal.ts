import type { User } from '../../schemas/users';
import { mayUseTerminal } from '../../shared/access/may-use-terminal';

/**
 * A user as one terminal receives it: without the verifier where nobody can log in by it there, since what lies on a
 * terminal's disk can be guessed at. The version is the same; when the owner lets the user in, it is another one.
 */
export const userAtTerminal =
  (terminalId: string) =>
  (user: Record<string, unknown>): Record<string, unknown> =>
    user['active'] === true && mayUseTerminal(user as Pick<User, 'terminals'>, terminalId)
      ? user
      : { ...user, offlineVerifier: '' };

import type { User } from '../../schemas/users';
import { approvalProof } from '../../shared/access/approval-proof';
import { approvalSalt } from '../../shared/access/approval-salt';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import { may, type Permission } from '../../shared/roles';
import type { ApprovalsService, Credentials } from '../services/approvals-service';
import type { HashPassword } from '../session/hash-password';
import type { CurrentAuthor } from './author';
import { unlessCancelled } from './unless-cancelled';

/** Checks a password of this terminal's store, without a connection; every failure is an AppError. */
type CheckPassword = (credentials: Credentials & { terminalId: string }) => Promise<User>;

export interface LocalApprovals extends ApprovalsService {
  /** Who allowed the logout that is under way; asked once. */
  takeLogoutApprover(): string | null;
}

export function createApprovalsService(options: {
  clock: Clock;
  author: CurrentAuthor;
  checkPassword: CheckPassword;
  hashPassword: HashPassword;
}): LocalApprovals {
  let logoutApprover: string | null = null;

  const requireApprover = async (
    { userName, password }: Credentials,
    permissions: readonly Permission[],
  ): Promise<User> => {
    const terminalId = options.author().terminal.id;
    const typed = { userName: userName.trim().toLowerCase(), password, terminalId };
    const user = await options.checkPassword(typed).catch((error: unknown) => {
      /* "Wrong" is said in the words of what was asked for; what is not about the password keeps its own. */
      throw errorCodeOf(error) === 'OFFLINE_LOGIN_FAILED' ? new AppError('APPROVAL_FAILED') : error;
    });
    /* The same words: whose password it is that may not do this is nobody's business here. */
    if (!permissions.every((permission) => may(user.role, permission))) {
      throw new AppError('APPROVAL_FAILED');
    }
    return user;
  };

  return {
    async approve({ approver, permissions, subject }, signal) {
      const { id, displayName } = await requireApprover(approver, permissions);
      const key = await options.hashPassword(approver.password, approvalSalt(id));
      unlessCancelled(signal);
      const at = instant(options.clock.now());
      const whole = { ...subject, terminalId: options.author().terminal.id };
      return permissions.map((permission) => {
        const said = { permission, userId: id, at };
        return { ...said, userName: displayName, proof: approvalProof(key, said, whole) };
      });
    },
    async approveLogout(approver, signal) {
      const { id } = await requireApprover(approver, ['logoutPending']);
      unlessCancelled(signal);
      logoutApprover = id;
    },
    takeLogoutApprover() {
      const taken = logoutApprover;
      logoutApprover = null;
      return taken;
    },
  };
}

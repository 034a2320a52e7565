import type { Approval } from '../../schemas/invoices';
import type { ApprovalSubject } from '../../shared/access/approval-proof';
import type { Permission } from '../../shared/roles';

/** What somebody types who stands beside the cashier. */
export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/**
 * Somebody who may do it allows at this desk what the person who is logged in may not do alone. The password is checked
 * against what was synced to this terminal, with a connection or without one: APPROVAL_FAILED, TERMINAL_NOT_ALLOWED,
 * OFFLINE_LOGIN_EXPIRED, and whatever slows wrong passwords down. CANCELLED: the signal said so while it was checked, and
 * nothing is allowed.
 */
export interface ApprovalsService {
  /** One approval for each permission, over just this document. */
  approve(
    request: {
      approver: Credentials;
      permissions: readonly Permission[];
      subject: Omit<ApprovalSubject, 'terminalId'>;
    },
    signal?: AbortSignal,
  ): Promise<Approval[]>;
  /** For the logout that follows. */
  approveLogout(approver: Credentials, signal?: AbortSignal): Promise<void>;
}

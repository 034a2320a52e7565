import type { Invoice } from '../../schemas/invoices';
import type { Role } from '../../schemas/users';
import { isApprovable } from '../../shared/access/approvable';
import { approvalProof } from '../../shared/access/approval-proof';
import { may, type Permission } from '../../shared/roles';
import type { StoreScope } from '../store/port';
import { findUser } from './author';
import type { Refusal } from './check-invoice';

/** Changes of users that are looked through for what an approver's role once was. */
const HISTORY = 1000;

export interface CheckedApproval {
  permission: Permission;
  userId: string;
  at: string;
  /** The approver is not active any more, or may not do it any more: it was so when it was approved. */
  isPast: boolean;
}

type Checked =
  | { ok: true; approvals: readonly CheckedApproval[] }
  | { ok: false; refusal: Refusal };

/**
 * The approvals that an invoice carries: each must be of somebody of the store who may do it, or might at the time, and
 * its proof must come from a password of that person. Somebody whose password the server has not seen yet is refused for
 * now: the invoice stays at its terminal, and is taken once that person has logged in with a connection.
 */
export async function checkApprovals(scope: StoreScope, invoice: Invoice): Promise<Checked> {
  const approvals: CheckedApproval[] = [];
  for (const [index, { permission, userId, at, proof }] of invoice.approvals.entries()) {
    const refuse = (field: string, why: string): Checked => ({
      ok: false,
      refusal: { code: 'ROLE_NOT_ALLOWED', message: `/approvals/${index}/${field}: ${why}` },
    });
    if (!isApprovable(permission)) return refuse('permission', 'nothing that can be approved');
    const user = await findUser(scope, userId);
    if (user === null) return refuse('userId', 'nobody of this store');
    const keys = await scope.auth.approvalKeys(userId);
    if (keys.length === 0) return refuse('proof', 'no password of this person was seen yet');
    const said = { permission, userId, at };
    if (!keys.some((key) => approvalProof(key, said, invoice) === proof)) {
      return refuse('proof', 'not made with a password of this person for this document');
    }
    const isAllowed = may(user.role, permission);
    if (!isAllowed && !(await wasAllowed(scope, { permission, userId, at }))) {
      return refuse('userId', `not for the role ${user.role}`);
    }
    approvals.push({ permission, userId, at, isPast: !user.active || !isAllowed });
  }
  return { ok: true, approvals };
}

/** Whether a role that the person had until some moment after `at` allowed it; the log of users says so. */
async function wasAllowed(
  scope: StoreScope,
  { permission, userId, at }: { permission: Permission; userId: string; at: string },
): Promise<boolean> {
  const changes = await scope.journal.auditPage({
    filter: { action: 'userChanged', from: at },
    before: null,
    limit: HISTORY,
  });
  return changes.some(({ details }) => {
    const { id, from } = details as { id?: string; from?: { role?: Role } };
    return id === userId && from?.role !== undefined && may(from.role, permission);
  });
}

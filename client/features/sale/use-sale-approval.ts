import { useState } from 'react';
import type { Approvable } from '../../../shared/access/approvable';
import type { Credentials } from '../../services/approvals-service';
import type { Desk } from '../../services/desk';
import type { SaleApproval } from '../../services/sales-service';
import type { Cart } from './cart';

/** What a cart needs approved, and what of it is: an approval is over just these lines, so a change of them ends it. */
export function useSaleApproval(
  { sales, session }: Pick<Desk, 'sales' | 'session'>,
  cart: Cart,
): {
  needs: readonly Approvable[];
  approval: SaleApproval | null;
  approve: (approver: Credentials, signal: AbortSignal) => Promise<void>;
} {
  const [given, setGiven] = useState<{
    lines: Cart['lines'];
    type: '01' | '04';
    approval: SaleApproval;
  } | null>(null);
  const { lines } = cart;
  const type = cart.clientId === '' ? '04' : '01';
  const holds = given !== null && given.lines === lines && given.type === type;
  return {
    /* While the desk is being left nobody is there to ask about. */
    needs: session.state$.getValue().kind === 'signedIn' ? sales.needs(lines) : [],
    approval: holds ? given.approval : null,
    approve: async (approver, signal) => {
      const approval = await sales.approveSale({ type, lines, approver }, signal);
      if (!signal.aborted) setGiven({ lines, type, approval });
    },
  };
}

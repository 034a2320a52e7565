import type { CollectionName, Documents } from '../../schemas/registry';
import type { AuditAction } from '../../shared/audit/audit-actions';
import { borrowedRight } from './borrowed-right';
import type { CheckedApproval } from './check-approvals';
import type { AboutRow } from './check-row';
import { isInvoice } from './row-effects';
import { awaitedPrices, mayChoosePrices, unexplainedPrices } from './unexplained-prices';

/** Writes an entry of the log, and returns its id; the actor is the sender where none is named. */
export type WriteAudit = (
  action: AuditAction,
  details: Record<string, unknown>,
  actor?: string,
) => Promise<string>;

/**
 * What the owner should know of a row that was accepted: who allowed what, in the name of who did; prices that nobody
 * allowed and the catalog does not have (F27); what only the role of another author than the sender made possible.
 */
export async function noteRow<N extends CollectionName>(
  { collection, document }: { collection: N; document: Documents[N] },
  {
    about,
    approvals,
    prices,
    audit,
    awaits,
  }: {
    about: AboutRow;
    approvals: readonly CheckedApproval[];
    prices: ReadonlyMap<string, number>;
    audit: WriteAudit;
    awaits: (productIds: readonly string[], entryId: string) => Promise<void>;
  },
): Promise<void> {
  const borrowed = await borrowedRight(collection, document, about);
  if (!isInvoice(collection, document)) {
    if (borrowed !== null) {
      await audit('authorRoleUsed', { collection, id: document.id, ...borrowed });
    }
    return;
  }
  const { id: invoiceId, consecutive, userId } = document;
  for (const { userId: approver, ...approval } of approvals) {
    await audit('approvalUsed', { invoiceId, consecutive, ...approval }, approver);
  }
  const { sender } = about;
  const role = (await about.authors(userId))?.role ?? null;
  const codes = unexplainedPrices(document.lines, prices);
  const awaited = awaitedPrices(document.lines, prices);
  const isChosen = mayChoosePrices(document, role, approvals);
  if (!isChosen && codes.length > 0) {
    await audit('priceDiffers', { invoiceId, consecutive, codes });
  }
  if (!isChosen && awaited.length > 0) {
    const entry = await audit('productUnknown', { invoiceId, consecutive, prices: awaited });
    await awaits(
      awaited.map(({ productId }) => productId),
      entry,
    );
  }
  const isPriced =
    isChosen &&
    codes.length + awaited.length > 0 &&
    !mayChoosePrices(document, sender.role, approvals);
  const right =
    borrowed ?? (isPriced && userId !== sender.userId ? { userId, right: 'changePrice' } : null);
  if (right !== null) await audit('authorRoleUsed', { invoiceId, consecutive, ...right });
}

import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import { countAllPending } from '../pending/pending-counts';
import type { RunHistory } from '../sync/run-history';
import type { LocalApprovals } from './create-approvals-service';
import type { AuditNotes } from './create-audit-notes';

/** Writes down that somebody logs out while something is pending, and who allowed it. It keeps nobody signed in. */
export async function noteLeftPending({
  db,
  ids,
  history,
  notes,
  approvals,
}: {
  db: DeskDatabase;
  ids: Ids;
  history: RunHistory;
  notes: AuditNotes;
  approvals: Pick<LocalApprovals, 'takeLogoutApprover'>;
}): Promise<void> {
  /* From the documents: the bar counts bursts of writes together, a little later. */
  const pending = await countAllPending(db).catch(() => null);
  const approvedBy = approvals.takeLogoutApprover();
  if (pending === 0) return;
  /* A full disk costs the record of it. */
  await history.loggedOutWith(ids.newId(), pending ?? 0).catch(() => undefined);
  await notes.add({
    action: 'loggedOutPending',
    details: { pending: pending ?? -1, ...(approvedBy === null ? {} : { approvedBy }) },
  });
}

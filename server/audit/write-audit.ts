import type { AuditAction } from '../../shared/audit/audit-actions';
import { instant } from '../../shared/ports/clock';
import type { ServerPorts } from '../ports';
import type { StoreScope } from '../store/port';

export interface NewAuditEntry {
  action: AuditAction;
  /** Id of who did it; '' where nobody is known, 'cli' for a command. */
  actor?: string;
  /** The terminal that it happened at; left out where it was none. */
  terminalId?: string;
  details?: Record<string, unknown>;
}

/** Writes an entry of the log, under a new id and the server's time; returns the id. */
export async function writeAudit(
  { journal }: Pick<StoreScope, 'journal'>,
  { ids, clock }: Pick<ServerPorts, 'ids' | 'clock'>,
  { actor = '', details = {}, ...entry }: NewAuditEntry,
): Promise<string> {
  const id = ids.newId();
  await journal.audit({ id, at: instant(clock.now()), actor, ...entry, details });
  return id;
}

import { errorCodeOf } from '../../shared/errors/app-error';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { DeskDatabase } from '../db/database';
import { pendingStates, WRITTEN_COLLECTIONS } from '../pending/pending-counts';
import { pushBatches } from './push-batches';

/** What the operator is told: `QUARANTINE_FULL` where the server had no room for a part of it. */
export type HandedOver = 'TERMINAL_REVOKED' | 'QUARANTINE_FULL';

/**
 * The owner revoked this terminal, so it receives nothing any more, and its syncs end at their first stage. What it has
 * not sent goes out all the same: the server applies nothing of it, and keeps it aside for the owner (F22). It stays
 * pending here. Always in the same order, so that the same content is the same body, which is kept once.
 */
export async function handOver(options: {
  db: DeskDatabase;
  transport: SyncTransport;
  epoch: string;
  signal: AbortSignal;
}): Promise<HandedOver> {
  const { db, transport, epoch, signal } = options;
  let outcome: HandedOver = 'TERMINAL_REVOKED';
  for (const name of WRITTEN_COLLECTIONS) {
    const states = await pendingStates(db, name);
    const rows = states.map((newDocumentState) => ({ newDocumentState }));
    for (const batch of pushBatches(rows)) {
      /* Refused by name, and kept; where it does not even get there, the next sync tries again. */
      await transport.push(name, { epoch, rows: batch }, signal).catch((error: unknown) => {
        if (errorCodeOf(error) === 'QUARANTINE_FULL') outcome = 'QUARANTINE_FULL';
      });
    }
  }
  return outcome;
}

import type { CollectionName } from '../../schemas/registry';
import { isArchived } from '../../shared/archive/is-archived';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { Equality } from '../../shared/proof/equality';
import { contentsOf, removeVersion, sameContents, tallyOf } from '../../shared/proof/tally';
import type { Contents } from '../../shared/protocol/messages';
import type { DeskDatabase } from '../db/database';
import { isWritten, pendingVersions } from '../pending/pending-counts';
import type { Cuts } from '../sync/cuts';
import { fetchDocuments } from './fetch-documents';

export interface Comparison {
  equality: Extract<Equality, 'equal' | 'different' | 'behind'>;
  leftOut: number;
}

/**
 * Compares what is held here with what the server held at `seq`, up to which this terminal has read. Where that differs,
 * the documents that are pending here may be the reason, and rightly so: they are left out on both sides. `behind`: one
 * of these was written at the server after `seq`, so that its version at `seq` cannot be known.
 */
export async function compare(options: {
  db: DeskDatabase;
  transport: SyncTransport;
  name: CollectionName;
  epoch: string;
  local: Contents;
  server: Contents;
  seq: number;
  cuts: Cuts;
  signal: AbortSignal;
}): Promise<Comparison> {
  const { db, name, local, server, seq, cuts, epoch } = options;
  if (sameContents(local, server)) return { equality: 'equal', leftOut: 0 };
  const pending = isWritten(name) ? await pendingVersions(db, name) : new Map<string, number>();
  if (pending.size === 0) return { equality: 'different', leftOut: 0 };

  let here = tallyOf(local);
  for (const [id, ver] of pending) if (ver > 0) here = removeVersion(here, id, ver);
  let there = tallyOf(server);
  const cut = name === 'invoices' ? await cuts.applied(epoch) : null;
  for (const placed of await fetchDocuments({ ...options, ids: [...pending.keys()] })) {
    if (placed.seq > seq) return { equality: 'behind', leftOut: pending.size };
    /* What is archived is not counted there. */
    if (cut !== null && isArchived(cut, placed as never)) continue;
    there = removeVersion(there, placed.document.id, placed.document.ver);
  }
  const equal = sameContents(contentsOf(here), contentsOf(there));
  return { equality: equal ? 'equal' : 'different', leftOut: pending.size };
}

import type { Observable } from 'rxjs';
import type { ConflictRecord, RejectedRecord, Run } from '../../schemas/local';
import type { CollectionName } from '../../schemas/registry';

export interface CollectionComparison {
  readonly collection: CollectionName;
  readonly local: { readonly count: number; readonly digest: string };
  readonly server: { readonly count: number; readonly digest: string };
  readonly equal: boolean;
}

/** What waits for a person: history of runs, conflicts, rejected documents. */
export interface AttentionService {
  /** Newest first, at most `limit`. */
  runs$(limit: number): Observable<readonly Run[]>;
  conflicts$(): Observable<readonly ConflictRecord[]>;
  rejected$(): Observable<readonly RejectedRecord[]>;
  /** Writes the values that this terminal lost over the current document, as a new edit, and closes the record. */
  applyMine(conflictId: string): Promise<void>;
  /** Keeps what the server has, and closes the record. */
  keepTheirs(conflictId: string): Promise<void>;
  /** Marks the refused document to be sent again, unchanged, by the next run. */
  sendAgain(rejectedId: string): Promise<void>;
  /** Compares counts and digests with the server, collection by collection. NETWORK, SESSION_EXPIRED. */
  compareWithServer(): Promise<readonly CollectionComparison[]>;
}

import type { Observable } from 'rxjs';
import type { InvoiceFlag } from '../../schemas/invoices';
import type { ConflictRecord, RejectedRecord, Run } from '../../schemas/local';
import type { AnyDocument } from '../../schemas/registry';

/** A refused document as it stands now. */
export interface Refusal extends RejectedRecord {
  /** It was sent again, or changed, since: the next run offers it under a new edit. */
  readonly isWaiting: boolean;
}

/** An invoice that the server flagged, until somebody says that it was attended to. */
export interface InvoiceAlert {
  readonly invoiceId: string;
  readonly consecutive: string;
  readonly flags: readonly InvoiceFlag[];
  readonly at: string;
}

/** What waits for a person: history of runs, conflicts, rejected documents, alerts about invoices. */
export interface AttentionService {
  /** Newest first, at most `limit`. */
  runs$(limit: number): Observable<readonly Run[]>;
  conflicts$(): Observable<readonly ConflictRecord[]>;
  rejected$(): Observable<readonly Refusal[]>;
  /** Open alerts, newest first. */
  alerts$(): Observable<readonly InvoiceAlert[]>;
  /** Closes an alert; who did it stays on record. FORBIDDEN. */
  attend(invoiceId: string): Promise<void>;
  /** The document that a record is about, as it stands on this terminal; null where it is gone. */
  document(record: { collectionName: string; documentId: string }): Promise<AnyDocument | null>;
  /**
   * Writes the values that this terminal lost over the current document, as a new edit, and closes the record.
   * FORBIDDEN where the role may not edit it; DOCUMENT_IMMUTABLE for what was issued.
   */
  applyMine(conflictId: string): Promise<void>;
  /** Keeps what the server has, and closes the record. */
  keepTheirs(conflictId: string): Promise<void>;
  /** Marks the refused document to be sent again, unchanged, by the next run. */
  sendAgain(rejectedId: string): Promise<void>;
}

import type { Observable } from 'rxjs';
import type { Invoice } from '../../schemas/invoices';

export interface InvoiceFilter {
  /** Digits of a consecutive, or words of a client's name; empty for all. */
  readonly text: string;
  readonly type: Invoice['type'] | 'all';
  readonly onlyPending: boolean;
  /** Only those that the server flagged. */
  readonly onlyAlerts: boolean;
}

export interface InvoicesService {
  /** Newest first; the page after the invoice issued at `before` (null: the first). */
  page(filter: InvoiceFilter, before: string | null, limit: number): Promise<readonly Invoice[]>;
  find(id: string): Promise<Invoice | null>;
  /** Emits when any invoice was written here or received. */
  readonly changed$: Observable<unknown>;
  /**
   * Notes that refer to this invoice. Where it is older than what this terminal holds, notes may be on the server alone, so
   * that is asked: NETWORK, TIMEOUT, SESSION_EXPIRED.
   */
  notesOf(invoice: Pick<Invoice, 'id' | 'issuedAt'>): Promise<readonly Invoice[]>;
}

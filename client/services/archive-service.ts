import type { Observable } from 'rxjs';
import type { Invoice } from '../../schemas/invoices';
import type { ArchiveFilter } from '../../shared/protocol/archive-messages';

/** A page of the server's invoices; `next` is where the older ones begin, null at the end. */
export interface ArchivedInvoices {
  readonly invoices: readonly Invoice[];
  readonly next: string | null;
}

/** Invoices that this terminal no longer holds. With a connection: NETWORK, TIMEOUT, SESSION_EXPIRED. */
export interface ArchiveService {
  /** The instant from which on all invoices are here; null: from the first. */
  readonly heldFrom$: Observable<string | null>;
  /** The store's invoices, newest first, whether they are here or not; `before` is what the page before gave as `next`. */
  page(filter: ArchiveFilter, before?: string): Promise<ArchivedInvoices>;
  /** Credit and debit notes about an invoice that the server has, whether they are here or not. */
  notesOf(id: string): Promise<readonly Invoice[]>;
  /** Null: the server does not have it either. */
  find(id: string): Promise<Invoice | null>;
}

import type {
  Approval,
  DocumentType,
  Invoice,
  InvoiceReference,
  Payment,
  PaymentMethod,
} from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import type { Approvable } from '../../shared/access/approvable';
import type { Credentials } from './approvals-service';

export interface SaleLine {
  readonly product: Product;
  /** Thousandths. */
  readonly quantity: number;
  /** Before tax, minor units; differs from the product's price only where the role allows. */
  readonly unitPrice: number;
  /** Basis points. */
  readonly discountRate: number;
}

export interface SaleRequest {
  readonly type: Extract<DocumentType, '01' | '04'>;
  /** Empty: walk-in, a ticket (04). */
  readonly clientId: string;
  readonly lines: readonly SaleLine[];
  readonly payments: readonly Payment[];
  /** Cash handed over, minor units. */
  readonly tendered: number;
  readonly notes: string;
  /** What somebody else allowed, over just these lines (`approveSale`). */
  readonly approval?: SaleApproval;
}

/** Approvals of a sale that has no number yet, and the id that it will have. */
export interface SaleApproval {
  readonly invoiceId: string;
  readonly approvals: readonly Approval[];
}

export interface NoteRequest {
  readonly type: Extract<DocumentType, '02' | '03'>;
  readonly reference: InvoiceReference;
  readonly clientId: string;
  readonly lines: readonly SaleLine[];
  readonly payments: readonly Payment[];
  readonly notes: string;
}

/**
 * Issues documents. The number is taken and the document stored in one step under a lock that all tabs share: nothing
 * has a number, or is printed, that is not stored. FORBIDDEN, INVALID_DOCUMENT, DOCUMENT_TOO_LARGE, STORAGE_FULL.
 * CANCELLED: the signal said so before anything was stored, and no number was taken.
 */
export interface SalesService {
  /** What whoever is logged in may not do alone in a sale of these lines. */
  needs(lines: readonly SaleLine[]): readonly Approvable[];
  /** Has somebody who may allow it: APPROVAL_FAILED. It holds for just this type and these lines. */
  approveSale(
    request: {
      type: SaleRequest['type'];
      lines: readonly SaleLine[];
      approver: Credentials;
    },
    signal?: AbortSignal,
  ): Promise<SaleApproval>;
  issue(request: SaleRequest, signal?: AbortSignal): Promise<Invoice>;
  issueNote(request: NoteRequest): Promise<Invoice>;
  /** Credit note 03 over the whole of an invoice, or over some of its lines (line index -> quantity in thousandths). */
  creditNote(
    invoice: Invoice,
    options: {
      reason: string;
      quantities?: ReadonlyMap<number, number>;
      /** Who allows it, where whoever is logged in may not. */
      approver?: Credentials;
    },
    signal?: AbortSignal,
  ): Promise<Invoice>;
  /**
   * Debit note 02: an amount that was missing in one line of an invoice, before tax, in minor units; the line's own tax
   * is added. Stock does not move.
   */
  debitNote(
    invoice: Invoice,
    options: {
      reason: string;
      line: number;
      amount: number;
      method: PaymentMethod;
      approver?: Credentials;
    },
    signal?: AbortSignal,
  ): Promise<Invoice>;
}

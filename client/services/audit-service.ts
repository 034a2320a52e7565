import type {
  AuditExport,
  AuditFilter,
  AuditPage,
  Verification,
} from '../../shared/protocol/audit-messages';

/** Who did what. For the owner, with a connection: NETWORK, FORBIDDEN, SESSION_EXPIRED. */
export interface AuditService {
  /** Newest first; `before` is what the page before gave as `next`. */
  page(filter: AuditFilter, before?: string): Promise<AuditPage>;
  /** All that the filter lets through; the log takes note of it. */
  export(filter: AuditFilter): Promise<AuditExport>;
  /** Has every terminal's chain walked, now, over what the server has. */
  verify(): Promise<Verification>;
  /** A list was saved as a file here: told to the log now, or when the server can be reached. */
  noteExport(list: 'clients' | 'products', count: number): Promise<void>;
}

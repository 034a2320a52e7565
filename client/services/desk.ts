import type { Clock } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { ApprovalsService } from './approvals-service';
import type { AttentionService } from './attention-service';
import type { AuditService } from './audit-service';
import type { CatalogService } from './catalog-service';
import type { ClientsService } from './clients-service';
import type { DraftsService } from './drafts-service';
import type { ImportService } from './import-service';
import type { InvoicesService } from './invoices-service';
import type { ProductsService } from './products-service';
import type { ProofService } from './proof-service';
import type { SalesService } from './sales-service';
import type { SessionService } from './session-service';
import type { SetupService } from './setup-service';
import type { ShiftsService } from './shifts-service';
import type { StatusService } from './status-service';
import type { StockService } from './stock-service';
import type { SyncService } from './sync-service';
import type { TerminalsService } from './terminals-service';
import type { UsersService } from './users-service';

/** Everything that a screen may ask for. Made once a tab by `client/app/compose`; tests make their own. */
export interface Desk {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly session: SessionService;
  readonly sync: SyncService;
  readonly status: StatusService;
  readonly attention: AttentionService;
  readonly proof: ProofService;
  readonly catalog: CatalogService;
  readonly sales: SalesService;
  readonly invoices: InvoicesService;
  readonly clients: ClientsService;
  readonly products: ProductsService;
  readonly stock: StockService;
  readonly shifts: ShiftsService;
  readonly drafts: DraftsService;
  readonly approvals: ApprovalsService;
  readonly users: UsersService;
  readonly audit: AuditService;
  readonly terminals: TerminalsService;
  readonly setup: SetupService;
  readonly imports: ImportService;
}

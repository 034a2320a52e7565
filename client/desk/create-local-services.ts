import type { Observable } from 'rxjs';
import type { Clock } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import type { ApprovalsService } from '../services/approvals-service';
import type { ArchiveService } from '../services/archive-service';
import type { Desk } from '../services/desk';
import type { SignChain } from '../session/sign-chain';
import type { CurrentAuthor } from './author';
import { createCatalogService } from './create-catalog-service';
import { createClientsService } from './create-clients-service';
import { createDraftsService } from './create-drafts-service';
import { createInvoicesService } from './create-invoices-service';
import { createProductsService } from './create-products-service';
import { createSalesService } from './create-sales-service';
import { createShiftsService } from './create-shifts-service';
import { createStockService } from './create-stock-service';
import type { Locks } from './locks';

/** The services that work on this terminal's own database; only what is older than all it holds is asked of the server. */
export type LocalServices = Pick<
  Desk,
  'catalog' | 'sales' | 'invoices' | 'clients' | 'products' | 'stock' | 'shifts' | 'drafts'
>;

export function createLocalServices(options: {
  db: DeskDatabase;
  clock: Clock;
  ids: Ids;
  digits: (length: number) => string;
  sign: SignChain;
  locks: Locks;
  author: CurrentAuthor;
  terminalId: () => string | null;
  session$: Observable<unknown>;
  isOnline: () => boolean;
  approvals: ApprovalsService;
  archive: ArchiveService;
}): { services: LocalServices; close: () => void } {
  const { db, clock, archive } = options;
  const catalog = createCatalogService(db);
  const invoices = createInvoicesService({ db, archive });
  const stock = createStockService(options);
  const shifts = createShiftsService(options);
  const sales = createSalesService({
    ...options,
    notesOf: invoices.notesOf,
    openShiftId: () => shifts.service.open$.getValue()?.id ?? '',
  });
  return {
    services: {
      catalog,
      sales,
      invoices,
      stock,
      shifts: shifts.service,
      clients: createClientsService(options),
      products: createProductsService(options),
      drafts: createDraftsService(db, clock),
    },
    close: () => {
      catalog.close();
      stock.close();
      shifts.stop();
    },
  };
}

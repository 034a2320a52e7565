import type { Role } from '../schemas/users';

/** What a person may do at a desk; the server asks the same table for every row it is sent. */
export type Permission =
  | 'sell'
  /** Notes that correct an invoice, whichever way: 03 credit, 02 debit. */
  | 'creditNote'
  | 'editClients'
  | 'editProducts'
  | 'adjustStock'
  | 'changePrice'
  | 'discountAboveLimit'
  | 'attendAlerts'
  | 'importData'
  /** Brings in the file of what another terminal had pending. */
  | 'importRescue'
  | 'manageTerminals'
  /** Runs simulated stores, in a demo store only. */
  | 'useLaboratory';

/** Default deny: what is not listed is not allowed. */
const GRANTS: Record<Role, readonly Permission[]> = {
  owner: [
    'sell',
    'creditNote',
    'editClients',
    'editProducts',
    'adjustStock',
    'changePrice',
    'discountAboveLimit',
    'attendAlerts',
    'importRescue',
    'importData',
    'manageTerminals',
    'useLaboratory',
  ],
  supervisor: [
    'sell',
    'creditNote',
    'editClients',
    'editProducts',
    'adjustStock',
    'changePrice',
    'discountAboveLimit',
    'attendAlerts',
    'importRescue',
  ],
  cashier: ['sell', 'editClients'],
  qa: ['useLaboratory'],
};

export const may = (role: Role, permission: Permission): boolean =>
  GRANTS[role].includes(permission);

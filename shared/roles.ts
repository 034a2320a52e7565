import type { CollectionName } from '../schemas/registry';
import type { Role } from '../schemas/users';
import { mayWrite } from './access/denied-field';

/** Permissions that are no more than what the table of documents says (`access/access-table`). */
const BY_DOCUMENT = {
  sell: 'invoices',
  editClients: 'clients',
  editProducts: 'products',
  adjustStock: 'movements',
} as const satisfies Record<string, CollectionName>;

type DocumentPermission = keyof typeof BY_DOCUMENT;

/** What a person may do at a desk beyond writing documents; the server asks the same table for every request. */
type ActionPermission =
  /** Notes that correct an invoice, whichever way: 03 credit, 02 debit. */
  | 'creditNote'
  /** Another price than the product's in a line of a sale. */
  | 'changePrice'
  | 'discountAboveLimit'
  /** Leaving the desk although documents are pending. */
  | 'logoutPending'
  | 'attendAlerts'
  | 'importData'
  /** Brings in the file of what another terminal had pending. */
  | 'importRescue'
  | 'manageTerminals'
  | 'manageUsers'
  | 'readAudit'
  /** How every terminal of the store stands, and what needs a person. */
  | 'readFleet'
  /** Runs simulated stores, in a demo store only. */
  | 'useLaboratory';

export type Permission = DocumentPermission | ActionPermission;

/** Default deny: what is not listed is not allowed. */
const GRANTS: Readonly<Record<Role, readonly ActionPermission[]>> = {
  owner: [
    'creditNote',
    'changePrice',
    'discountAboveLimit',
    'logoutPending',
    'attendAlerts',
    'importRescue',
    'importData',
    'manageTerminals',
    'manageUsers',
    'readAudit',
    'readFleet',
    'useLaboratory',
  ],
  supervisor: [
    'creditNote',
    'changePrice',
    'discountAboveLimit',
    'logoutPending',
    'attendAlerts',
    'importRescue',
  ],
  cashier: [],
  qa: ['useLaboratory'],
};

const isByDocument = (permission: Permission): permission is DocumentPermission =>
  Object.hasOwn(BY_DOCUMENT, permission);

export const may = (role: Role, permission: Permission): boolean =>
  isByDocument(permission)
    ? mayWrite(role, BY_DOCUMENT[permission], 'create')
    : Object.hasOwn(GRANTS, role) && GRANTS[role].includes(permission);

import type { BehaviorSubject } from 'rxjs';
import type { CollectionName } from '../../schemas/registry';

/** checking: not asked yet. The desk asks on start, on the browser's events and every half minute while visible. */
export type Connection = 'checking' | 'online' | 'offline';

/** Kinds of documents that can be pending. `null` = not known (never shown as 0). */
export type PendingKind = 'clients' | 'products' | 'invoices' | 'movements' | 'shifts';
export type PendingCounts = Readonly<Record<PendingKind, number | null>>;
export const UNKNOWN_PENDING: PendingCounts = {
  clients: null,
  products: null,
  invoices: null,
  movements: null,
  shifts: null,
};

/** When each collection was last synced to its end, as an instant; null = never. */
export type LastSyncs = Readonly<Partial<Record<CollectionName, string | null>>>;

export interface DeskStatus {
  readonly connection: Connection;
  readonly pending: PendingCounts;
  readonly lastSync: LastSyncs;
  /** Collections that were never complete here: selling is blocked until they are (F18). null = not read yet. */
  readonly incomplete: readonly CollectionName[] | null;
  readonly openConflicts: number | null;
  readonly rejected: number | null;
  /** Invoices that the server flagged and nobody has attended to yet. */
  readonly alerts: number | null;
  /** Server clock minus this clock in ms at the last contact; null = never compared. */
  readonly clockSkew: number | null;
  /** The browser promised not to evict our data; null = not asked yet. */
  readonly persistent: boolean | null;
}

export interface StatusService {
  readonly status$: BehaviorSubject<DeskStatus>;
  /** Asks the server now. */
  checkConnection(): Promise<void>;
}

/** Sum over all kinds, or null when one of them is not known. */
export function totalPending(pending: PendingCounts): number | null {
  let sum = 0;
  for (const count of Object.values(pending)) {
    if (count === null) return null;
    sum += count;
  }
  return sum;
}

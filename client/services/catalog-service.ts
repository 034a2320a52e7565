import type { BehaviorSubject } from 'rxjs';
import type { Client } from '../../schemas/clients';
import type { Product } from '../../schemas/products';

/** Products and clients in memory, kept up to date by the database's own events, for search as one types. */
export interface CatalogService {
  /** Raised by one whenever the lists below change; `ready` once both were read from disk. */
  readonly revision$: BehaviorSubject<{ readonly ready: boolean; readonly revision: number }>;
  /** All products (active or not), ordered by description. The array is not to be changed. */
  products(): readonly Product[];
  clients(): readonly Client[];
  /** Exact barcode, else exact code (case-insensitive), of an active product. Works before `ready`. */
  findByScan(text: string): Promise<Product | null>;
  /**
   * Active products whose description, code or barcode contains every word of the text (accents and case ignored),
   * best first, at most `limit`. Linear in the text, no patterns: under 50 ms at 50,000 (S7).
   */
  searchProducts(
    text: string,
    options: { limit: number; includeInactive?: boolean },
  ): readonly Product[];
  searchClients(
    text: string,
    options: { limit: number; includeInactive?: boolean },
  ): readonly Client[];
  client(id: string): Client | null;
  product(id: string): Product | null;
}

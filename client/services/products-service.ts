import type { SYNC_FIELD_NAMES } from '../../schemas/fields';
import type { Product } from '../../schemas/products';

type Bookkeeping = (typeof SYNC_FIELD_NAMES)[number] | 'updatedAt' | 'editedBy';
export type ProductInput = Omit<Product, Bookkeeping>;

/** Creates and edits products on this terminal; what it writes is pending. FORBIDDEN, INVALID_DOCUMENT, STORAGE_FULL. */
export interface ProductsService {
  create(input: ProductInput): Promise<Product>;
  edit(id: string, change: Partial<ProductInput>): Promise<Product>;
}

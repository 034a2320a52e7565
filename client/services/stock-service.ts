import type { Observable } from 'rxjs';

/** Stock as shown: what the server had, with this terminal's own sales that it did not yet contain. */
export interface StockService {
  /** Thousandths; null while it is not known for this product. */
  shown$(productId: string): Observable<number | null>;
  /** The same for many products at once (a list on screen). */
  shownOf(productIds: readonly string[]): Promise<ReadonlyMap<string, number | null>>;
  /** Records a movement: FORBIDDEN, INVALID_DOCUMENT, STORAGE_FULL. `quantity` is signed, in thousandths. */
  adjust(movement: {
    productId: string;
    kind: 'opening' | 'purchase' | 'adjustment';
    quantity: number;
    reason: string;
  }): Promise<void>;
}

import { APPROVABLE, type Approvable } from '../../shared/access/approvable';
import { neededPermissions } from '../../shared/access/needed-permissions';
import type { StoreProfile } from '../../shared/protocol/messages';
import type { SaleLine } from '../services/sales-service';

/** What a sale of these lines needs besides the right to sell. The price is the terminal's to ask: it has the catalog. */
export function saleNeeds(
  lines: readonly SaleLine[],
  store: Pick<StoreProfile, 'maxDiscount'>,
): readonly Approvable[] {
  const needs = new Set<string>(
    neededPermissions({ type: '04', lines }, store).map(({ permission }) => permission),
  );
  if (lines.some(({ product, unitPrice }) => unitPrice !== product.price)) needs.add('changePrice');
  return APPROVABLE.filter((permission) => needs.has(permission));
}

import type { Invoice } from '../../schemas/invoices';
import type { StoreProfile } from '../protocol/messages';
import type { Permission } from '../roles';

/** Something that a document does beyond what its kind does, and where in the document it stands. */
export interface Need {
  permission: Permission;
  path: string;
}

/** What an invoice needs besides the right to sell, as far as it shows that by itself. */
export function neededPermissions(
  invoice: Pick<Invoice, 'type'> & {
    lines: readonly Pick<Invoice['lines'][number], 'discountRate'>[];
  },
  { maxDiscount }: Pick<StoreProfile, 'maxDiscount'>,
): readonly Need[] {
  /* A note repeats the lines that it corrects, their discounts too: that it is a note is what has to be allowed. */
  if (invoice.type === '02' || invoice.type === '03') {
    return [{ permission: 'creditNote', path: '/type' }];
  }
  const line = invoice.lines.findIndex(({ discountRate }) => discountRate > maxDiscount);
  return line < 0
    ? []
    : [{ permission: 'discountAboveLimit', path: `/lines/${line}/discountRate` }];
}

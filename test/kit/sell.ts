import { toInvoiceLine } from '../../client/desk/build-invoice';
import type { Invoice } from '../../schemas/invoices';
import type { TestTerminal } from './open-terminal';

/** Sells one line of the product at this place in the order of codes, paid in cash. */
export async function sell(
  { desk }: TestTerminal,
  index: number,
  quantity = 1000,
): Promise<Invoice> {
  const product = (await desk.db.products.find({ sort: [{ code: 'asc' }] }).exec())[index];
  if (product === undefined) throw new Error('no product');
  const json = product.toMutableJSON();
  const line = { product: json, quantity, unitPrice: json.price, discountRate: 0 };
  const { total } = toInvoiceLine(line);
  return desk.sales.issue({
    type: '04',
    clientId: '',
    lines: [line],
    payments: [{ method: 'cash', amount: total, reference: '' }],
    tendered: total,
    notes: '',
  });
}

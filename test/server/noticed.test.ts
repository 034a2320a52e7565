import { randomUUID } from 'node:crypto';
import { toInvoiceLine } from '../../client/desk/build-invoice';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import type { JournalStore } from '../../server/store/port';
import { judgeAwaited } from '../../server/sync/judge-awaited';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import { invoiceTotals } from '../../shared/money/invoice-totals';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let cashier: ApiTerminal;
let product: Product;
let supervisorId: string;

beforeEach(async () => {
  server = await startServer();
  cashier = await apiTerminal(server, 'supervisora');
  supervisorId = cashier.session.user.id;
  /* The supervisor has logged in at this terminal; now the cashier works at it. */
  await login('cajero1');
  const [first] = (await cashier.pull('products', 0, 1)).documents;
  if (first === undefined) throw new Error('no product');
  product = first;
});
afterEach(() => server.close());

async function login(userName: string): Promise<void> {
  const credentials = { userName, password: passwordOf(userName) };
  const reply = await cashier.request('POST', '/api/session', credentials);
  Object.assign(cashier, { session: reply.body });
}
const sealed = (invoice: Invoice): Invoice => ({
  ...invoice,
  chain: { ...invoice.chain, hash: invoiceHash(invoice) },
});
function sale(
  change: { discountRate?: number; unitPrice?: number; product?: Product },
  userId = cashier.session.user.id,
): Invoice {
  const { product: sold = product, discountRate = 0, unitPrice = sold.price } = change;
  const lines = [toInvoiceLine({ product: sold, quantity: 1000, unitPrice, discountRate })];
  const totals = invoiceTotals(lines);
  const payments = [{ method: 'cash' as const, amount: totals.total, reference: '' }];
  const ticket = cashier.ticket([sold], { userId });
  return sealed({ ...ticket, lines, totals, payments, tendered: totals.total, change: 0 });
}
const audits = async (action: string): Promise<Record<string, unknown>[]> =>
  (await server.context.store.scope(server.storeId).journal.audits(action)).map(
    ({ actor, details }) => ({ actor, ...details }),
  );
const push = async (collection: string, document: object, assumed: readonly object[] = []) => {
  const { accepted, rejected } = await cashier.push(collection, [document], assumed);
  expect([accepted.length, rejected]).toEqual([1, []]);
};

test('S1 P102 what only the named author’s role allows is taken, and the owner is shown who sent it', async () => {
  const plain = sale({}, supervisorId);
  await push('invoices', plain);
  expect(await audits('authorRoleUsed')).toEqual([]);
  const discounted = sale({ discountRate: 5000 }, supervisorId);
  await push('invoices', discounted);
  const dearer = sale({ unitPrice: product.price + 5 }, supervisorId);
  await push('invoices', dearer);
  const change = { ...product, price: 1, edit: randomUUID(), pending: 1, editedBy: supervisorId };
  await push('products', change, [product]);
  const { id: actor } = cashier.session.user;
  const by = { actor, userId: supervisorId };
  expect(await audits('authorRoleUsed')).toEqual([
    {
      ...by,
      invoiceId: discounted.id,
      consecutive: discounted.consecutive,
      right: 'discountAboveLimit',
    },
    { ...by, invoiceId: dearer.id, consecutive: dearer.consecutive, right: 'changePrice' },
    { ...by, collection: 'products', id: product.id, right: expect.any(String) },
  ]);
  expect(await audits('priceDiffers')).toEqual([]);

  /* Whoever may do it alone borrows nothing. */
  await login('supervisora');
  await push('invoices', sale({ discountRate: 5000 }, supervisorId));
  expect(await audits('authorRoleUsed')).toHaveLength(3);
});

test('F19 P103 the price of a product that the server does not know is judged when the product comes', async () => {
  const fresh = (price: number): Product => ({
    ...product,
    id: randomUUID(),
    code: randomUUID().slice(0, 8),
    barcode: '',
    ver: 0,
    edit: randomUUID(),
    pending: 1,
    price,
    editedBy: supervisorId,
  });
  const [honest, cheap, never] = [fresh(5000), fresh(7000), fresh(9000)];
  const right = sale({ product: honest });
  const wrong = sale({ product: cheap, unitPrice: 1 });
  const lost = sale({ product: never, unitPrice: 1 });
  for (const invoice of [right, wrong, lost]) await push('invoices', invoice);
  expect(await audits('priceDiffers')).toEqual([]);
  expect((await audits('productUnknown')).map((entry) => entry['invoiceId'])).toEqual([
    right.id,
    wrong.id,
    lost.id,
  ]);
  for (const coming of [honest, cheap]) await push('products', coming);
  const found = [
    expect.objectContaining({
      invoiceId: wrong.id,
      consecutive: wrong.consecutive,
      codes: [cheap.code],
    }),
  ];
  expect(await audits('priceDiffers')).toEqual(found);
  /* Once: a later change of the product says nothing of that sale. */
  const stored = { ...cheap, ver: 1 };
  await push('products', { ...stored, price: 8000, edit: randomUUID() }, [stored]);
  expect(await audits('priceDiffers')).toEqual(found);

  /* Whoever may choose prices is asked nothing. */
  await login('supervisora');
  await push('invoices', sale({ product: fresh(1), unitPrice: 3 }));
  expect(await audits('productUnknown')).toHaveLength(3);
});

test('P103 a push with new products asks the log for what waits for these alone, and one without asks nothing', async () => {
  const asked: (readonly string[])[] = [];
  const journal = {
    audits: () => Promise.reject(new Error('all of the log is read')),
    awaiting: (productIds: readonly string[]) => {
      asked.push(productIds);
      return Promise.resolve([]);
    },
  } as unknown as JournalStore;
  expect(await judgeAwaited(journal, new Map())).toEqual([]);
  expect(await judgeAwaited(journal, new Map([['p', 5]]))).toEqual([]);
  expect(asked).toEqual([['p']]);
});

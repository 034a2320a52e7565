import { screen } from '@testing-library/react';
import { toInvoiceLine } from '../../client/desk/build-invoice';
import { Receipt } from '../../client/features/receipt/Receipt';
import { taxBreakdown } from '../../client/features/receipt/tax-breakdown';
import { CartTable } from '../../client/features/sale/CartTable';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { invoiceTotals } from '../../shared/money/invoice-totals';
import { aProduct } from './a-product';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const HOSTILE = '<img src="x" onerror="window.broken = true"> & <script>1</script>';

const line = (change: Partial<Product>, quantity = 1000, discountRate = 0) => {
  const sold = aProduct(change);
  return toInvoiceLine({ product: sold, quantity, unitPrice: sold.price, discountRate });
};

const lines = [
  line({ description: HOSTILE }, 2000, 1000),
  line({ taxCode: 'iva1', price: 50_000 }),
  line({ taxCode: 'exempt', price: 30_000 }),
  line({ description: 'Otro café' }),
];
const { state$ } = fakeDesk().desk.session;
const session = state$.getValue();
if (session.kind !== 'signedIn') throw new Error('nobody is signed in');
const { store } = session;

const invoice: Invoice = {
  id: 'i',
  ver: 0,
  edit: 'e',
  pending: 1,
  type: '01',
  consecutive: '00100001010000000007',
  clave: `506${'1234567890'.repeat(4)}1234567`,
  situation: '3',
  terminalId: 't',
  serial: 1,
  issuedAt: '2026-11-24T12:00:00.000Z',
  businessDate: '2026-11-24',
  currency: 'CRC',
  userId: 'u',
  userName: 'Marco',
  shiftId: '',
  clientId: 'c',
  client: { name: 'Ana', identificationType: '01', identification: '111111111', email: '' },
  lines,
  totals: invoiceTotals(lines),
  payments: [{ method: 'cash', amount: invoiceTotals(lines).total, reference: '' }],
  tendered: invoiceTotals(lines).total + 5000,
  change: 5000,
  notes: '',
  fiscalDeadline: '2026-11-27T12:00:00.000Z',
  chain: { prev: '', hash: `${'a'.repeat(52)}0123456789ef`, signature: '' },
  approvals: [],
  flags: [],
};

const text = (): string =>
  (screen.getByTestId('receipt').textContent ?? '').replaceAll('\u00a0', ' ');

test('S9 markup as a product’s name is inert text on the receipt and in the sale', async () => {
  const { desk } = fakeDesk();
  const stock = { shownOf: () => new Promise(() => undefined) };
  const cart = {
    lines: [
      {
        product: aProduct({ description: HOSTILE }),
        quantity: 1000,
        unitPrice: 1,
        discountRate: 0,
      },
    ],
    clientId: '',
    selected: 0,
  };
  await renderDesk(
    { ...desk, stock } as unknown as typeof desk,
    <>
      <Receipt invoice={invoice} store={store} />
      <CartTable
        cart={cart}
        dispatch={() => undefined}
        currency="CRC"
        needsApproval={() => false}
        onDone={() => undefined}
      />
    </>,
  );
  expect(screen.getAllByText(HOSTILE, { exact: false })).toHaveLength(2);
  expect(document.querySelectorAll('img, script')).toHaveLength(0);
  expect(window).not.toHaveProperty('broken');
});

test('the receipt: number, key, offline situation, IVA by rate with its base, total, change, the hash’s last digits', async () => {
  await renderDesk(fakeDesk().desk, <Receipt invoice={invoice} store={store} />);
  expect(text()).toContain('Factura 00100001010000000007');
  expect(text()).toContain('Clave: 5061234567 8901234567 8901234567 8901234567 8901234567');
  expect(text()).toContain('Emitido sin conexión');
  expect(text()).toContain('Cliente: Ana (Céd. 111111111)');
  expect(text()).toContain('2 Unid × ₡1 000,00 −10 %₡1 800,00');
  expect(text()).toContain('Subtotal₡3 800,00');
  expect(text()).toContain('Descuentos-₡200,00');
  expect(text()).toContain('IVA 13 % base ₡2 800,00₡364,00');
  expect(text()).toContain('IVA 1 % base ₡500,00₡5,00');
  expect(text()).toContain('Exento base ₡300,00₡0,00');
  expect(text()).toContain('Total₡3 969,00');
  expect(text()).toContain('Recibido₡4 019,00');
  expect(text()).toContain('Vuelto₡50,00');
  expect(text()).toContain('Sello …0123456789ef');
});

test('a document issued with a connection does not say otherwise', async () => {
  const online = { ...invoice, situation: '1' as const };
  await renderDesk(fakeDesk().desk, <Receipt invoice={online} store={store} />);
  expect(text()).not.toContain('Emitido sin conexión');
});

test('the breakdown adds up to the totals, whatever the lines', () => {
  const parts = taxBreakdown(lines);
  expect(parts.map(({ taxCode }) => taxCode)).toEqual(['iva13', 'iva1', 'exempt']);
  expect(parts.reduce((sum, { net }) => sum + net, 0)).toBe(invoice.totals.net);
  expect(parts.reduce((sum, { tax }) => sum + tax, 0)).toBe(invoice.totals.tax);
});

import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EMPTY, of } from 'rxjs';
import { toInvoiceLine } from '../../client/desk/build-invoice';
import ArchiveScreen from '../../client/features/invoices/ArchiveScreen';
import InvoiceScreen from '../../client/features/invoices/InvoiceScreen';
import InvoicesScreen from '../../client/features/invoices/InvoicesScreen';
import type { ArchiveService } from '../../client/services/archive-service';
import type { InvoicesService } from '../../client/services/invoices-service';
import type { Invoice } from '../../schemas/invoices';
import { AppError } from '../../shared/errors/app-error';
import type { ArchiveFilter } from '../../shared/protocol/archive-messages';
import { aProduct } from './a-product';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const line = (quantity: number) => {
  const product = aProduct({});
  return toInvoiceLine({ product, quantity, unitPrice: product.price, discountRate: 0 });
};

const invoice: Invoice = {
  id: 'i',
  ver: 1,
  edit: 'e',
  pending: 0,
  type: '01',
  consecutive: '00100001010000000007',
  clave: `506${'1234567890'.repeat(4)}1234567`,
  situation: '1',
  terminalId: 't',
  serial: 1,
  issuedAt: '2024-11-24T12:00:00.000Z',
  businessDate: '2024-11-24',
  currency: 'CRC',
  userId: 'u',
  userName: 'Marco',
  shiftId: '',
  clientId: '',
  client: { name: 'Ana', identificationType: '', identification: '', email: '' },
  lines: [line(3000)],
  totals: { gross: 0, discount: 0, net: 0, tax: 0, total: 0 },
  payments: [],
  tendered: 0,
  change: 0,
  notes: '',
  fiscalDeadline: '2024-11-27T12:00:00.000Z',
  chain: { prev: '', hash: 'a'.repeat(64), signature: '' },
  approvals: [],
  flags: [],
};

function deskWith(
  archive: Partial<ArchiveService>,
  offline = false,
  notesOf: InvoicesService['notesOf'] = () => Promise.resolve([]),
) {
  const { desk } = fakeDesk({
    role: 'supervisor',
    ...(offline ? { status: { connection: 'offline' } } : {}),
  });
  const invoices: InvoicesService = {
    changed$: EMPTY,
    page: () => new Promise(() => undefined),
    find: () => Promise.resolve(null),
    notesOf,
  };
  const none: ArchiveService = {
    heldFrom$: of('2026-10-28T06:00:00.000Z'),
    page: () => Promise.reject(new AppError('NETWORK')),
    notesOf: () => Promise.reject(new AppError('NETWORK')),
    find: () => Promise.reject(new AppError('NETWORK')),
  };
  return Object.assign(desk, { invoices, archive: { ...none, ...archive } });
}

test('T85 the list says from which day on invoices are here, and nothing where all of them are', async () => {
  const { unmount } = await renderDesk(deskWith({}), <InvoicesScreen />);
  expect(
    await screen.findByText(
      'Aquí están las facturas desde el 28 de octubre de 2026. Las anteriores están en el servidor.',
    ),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: 'Buscar anteriores' })).toBeVisible();
  unmount();
  await renderDesk(deskWith({ heldFrom$: of(null) }), <InvoicesScreen />);
  await screen.findByRole('grid');
  expect(screen.queryByText(/Aquí están las facturas/)).toBeNull();
});

test('T85 earlier ones are asked for by day and number; what is no number is not asked', async () => {
  const asked: [ArchiveFilter, string | undefined][] = [];
  const desk = deskWith({
    page: (filter, before) => {
      asked.push([filter, before]);
      return Promise.resolve({ invoices: [], next: null });
    },
  });
  await renderDesk(desk, <ArchiveScreen />);
  const number = screen.getByRole('textbox', { name: 'Número' });
  const search = screen.getByRole('button', { name: 'Buscar' });
  await userEvent.type(number, '12345678901');
  expect(search).toBeDisabled();
  expect(screen.getByText(/Escriba hasta 10 dígitos/)).toBeVisible();
  await userEvent.clear(number);
  await userEvent.type(number, '7');
  await userEvent.type(screen.getByLabelText('Desde'), '2024-11-24');
  await userEvent.type(screen.getByLabelText('Hasta'), '2024-11-24');
  await userEvent.click(search);
  expect(await screen.findByText('El servidor no tiene facturas con esos datos.')).toBeVisible();
  const [[filter, before] = [{}, '']] = asked;
  expect([asked.length, filter.number, before]).toEqual([1, '7', undefined]);
  expect(Date.parse(filter.to ?? '') - Date.parse(filter.from ?? '')).toBe(24 * 3_600_000);
});

test('T85 without a connection it says that nothing is lost, and what to do', async () => {
  await renderDesk(deskWith({}, true), <ArchiveScreen />);
  expect(screen.getByText(/están guardadas en él y no se pierden/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Buscar' }));
  expect(await screen.findByText(/puede seguir vendiendo/)).toBeVisible();
});

const remote = () => Promise.resolve(invoice);

test('T85 T87 one that only the server has is shown, printed and corrected by a note over what its notes left', async () => {
  const note: Invoice = {
    ...invoice,
    id: 'n',
    type: '03',
    consecutive: '00100001030000000001',
    reference: {
      invoiceId: 'i',
      documentType: '01',
      number: invoice.clave,
      issuedAt: invoice.issuedAt,
      code: '03',
      reason: 'devuelto',
    },
    lines: [line(1000)],
  };
  const desk = deskWith({ find: remote }, false, () => Promise.resolve([note]));
  await renderDesk(desk, <InvoiceScreen />);
  expect(await screen.findByText(/está en el servidor y no en este terminal/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Imprimir (F7)' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Nota de crédito' }));
  expect(await screen.findByText(/Por devolver: 2/)).toBeVisible();
});

test('T87 whose notes cannot be asked for is shown, and not corrected', async () => {
  const desk = deskWith({ find: remote }, false, () => Promise.reject(new AppError('NETWORK')));
  await renderDesk(desk, <InvoiceScreen />);
  expect(await screen.findByText(/Cuando vuelva la conexión, ábrala de nuevo/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Nota de crédito' })).toBeNull();
});

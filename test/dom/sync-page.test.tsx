import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { of } from 'rxjs';
import SyncPage from '../../client/features/sync-page/SyncPage';
import type { AttentionService, Refusal } from '../../client/services/attention-service';
import type { ConflictRecord } from '../../schemas/local';
import type { Role } from '../../schemas/users';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const AT = '2026-11-24T12:00:00.000Z';
const refusal = (change: Partial<Refusal>): Refusal => ({
  id: `${change.collectionName ?? 'clients'}:d`,
  collectionName: 'clients',
  documentId: 'd',
  title: 'Ana',
  edit: 'e',
  code: 'INVALID_DOCUMENT',
  message: '/identification: does not match',
  at: AT,
  isWaiting: false,
  ...change,
});
const conflict = (change: Partial<ConflictRecord> = {}): ConflictRecord => ({
  id: 'c1',
  collectionName: 'products',
  documentId: 'p',
  title: 'P0001 Café',
  at: AT,
  status: 'open',
  decidedAt: '',
  decidedBy: '',
  fields: [
    { field: 'price', base: 158_000, mine: 165_000, theirs: 170_000 },
    { field: 'taxCode', base: 'iva1', mine: 'iva13', theirs: 'exempt' },
    { field: 'active', base: true, mine: false, theirs: true },
    { field: 'notes', base: '', mine: 'mía', theirs: 'suya' },
  ],
  ...change,
});

async function page(attention: Partial<AttentionService>, role: Role = 'supervisor') {
  const fake = fakeDesk({ attention, role });
  await renderDesk(fake.desk, <SyncPage />);
  return fake;
}
const button = (name: string) => screen.getByRole('button', { name });
const rowOf = (table: HTMLElement, name: string): (string | null)[] =>
  within(within(table).getByRole('row', { name: new RegExp(`^${name}`) }))
    .getAllByRole('cell')
    .map((cell) => (cell.textContent ?? '').replaceAll('\u00a0', ' '));

test('nothing to decide: each part says so', async () => {
  await page({});
  expect(screen.getByText('No hay conflictos por decidir.')).toBeInTheDocument();
  expect(screen.getByText('No hay documentos rechazados.')).toBeInTheDocument();
  expect(screen.getByText('No hay alertas por atender.')).toBeInTheDocument();
  expect(screen.getByText('Todavía no hay sincronizaciones en este terminal.')).toBeInTheDocument();
});

test('a conflict: before, mine and the server’s by field, names and values in words', async () => {
  await page({ conflicts$: () => of([conflict()]) });
  const table = screen.getByRole('table', { name: 'P0001 Café' });
  expect(rowOf(table, 'Precio sin IVA').slice(1)).toEqual(['₡1 580,00', '₡1 650,00', '₡1 700,00']);
  expect(rowOf(table, 'Impuesto').slice(1)).toEqual(['IVA 1 %', 'IVA 13 %', 'Exento']);
  expect(rowOf(table, 'Activo').slice(1)).toEqual(['Sí', 'No', 'Sí']);
  expect(rowOf(table, 'Notas').slice(1)).toEqual(['—', 'mía', 'suya']);
});

test('a conflict is decided either way', async () => {
  const decided: string[] = [];
  await page({
    conflicts$: () => of([conflict()]),
    applyMine: (id) => Promise.resolve(void decided.push(`mine ${id}`)),
    keepTheirs: (id) => Promise.resolve(void decided.push(`theirs ${id}`)),
  });
  await userEvent.click(button('Aplicar lo mío'));
  await userEvent.click(button('Conservar lo del servidor'));
  expect(decided).toEqual(['mine c1', 'theirs c1']);
});

test('whose role may not edit products does not decide about one', async () => {
  await page({ conflicts$: () => of([conflict()]) }, 'cashier');
  expect(screen.queryByRole('button', { name: 'Aplicar lo mío' })).not.toBeInTheDocument();
  expect(screen.getByText(/que lo haga una persona supervisora/)).toBeInTheDocument();
});

test('what was issued is never merged: the difference is shown, and can only be read', async () => {
  const fields = [{ field: 'totals', base: null, mine: { total: 100 }, theirs: { total: 200 } }];
  await page({ conflicts$: () => of([conflict({ collectionName: 'invoices', fields })]) });
  expect(rowOf(screen.getByRole('table', { name: 'P0001 Café' }), 'Total').slice(2)).toEqual([
    '₡1,00',
    '₡2,00',
  ]);
  expect(screen.queryByRole('button', { name: 'Aplicar lo mío' })).not.toBeInTheDocument();
  expect(button('Entendido')).toBeEnabled();
});

test('a refused client: why in words, its editor prefilled, and the sync that sends the correction is offered', async () => {
  const client = {
    id: 'd',
    ver: 0,
    edit: 'e',
    pending: 1,
    name: 'Ana',
    identificationType: '01' as const,
    identification: '111111111',
    email: 'ana@example.com',
    phone: '',
    address: '',
    notes: '',
    active: true,
    updatedAt: '',
    editedBy: '',
  };
  const fake = fakeDesk({
    attention: {
      rejected$: () => of([refusal({})]),
      document: () => Promise.resolve(client),
    },
  });
  const edits: unknown[] = [];
  const clients = {
    edit: (id: string, change: object) => {
      edits.push([id, change]);
      return Promise.resolve({ ...client, ...change });
    },
  };
  await renderDesk({ ...fake.desk, clients } as unknown as typeof fake.desk, <SyncPage />);
  expect(
    screen.getByText('El documento tiene un dato que no corresponde. Dato: Identificación.'),
  ).toBeInTheDocument();
  await userEvent.click(button('Corregir y enviar de nuevo'));
  const editor = within(await screen.findByRole('dialog', { name: 'Corregir y enviar de nuevo' }));
  expect(editor.getByLabelText(/^Nombre/)).toHaveValue('Ana');
  expect(editor.getByLabelText('Correo')).toHaveValue('ana@example.com');
  expect(editor.getByText(/El servidor lo rechazó/)).toBeInTheDocument();
  const identification = editor.getByLabelText('Identificación');
  await userEvent.clear(identification);
  await userEvent.type(identification, '222222222');
  await userEvent.click(editor.getByRole('button', { name: 'Corregir y enviar de nuevo' }));
  expect(edits).toEqual([['d', expect.objectContaining({ identification: '222222222' })]]);
  expect(fake.flow$.getValue()).toEqual({ kind: 'confirmSingle', unit: 'clients' });
});

test('a refused product is corrected by whose role may; others are told who can', async () => {
  const rejected$ = () =>
    of([refusal({ collectionName: 'products', code: 'ROLE_NOT_ALLOWED', message: '' })]);
  const drawn = await page({ rejected$ }, 'cashier');
  expect(drawn.done).toEqual([]);
  expect(screen.queryByRole('button', { name: /Corregir/ })).not.toBeInTheDocument();
  expect(screen.getByText(/que lo haga una persona supervisora/)).toBeInTheDocument();
});

test('a refused invoice: what cannot be done is said, it can be sent again and looked at', async () => {
  const sent: string[] = [];
  const { flow$ } = await page({
    rejected$: () =>
      of([refusal({ collectionName: 'invoices', code: 'ROLE_NOT_ALLOWED', title: '0010' })]),
    sendAgain: (id) => Promise.resolve(void sent.push(id)),
  });
  const entry = within(screen.getByRole('article', { name: '0010' }));
  expect(entry.getByText(/Un documento emitido no se corrige ni se renumera/)).toBeInTheDocument();
  expect(entry.getByText(/La persona dueña debe dar a quien lo hizo un rol/)).toBeInTheDocument();
  expect(entry.getByText(/Sigue guardado en este terminal/)).toBeInTheDocument();
  expect(entry.queryByRole('button', { name: /Corregir/ })).not.toBeInTheDocument();
  expect(entry.getByRole('link', { name: 'Ver documento' })).toHaveAttribute('href', '/facturas/d');
  await userEvent.click(entry.getByRole('button', { name: 'Enviar de nuevo' }));
  expect(sent).toEqual(['invoices:d']);
  expect(flow$.getValue()).toEqual({ kind: 'confirmAll', thenLogout: false });
});

test('a refused movement is shown in words, and is sent again with products', async () => {
  const movement = {
    id: 'd',
    ver: 0,
    edit: 'e',
    pending: 1,
    productId: 'p',
    kind: 'adjustment' as const,
    quantity: -2500,
    reason: 'Se rompieron',
    terminalId: 't',
    serial: 1,
    userId: 'u',
    at: AT,
    businessDate: '2026-11-24',
  };
  const { flow$ } = await page({
    rejected$: () => of([refusal({ collectionName: 'movements', title: 'Se rompieron' })]),
    document: () => Promise.resolve(movement),
    sendAgain: () => Promise.resolve(),
  });
  await userEvent.click(button('Ver documento'));
  const dialog = within(await screen.findByRole('dialog', { name: 'Documento' }));
  expect(dialog.getByText('-2,5')).toBeInTheDocument();
  expect(dialog.getByText('Se rompieron')).toBeInTheDocument();
  await userEvent.click(dialog.getByRole('button', { name: 'Cerrar' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Enviar de nuevo' }));
  expect(flow$.getValue()).toEqual({ kind: 'confirmSingle', unit: 'products' });
});

test('a refusal that was answered already says that it goes out with the next sync', async () => {
  await page({ rejected$: () => of([refusal({ isWaiting: true })]) });
  expect(screen.getByText('Se envía con la próxima sincronización')).toBeInTheDocument();
});

test('alerts: in words with what to do, for owner and supervisor, until attended to', async () => {
  const attended: string[] = [];
  const alerts$ = () =>
    of([
      {
        invoiceId: 'i',
        consecutive: '00100001040000000001',
        flags: ['OVERSOLD', 'DUPLICATE_CONSECUTIVE'] as const,
        at: AT,
      },
    ]);
  const attend = (id: string) => Promise.resolve(void attended.push(id));
  const fake = fakeDesk({ attention: { alerts$, attend }, role: 'owner' });
  const drawn = await renderDesk(fake.desk, <SyncPage />);
  expect(screen.getByText('Se vendió más de lo que había.')).toBeInTheDocument();
  expect(screen.getByText(/Cuente el producto y corrija/)).toBeInTheDocument();
  expect(screen.getByText('Consecutivo repetido.')).toBeInTheDocument();
  await userEvent.click(button('Atendida'));
  expect(attended).toEqual(['i']);
  drawn.unmount();
  await page({ alerts$ }, 'cashier');
  expect(screen.queryByText('Alertas de facturas')).not.toBeInTheDocument();
});

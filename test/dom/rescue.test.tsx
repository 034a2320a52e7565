import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import SyncPage from '../../client/features/sync-page/SyncPage';
import type { RescueResult, RescueService } from '../../client/services/rescue-service';
import type { DeskStatus } from '../../client/services/status-service';
import type { Role } from '../../schemas/users';
import { AppError } from '../../shared/errors/app-error';
import type { RescueFacts } from '../../shared/rescue/rescue-file';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const FACTS: RescueFacts = {
  storeId: 's',
  terminal: { id: 't', number: 3, name: 'Caja del fondo' },
  epoch: 'e',
  protocol: 1,
  madeAt: '2026-11-24T12:00:00.000Z',
  counts: { clients: 1, products: 0, invoices: 2, movements: 0, shifts: 0 },
  invoicesTotal: 452_000,
  currency: 'CRC',
};
const ROW = { kind: 'invoices' as const, code: '', message: '' };
const RESULT: RescueResult = {
  facts: FACTS,
  rows: [
    { ...ROW, id: 'a', title: '00100003040000000001', outcome: 'saved' },
    {
      ...ROW,
      id: 'b',
      title: '00100003040000000002',
      outcome: 'rejected',
      code: 'TOTALS_MISMATCH',
    },
    { ...ROW, kind: 'clients', id: 'c', title: 'Ana', outcome: 'conflict' },
  ],
};
const PENDING = { clients: 1, products: 0, invoices: 2, movements: 0, shifts: 0 };
const saved: string[] = [];

beforeEach(() => {
  saved.length = 0;
  URL.createObjectURL = () => 'blob:x';
  URL.revokeObjectURL = () => undefined;
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
});
afterEach(() => jest.restoreAllMocks());

async function page(rescue: Partial<RescueService>, role: Role, status: Partial<DeskStatus> = {}) {
  const fake = fakeDesk({ role, status });
  await renderDesk({ ...fake.desk, rescue: rescue as RescueService }, <SyncPage />);
  return fake;
}
const button = (name: string) => screen.getByRole('button', { name });
const choose = (text: string) => {
  const file = new File([text], 'terminal-3.mostrador-rescate');
  /* jsdom has no File.text. */
  Object.defineProperty(file, 'text', { value: () => Promise.resolve(text) });
  return userEvent.upload(screen.getByTestId('rescue-file'), file, { applyAccept: false });
};

test('T40 nothing pending: there is nothing to save, and it says so; a cashier imports no file', async () => {
  await page({}, 'cashier');
  expect(button('Guardar pendientes en un archivo')).toBeDisabled();
  expect(screen.getByText('No hay nada pendiente en este terminal.')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Importar archivo de rescate' })).toBeNull();
});

test('T40 the file is saved, its key shown once, and what is pending stays so', async () => {
  const make = () =>
    Promise.resolve({
      fileName: 'terminal-3.mostrador-rescate',
      text: '{}',
      key: '1234 5678',
      facts: FACTS,
    });
  await page({ make }, 'cashier', { pending: PENDING });
  await userEvent.click(button('Guardar pendientes en un archivo'));
  const dialog = within(screen.getByRole('dialog', { name: 'Guardar pendientes en un archivo' }));
  expect(dialog.getByText(/Guardarlo no envía nada/)).toBeInTheDocument();
  await userEvent.click(dialog.getByRole('button', { name: 'Guardar archivo' }));
  expect(await dialog.findByText('1234 5678')).toBeInTheDocument();
  expect(saved).toEqual(['terminal-3.mostrador-rescate']);
  expect(dialog.getByText(/Nada se ha marcado como enviado/)).toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  expect(dialog.getByText('1234 5678')).toBeInTheDocument();
  await userEvent.click(dialog.getByRole('button', { name: 'Guardar el archivo otra vez' }));
  expect(saved).toHaveLength(2);
});

test('T41 before the key is typed a person sees whose file it is and what is in it; then what became of each', async () => {
  const asked: unknown[] = [];
  const bringIn: RescueService['bringIn'] = (request) => {
    asked.push(request);
    return request.key === '1'
      ? Promise.reject(new AppError('RESCUE_WRONG_KEY'))
      : Promise.resolve(RESULT);
  };
  await page({ look: () => Promise.resolve(FACTS), bringIn }, 'supervisor');
  await choose('el archivo');
  const dialog = within(await screen.findByRole('dialog', { name: 'Importar archivo de rescate' }));
  expect(await dialog.findByText('Terminal 3 · Caja del fondo')).toBeInTheDocument();
  expect(dialog.getByText('Clientes: 1, Facturas: 2')).toBeInTheDocument();
  expect(
    dialog.getByText('₡4 520,00', { normalizer: (text) => text.replaceAll('\u00a0', ' ') }),
  ).toBeInTheDocument();
  const key = dialog.getByLabelText(/Clave del archivo/);
  await userEvent.type(key, '1');
  await userEvent.click(dialog.getByRole('button', { name: 'Importar' }));
  expect(await dialog.findByText(/La clave no abre este archivo/)).toBeInTheDocument();
  await userEvent.type(key, '2');
  await userEvent.click(dialog.getByRole('button', { name: 'Importar' }));
  expect(
    await dialog.findByText(/En el servidor: 1. En conflicto: 1. Rechazados: 1./),
  ).toBeInTheDocument();
  const rows = dialog.getAllByRole('row').map((row) => row.textContent);
  expect(rows.filter((row) => row?.includes('0010000304') === true)[0]).toContain(
    'Sigue guardado en su terminal.',
  );
  expect(asked).toEqual([
    { text: 'el archivo', key: '1', isAcrossEpochs: false },
    { text: 'el archivo', key: '12', isAcrossEpochs: false },
  ]);
});

test('P84 a file from before a restore: only what is missing is offered', async () => {
  const asked: (boolean | undefined)[] = [];
  const bringIn: RescueService['bringIn'] = ({ isAcrossEpochs }) => {
    asked.push(isAcrossEpochs);
    return isAcrossEpochs === true
      ? Promise.resolve({ facts: FACTS, rows: [] })
      : Promise.reject(new AppError('RESCUE_OLD_EPOCH'));
  };
  await page({ look: () => Promise.resolve(FACTS), bringIn }, 'owner');
  await choose('x');
  await userEvent.type(await screen.findByLabelText(/Clave del archivo/), '1');
  await userEvent.click(button('Importar'));
  await userEvent.click(await screen.findByRole('button', { name: 'Importar solo lo que falta' }));
  expect(await screen.findByText(/Archivo importado/)).toBeInTheDocument();
  expect(asked).toEqual([false, true]);
});

test('T41 a damaged file says so at once, and asks for no key', async () => {
  await page({ look: () => Promise.reject(new AppError('RESCUE_DAMAGED')) }, 'owner');
  await choose('x');
  expect(await screen.findByText(/No es un archivo de rescate/)).toBeInTheDocument();
  expect(screen.queryByLabelText(/Clave del archivo/)).toBeNull();
});

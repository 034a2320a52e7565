import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BehaviorSubject } from 'rxjs';
import ImportScreen from '../../client/features/import/ImportScreen';
import type { Desk } from '../../client/services/desk';
import {
  type ChosenFile,
  type FileOutcome,
  type FilePreview,
  type ImportState,
  NO_IMPORT,
} from '../../client/services/import-service';
import type { SessionState } from '../../client/services/session-service';
import type { DeskStatus } from '../../client/services/status-service';
import { readImport } from '../../shared/import/read-import';
import type { ImportReply } from '../../shared/protocol/messages';
import { fakeDesk, STATUS } from './fake-desk';
import { renderDesk } from './render-desk';

/* jsdom lays nothing out: without a height a virtual list shows no row. */
beforeAll(() => {
  for (const side of ['clientHeight', 'clientWidth']) {
    Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 600 });
  }
});

const PRODUCTS = 'codigo,descripcion,precio,marca\nA1,Café,"1.250,50",x\nA2,Malo,0,x\n';

function preview(text: string): FilePreview {
  const { products, clients, cabys, ...reading } = readImport(text);
  return {
    ...reading,
    ok: true,
    encoding: 'utf-8',
    products: products.length,
    clients: clients.length,
    sample: {
      products: products.map(({ whenNew }) => whenNew),
      clients: clients.map(({ whenNew }) => whenNew),
    },
  };
}
const file = (
  name: string,
  read: FilePreview | null,
  outcome: FileOutcome = { kind: 'none' },
): ChosenFile => ({ id: name, name, preview: read, outcome });
const reply = (change: Partial<ImportReply> = {}): FileOutcome => ({
  kind: 'done',
  reply: {
    kind: 'products',
    lines: 2,
    products: { created: 1, edited: 2, unchanged: 3 },
    clients: { created: 0, edited: 0, unchanged: 0 },
    openings: 4,
    refusedCount: 1,
    refused: [{ line: 3, field: 'stock', code: 'STOCK_ALREADY_MOVED', value: '12' }],
    ...change,
  },
});

async function show(
  state: Partial<ImportState>,
  options: { role?: 'owner' | 'cashier'; status?: Partial<DeskStatus> } = {},
) {
  const { desk, flow$ } = fakeDesk(options.status === undefined ? {} : { status: options.status });
  const session = desk.session.state$.getValue();
  if (session.kind !== 'signedIn') throw new Error('not signed in');
  const user = { ...session.user, role: options.role ?? ('owner' as const) };
  desk.session.state$.next({ ...session, user } satisfies SessionState);
  const state$ = new BehaviorSubject<ImportState>({ ...NO_IMPORT, ...state });
  const asked: unknown[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      asked.push([name, ...args]);
      return Promise.resolve();
    };
  const imports = {
    state$,
    choose: note('choose'),
    setDefaultPrice: note('setDefaultPrice'),
    send: note('send'),
    reauthenticate: note('reauthenticate'),
    cancelPassword: note('cancelPassword'),
    clear: note('clear'),
  };
  await renderDesk({ ...desk, imports } as Desk, <ImportScreen />);
  return { state$, asked, flow$ };
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });

test('whoever may not import is told so, and sees nothing to press', async () => {
  await show({}, { role: 'cashier' });
  expect(screen.getByRole('alert')).toHaveTextContent('Importar datos es de la persona dueña');
  expect(screen.queryByRole('button')).toBeNull();
});

test('before any file: which are understood, with their columns', async () => {
  const { asked } = await show({});
  expect(screen.getByText('ean13, nombre')).toBeInTheDocument();
  const chosen = new File([PRODUCTS], 'p.csv');
  await userEvent.upload(screen.getByTestId('files'), chosen);
  expect(asked).toEqual([['choose', [chosen]]]);
});

test('files are dropped anywhere on the screen; beside it the browser does not open them', async () => {
  const { asked } = await show({});
  const dropped = new File([PRODUCTS], 'p.csv');
  fireEvent.drop(screen.getByText('Arrastre aquí sus archivos CSV'), {
    dataTransfer: { files: [dropped] },
  });
  expect(asked).toEqual([['choose', [dropped]]]);
  /* fireEvent returns false where the default was prevented. */
  expect(fireEvent.drop(document.body)).toBe(false);
});

test('a file that was read: what it is, refused lines in words, and what is accepted', async () => {
  const { asked } = await show({ files: [file('p.csv', preview(PRODUCTS))] });
  expect(
    button(
      /p\.csv.*Productos · líneas: 2.*Productos aceptados: 1.*Listo para importar.*Rechazadas: 1/,
    ),
  ).toBeVisible();
  expect(screen.getByText('Columnas que no se usan: marca.')).toBeVisible();
  expect(
    screen.getByRole('row', { name: '3 precio 0 El precio no es un número mayor que cero.' }),
  ).toBeVisible();
  await userEvent.click(screen.getByRole('tab', { name: 'Aceptadas (las primeras 1)' }));
  expect(screen.getByRole('row', { name: /A1 Café Unid 13 %/ })).toBeVisible();
  await userEvent.click(button('Importar'));
  expect(asked).toEqual([['send']]);
});

test.each([
  [{ code: 'FILE_NOT_TABLE', headers: [], isSpreadsheet: true }, /Es una hoja de cálculo/],
  [{ code: 'FILE_KIND_UNKNOWN', headers: [], isSpreadsheet: false }, /No se reconoce qué contiene/],
  [
    {
      code: 'FILE_HEADER_BAD',
      headers: [{ code: 'MISSING_HEADER', header: 'precio' }],
      isSpreadsheet: false,
    },
    /Falta la columna «precio»/,
  ],
] as const)('a file that cannot be read says why: %o', async (why, words) => {
  await show({ files: [file('x.csv', { ok: false, ...why })] });
  expect(button(/x\.csv.*No se puede leer/)).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent(words);
  expect(screen.getByRole('alert')).toHaveTextContent('No se importó nada de él.');
  expect(button('Importar')).toBeDisabled();
});

test('a catalogue asks for a price, and passes it on when typing has paused', async () => {
  const { asked } = await show({
    files: [file('c.csv', preview('ean13,name\n0000000001199,Solène\n'))],
  });
  expect(button(/c\.csv.*Falta el precio/)).toBeVisible();
  const price = screen.getByLabelText('Precio sin IVA de los productos nuevos del catálogo');
  await userEvent.type(price, 'caro');
  expect(screen.getByText(/Escriba un precio mayor que cero/)).toBeVisible();
  await userEvent.clear(price);
  await userEvent.type(price, '1 250,50');
  await waitFor(() => expect(asked.at(-1)).toEqual(['setDefaultPrice', 125_050]));
});

test('while files are read or sent nothing else can be started; leaving is possible', async () => {
  const { state$ } = await show({ phase: 'reading', files: [file('p.csv', null)] });
  expect(button(/p\.csv.*Leyendo…/)).toBeVisible();
  expect(button('Importar')).toBeDisabled();
  act(() =>
    state$.next({
      phase: 'sending',
      files: [
        file('a.csv', preview(PRODUCTS), reply()),
        file('p.csv', preview(PRODUCTS), { kind: 'sending' }),
      ],
      defaultPrice: null,
    }),
  );
  expect(screen.getByText(/Enviando «p\.csv» \(2 de 2\)/)).toBeVisible();
  for (const name of ['Importar', 'Elegir archivos', 'Quitar archivos']) {
    expect(button(name)).toBeDisabled();
  }
});

test('done: what was made of it, what the server refused besides, and what to do next', async () => {
  const { flow$ } = await show({ files: [file('p.csv', preview(PRODUCTS), reply())] });
  expect(screen.getByRole('status')).toHaveTextContent(
    'Productos: nuevos 1, cambiados 2, iguales 3 · Existencias iniciales: 4',
  );
  expect(screen.getByRole('row', { name: /^3 existencia 12 Solo la existencia/ })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Sincronizar clientes' })).toBeNull();
  expect(button('Importar')).toBeDisabled();
  await userEvent.click(button('Sincronizar productos'));
  expect(flow$.getValue()).toEqual({ kind: 'confirmSingle', unit: 'products' });
});

test('a file that failed says what happened, what is safe, and can be tried again', async () => {
  const { asked } = await show({
    files: [file('p.csv', preview(PRODUCTS), { kind: 'failed', code: 'STORE_BUSY' })],
  });
  expect(button(/p\.csv.*No se importó/)).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent(
    'p.csv: El servidor está ocupado. Espere un momento y reintente. Cada archivo entra completo o no entra.',
  );
  await userEvent.click(button('Reintentar'));
  expect(asked).toEqual([['send']]);
});

test('without a connection files can be looked at, not imported', async () => {
  await show(
    { files: [file('p.csv', preview(PRODUCTS))] },
    { status: { ...STATUS, connection: 'offline' } },
  );
  expect(screen.getByText(/para importarlos se necesita conexión/)).toBeVisible();
  expect(button('Importar')).toBeDisabled();
  expect(button('Elegir archivos')).toBeEnabled();
});

test('the session expired: the password is asked for in place', async () => {
  const { asked } = await show({
    phase: 'needs-password',
    files: [file('p.csv', preview(PRODUCTS))],
  });
  await userEvent.type(screen.getByLabelText(/Contraseña/), 'secreta{Enter}');
  expect(asked).toEqual([['reauthenticate', 'secreta']]);
});

import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FlowDialogs } from '../../client/dialogs/FlowDialogs';
import type { RunSummary } from '../../shared/sync/flow-machine';
import { fakeDesk, STATUS } from './fake-desk';
import { renderDesk } from './render-desk';

const summary = (change: Partial<RunSummary>): RunSummary => ({
  unit: 'clients',
  status: 'done',
  counts: { received: 7, sent: 3, conflicts: 1, rejected: 2 },
  equality: 'equal',
  pending: 0,
  errorCode: null,
  ...change,
});
const login = (result: RunSummary | null) => ({ kind: 'login' as const, step: 0, result });
const button = (name: string) => screen.getByRole('button', { name });

test('login: running with counted documents, "Aceptar" waits for the result', async () => {
  const { desk } = fakeDesk({
    flow: login(null),
    run: { phase: 'transferring', handled: 30, remaining: 20 },
  });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByRole('dialog', { name: 'Sincronización de clientes' })).toBeInTheDocument();
  expect(screen.getByText('30 de 50 documentos')).toBeInTheDocument();
  expect(button('Aceptar')).toBeDisabled();
});

test('T66 a busy server: what happened, what is safe and what to do, while it waits', async () => {
  const { desk, done } = fakeDesk({ flow: login(null), run: { phase: 'waiting', waitMs: 3200 } });
  await renderDesk(desk, <FlowDialogs />);
  expect(
    screen.getByText(/^El servidor está ocupado; lo pendiente está a salvo .* en 4 segundos/),
  ).toBeInTheDocument();
  await userEvent.click(button('Cancelar'));
  expect(done).toEqual(['cancel']);
});

test('login: the result shows its figures, and "Aceptar" goes on with products', async () => {
  const { desk, done } = fakeDesk({ flow: login(summary({})) });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByText('Sincronización completada')).toBeInTheDocument();
  const figures = ['Recibidos', 'Enviados', 'Conflictos', 'Rechazados'].map(
    (label) => screen.getByText(label).nextSibling?.textContent,
  );
  expect(figures).toEqual(['7', '3', '1', '2']);
  await userEvent.click(button('Aceptar'));
  expect(done).toEqual(['run products']);
  expect(screen.getByRole('dialog', { name: 'Sincronización de productos' })).toBeInTheDocument();
});

test('login without a connection: says which data are used', async () => {
  const { desk } = fakeDesk({ flow: login(summary({ status: 'failed', errorCode: 'NETWORK' })) });
  await renderDesk(desk, <FlowDialogs />);
  expect(
    screen.getByText(/^No hay conexión. Se usan los datos del 24\/11\/26/),
  ).toBeInTheDocument();
});

test('login without a connection and without data: selling is blocked, and says so', async () => {
  const { desk } = fakeDesk({
    flow: login(summary({ status: 'failed', errorCode: 'NETWORK' })),
    status: { lastSync: { clients: null }, incomplete: ['clients'] },
  });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByText(/no se puede vender hasta que lo estén/)).toBeInTheDocument();
});

test.each([
  ['STORE_BUSY', 'El servidor está ocupado'],
  ['SYNC_BUSY', 'Otra pestaña de este terminal está sincronizando'],
  ['SCHEMA_AHEAD', 'El servidor es más nuevo que este terminal'],
] as const)(
  'a run that failed with %s says what happened, and can be tried again',
  async (errorCode, words) => {
    const { desk, done } = fakeDesk({
      flow: {
        kind: 'single',
        unit: 'products',
        result: summary({ unit: 'products', status: 'failed', errorCode }),
      },
    });
    await renderDesk(desk, <FlowDialogs />);
    expect(screen.getByText(`${words}.`)).toBeInTheDocument();
    await userEvent.click(button('Reintentar'));
    expect(done).toEqual(['run products']);
  },
);

test('a cancelled run says so; what is still pending is shown', async () => {
  const { desk } = fakeDesk({
    flow: { kind: 'single', unit: 'clients', result: summary({ status: 'cancelled', pending: 4 }) },
  });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByText('Sincronización cancelada')).toBeInTheDocument();
  expect(screen.getByText('Siguen pendientes: 4')).toBeInTheDocument();
});

test.each([
  ['products', '¿Desea sincronizar los productos locales?'],
  ['clients', '¿Desea sincronizar los clientes locales?'],
] as const)(
  'single sync of %s: asked word for word, "No" does nothing, "Sí" runs',
  async (unit, question) => {
    const { desk, done, flow$ } = fakeDesk({ flow: { kind: 'confirmSingle', unit } });
    await renderDesk(desk, <FlowDialogs />);
    expect(screen.getByText(question)).toBeInTheDocument();
    await userEvent.click(button('No'));
    expect([done, flow$.getValue().kind]).toEqual([[], 'none']);
    act(() => flow$.next({ kind: 'confirmSingle', unit }));
    await userEvent.click(button('Sí'));
    expect(done).toEqual([`run ${unit}`]);
  },
);

test('session expired in mid sync: the password is asked for over whatever is open', async () => {
  const { desk, done } = fakeDesk({ flow: login(null), run: { phase: 'needs-password' } });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByText(/la sincronización sigue donde iba/)).toBeInTheDocument();
  await userEvent.type(screen.getByLabelText(/Contraseña/), 'secreta{Enter}');
  expect(done).toEqual(['password secreta']);
});

test('logout guard: how many of each kind, sync first, or leave all the same', async () => {
  const { desk, done, flow$ } = fakeDesk({
    role: 'supervisor',
    flow: { kind: 'logoutGuard' },
    status: { pending: { ...STATUS.pending, invoices: 5, clients: null } },
  });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByText('Facturas:').textContent).toBe('Facturas: 5');
  expect(screen.getByText('Clientes:').textContent).toBe('Clientes: desconocido');
  await userEvent.click(button('Sincronizar Servidor (Todo)'));
  expect(flow$.getValue()).toMatchObject({ kind: 'all', thenLogout: true });
  act(() => flow$.next({ kind: 'logoutGuard' }));
  await userEvent.click(button('Cerrar sesión de todos modos'));
  expect(done).toEqual(['logout']);
});

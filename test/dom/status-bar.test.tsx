import { act, screen, within } from '@testing-library/react';
import { StatusBar } from '../../client/app/StatusBar';
import { fakeDesk, STATUS } from './fake-desk';
import { renderDesk } from './render-desk';

test('status bar: unknown is never shown as nothing pending', async () => {
  const { desk, status$ } = fakeDesk({
    status: { pending: { ...STATUS.pending, invoices: null }, rejected: null },
  });
  await renderDesk(desk, <StatusBar viewer="cashier" />);
  expect(screen.getByText('Pendientes: desconocido')).toBeInTheDocument();
  expect(screen.getByText('Rechazados: desconocido')).toBeInTheDocument();
  expect(screen.queryByText('Todo guardado')).not.toBeInTheDocument();
  act(() => status$.next({ ...STATUS, connection: 'offline' }));
  expect(screen.getByText('Todo guardado')).toBeInTheDocument();
  expect(screen.getByText('Sin conexión')).toBeInTheDocument();
});

test('status bar: the last sync of each collection is on it; never and unknown are said', async () => {
  const { desk } = fakeDesk({
    status: { lastSync: { clients: '1970-01-01T12:00:00.000Z', products: null } },
  });
  await renderDesk(desk, <StatusBar viewer="cashier" />);
  const bar = within(screen.getByLabelText('Última sincronización'));
  const said = ['Clientes', 'Productos', 'Usuarios'].map(
    (name) => bar.getByText(name).nextSibling?.textContent,
  );
  expect(said[0]).toMatch(/\d:\d\d/);
  expect(said.slice(1)).toEqual(['nunca', 'desconocido']);
});

test('status bar: a run that is on is told in the place of the title', async () => {
  const { desk } = fakeDesk({ run: { phase: 'transferring', unit: 'products', handled: 40 } });
  await renderDesk(desk, <StatusBar viewer="cashier" />);
  expect(screen.getByText('Sincronizando productos · 40')).toBeInTheDocument();
});

test.each([
  [6 * 60_000, 'El reloj de este equipo va 6 min atrasado: corríjalo'],
  [-5 * 3_600_000, 'El reloj de este equipo va 5 h adelantado: corríjalo'],
  [3650 * 86_400_000, 'El reloj de este equipo va 3650 días atrasado: corríjalo'],
])('F2 a clock that is off by %i ms is said, which way and what to do', async (skew, words) => {
  const { desk, status$ } = fakeDesk({ status: { clockSkew: skew } });
  await renderDesk(desk, <StatusBar viewer="cashier" />);
  expect(screen.getByText(words)).toBeInTheDocument();
  act(() => status$.next({ ...STATUS, clockSkew: 60_000 }));
  expect(screen.queryByText(/El reloj de este equipo/)).not.toBeInTheDocument();
});

test('status bar: alerts are for whoever may attend to them; nobody signed in has no links', async () => {
  const { desk } = fakeDesk({ status: { alerts: 2, rejected: 1 } });
  const drawn = await renderDesk(desk, <StatusBar viewer="supervisor" />);
  expect(screen.getByText('Alertas: 2')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Rechazados: 1' })).toHaveAttribute(
    'href',
    '/sincronizacion',
  );
  drawn.unmount();
  await renderDesk(desk, <StatusBar viewer={null} />);
  expect(screen.queryByText('Alertas: 2')).not.toBeInTheDocument();
  expect(screen.getByText('Rechazados: 1')).toBeInTheDocument();
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});

import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MenuBar } from '../../client/app/MenuBar';
import FleetScreen from '../../client/features/fleet/FleetScreen';
import { roundUp } from '../../client/features/fleet/HourBars';
import { chooseLanguage } from '../../client/i18n/i18n';
import type { SessionState } from '../../client/services/session-service';
import type { TerminalsService } from '../../client/services/terminals-service';
import { AppError } from '../../shared/errors/app-error';
import type {
  FleetAlert,
  FleetReply,
  FleetTerminal,
  TerminalReport,
} from '../../shared/protocol/fleet-messages';
import { aReport } from '../kit/a-report';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const AT = '2026-11-25T15:30:00.000Z';
const ago = (minutes: number): string => new Date(Date.parse(AT) - minutes * 60_000).toISOString();

const terminal = (
  number: number,
  change: Partial<TerminalReport> = {},
  skewMs = 0,
): FleetTerminal => ({
  id: `t${number}`,
  number,
  name: `Caja ${number}`,
  revoked: false,
  lastContactAt: ago(5),
  last: { receivedAt: ago(5), skewMs, report: aReport({ at: ago(5), ...change }) },
});
const alert = (change: Partial<FleetAlert>): FleetAlert => ({
  kind: 'rejected',
  severity: 'warning',
  terminalId: 't2',
  terminal: '2 · Caja 2',
  count: 3,
  at: '',
  names: [],
  ...change,
});
const board = (change: Partial<FleetReply> = {}): FleetReply => ({
  at: AT,
  program: '0.1.0',
  store: { id: 's', name: 'Pulpería', timeZone: 'America/Costa_Rica' },
  alerts: [],
  terminals: [terminal(1)],
  date: '2026-11-25',
  hours: Array.from({ length: 24 }, (_, hour) => ({ hour, syncs: 0, sales: 0 })),
  ...change,
});

async function show(read: () => Promise<FleetReply>, connection: 'online' | 'offline' = 'online') {
  const { desk } = fakeDesk({ role: 'owner', status: { connection } });
  const terminals = { board: read } as TerminalsService;
  await act(async () => {
    await renderDesk({ ...desk, terminals }, <FleetScreen />);
  });
}
const row = (name: RegExp) => within(screen.getByRole('row', { name }));

test('a store in which all is well says so, and by what', async () => {
  await show(async () => board());
  expect(screen.getByText('Nada necesita atención.')).toBeInTheDocument();
  expect(row(/Caja 1/).getByText('En hora')).toBeInTheDocument();
});

test('what needs a person stands first, in words: what happened, what is safe, what to do', async () => {
  const names = ['Arroz', 'Frijoles'];
  await show(async () =>
    board({
      terminals: [terminal(1), terminal(2, { rejected: 3 })],
      alerts: [
        alert({ kind: 'silent', count: -1, at: ago(1500) }),
        alert({}),
        alert({ kind: 'oversold', terminalId: '', terminal: '', count: 7, names }),
        alert({ kind: 'clockSkew', count: -180 }),
      ],
    }),
  );
  const [silent, rejected, oversold, clock] = screen.getAllByRole('listitem');
  expect(silent).toHaveTextContent(/2 · Caja 2: sin contacto desde .* no se sabe cuántos/);
  expect(silent).toHaveTextContent('Lo pendiente sigue guardado en ese terminal.');
  expect(rejected).toHaveTextContent('documentos rechazados por el servidor: 3.');
  expect(rejected).toHaveTextContent('abra Sincronización');
  expect(oversold).toHaveTextContent('7 (Arroz, Frijoles, …)');
  expect(clock).toHaveTextContent('2 · Caja 2: su reloj está atrasado 3 h.');
  /* The terminal that is told of comes before the others. */
  const rows = within(screen.getByRole('table', { name: 'Terminales' })).getAllByRole('row');
  expect(rows[1]).toHaveTextContent('Caja 2');
  expect(rows[2]).toHaveTextContent('Caja 1');
});

test('each terminal tells what is pending and how old that word is; unknown is never 0', async () => {
  const pending = { clients: 1, products: 0, invoices: 4, movements: 0, shifts: 0 };
  const sync = { unit: 'clients', endedAt: ago(65), errorCode: '', completeAt: '' } as const;
  await show(async () =>
    board({
      terminals: [
        terminal(1, { pending, oldestPending: ago(125), syncs: [{ ...sync, status: 'done' }] }),
        terminal(2, { pending: { ...pending, shifts: null }, rejected: null }, 600_000),
        terminal(3, { program: '0.0.9', syncs: [{ ...sync, status: 'failed' }] }),
        { ...terminal(4), last: null },
        { ...terminal(5), revoked: true },
      ],
    }),
  );
  expect(row(/Caja 1/).getByText('5')).toBeInTheDocument();
  expect(row(/Caja 1/).getByText('Facturas: 4 · Clientes: 1')).toBeInTheDocument();
  expect(row(/Caja 1/).getByText('Factura más antigua: hace 2 h')).toBeInTheDocument();
  expect(row(/Caja 1/).getByText('Informado hace 5 min')).toBeInTheDocument();
  expect(row(/Caja 1/).getByText('hace 1 h')).toBeInTheDocument();
  expect(row(/Caja 2/).getAllByText(/^¿\?/)).toHaveLength(2);
  expect(row(/Caja 2/).getByText('adelantado 10 min')).toBeInTheDocument();
  expect(row(/Caja 3/).getByText('Falló: Clientes')).toBeInTheDocument();
  expect(row(/Caja 3/).getByText('(anterior)')).toBeInTheDocument();
  expect(row(/Caja 4/).getByText('Sin informe')).toBeInTheDocument();
  expect(row(/Caja 4/).queryByText('0')).toBeNull();
  expect(row(/Caja 5/).getByText('Revocado')).toBeInTheDocument();
});

test('the plot is an image with words, and a table by keyboard', async () => {
  const hours = board().hours.map((hour) => ({
    ...hour,
    sales: hour.hour === 9 ? 12 : hour.hour === 10 ? 3 : 0,
    syncs: hour.hour === 10 ? 2 : 0,
  }));
  await show(async () => board({ hours }));
  const plot = screen.getByRole('img', {
    name: 'Ventas por hora, miércoles, 25 de noviembre de 2026: 15 en total; la mayor, 12 a las 09:00',
  });
  expect(plot.querySelectorAll('rect')).toHaveLength(2);
  expect(screen.getByRole('img', { name: /^Sincronizaciones por hora/ })).toBeInTheDocument();
  const table = screen.getByRole('table', { name: 'El día, hora por hora', hidden: true });
  const cells = within(table)
    .getAllByRole('row', { hidden: true })
    .map(({ textContent }) => textContent);
  expect(cells).toEqual(['HoraVentasSincronizaciones', '09:00120', '10:0032', 'Total152']);
});

test('it is read again when asked for; what fails says so, and leaves what was read', async () => {
  let answer: () => Promise<FleetReply> = async () => board();
  await show(() => answer());
  answer = async () => board({ terminals: [terminal(8)] });
  await userEvent.click(screen.getByRole('button', { name: 'Actualizar' }));
  expect(await screen.findByText('8 · Caja 8')).toBeInTheDocument();
  answer = () => Promise.reject(new AppError('NETWORK'));
  await userEvent.click(screen.getByRole('button', { name: 'Actualizar' }));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  expect(screen.getByText('8 · Caja 8')).toBeInTheDocument();
});

test('without a connection it says what is safe', async () => {
  await show(() => Promise.reject(new AppError('NETWORK')), 'offline');
  expect(screen.getByText(/Lo que cada uno vendió sigue guardado en él/)).toBeInTheDocument();
  expect(screen.queryByRole('table')).toBeNull();
});

test('in English too', async () => {
  await show(async () => board({ alerts: [alert({})] }));
  await act(async () => chooseLanguage('en'));
  expect(screen.getByText(/documents rejected by the server: 3/)).toBeInTheDocument();
  expect(screen.getByRole('columnheader', { name: 'Last sync' })).toBeInTheDocument();
  await act(async () => chooseLanguage('es'));
});

test.each(['owner', 'supervisor', 'cashier', 'qa'] as const)(
  'P122 the menu offers the board to the owner only: %s',
  async (role) => {
    const { desk } = fakeDesk({ role });
    const session = desk.session.state$.getValue() as Extract<SessionState, { kind: 'signedIn' }>;
    await renderDesk(desk, <MenuBar session={session} mode="light" onMode={() => undefined} />);
    const store = screen.queryByRole('button', { name: 'Sucursal' });
    if (role !== 'owner') return expect(store).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Sucursal' }));
    expect(screen.getByRole('menuitem', { name: 'Estado de los terminales' })).toBeInTheDocument();
  },
);

test('the axis ends at a round number', () => {
  expect([1, 2, 3, 7, 11, 99, 100, 101].map(roundUp)).toEqual([1, 2, 5, 10, 20, 100, 100, 200]);
});

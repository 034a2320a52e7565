import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FlowDialogs } from '../../client/dialogs/FlowDialogs';
import type { Flow, RunSummary } from '../../shared/sync/flow-machine';
import { fakeDesk, STATUS } from './fake-desk';
import { renderDesk } from './render-desk';

const summary = (change: Partial<RunSummary>): RunSummary => ({
  unit: 'clients',
  status: 'done',
  counts: { received: 7, sent: 3, conflicts: 0, rejected: 0 },
  equality: 'equal',
  pending: 0,
  errorCode: null,
  ...change,
});
const button = (name: string) => screen.getByRole('button', { name });

const all = { kind: 'all' as const, stage: 0, results: {}, running: false, thenLogout: false };

test('"Todo": pending closes "Continuar", zero opens it at once, unknown is not zero', async () => {
  const { desk, status$ } = fakeDesk({
    flow: all,
    status: { pending: { ...STATUS.pending, clients: 2 } },
  });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByTestId('stage-pending')).toHaveTextContent('2');
  expect(button('Continuar')).toBeDisabled();
  act(() => status$.next({ ...STATUS, pending: { ...STATUS.pending, clients: null } }));
  expect(screen.getByTestId('stage-pending')).toHaveTextContent('desconocido');
  expect(button('Continuar')).toBeDisabled();
  act(() => status$.next(STATUS));
  expect(button('Continuar')).toBeEnabled();
  expect(button('Sincronizar')).toBeEnabled();
});

test('"Todo": the last page says "saved" only when nothing is pending', async () => {
  const { desk, status$ } = fakeDesk({ flow: { ...all, stage: 3 } });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByText('Todo está guardado en el servidor')).toBeInTheDocument();
  act(() => status$.next({ ...STATUS, pending: { ...STATUS.pending, invoices: 1 } }));
  expect(screen.getByText('Todavía hay pendientes en este terminal: 1')).toBeInTheDocument();
});

test('closing the window does not stop the run', async () => {
  const { desk, done, flow$ } = fakeDesk({
    flow: { ...all, running: true },
    run: { phase: 'transferring' },
  });
  await renderDesk(desk, <FlowDialogs />);
  await userEvent.click(button('Cerrar'));
  expect([flow$.getValue().kind, done]).toEqual(['none', []]);
});

/** The first stage, with two clients pending, after a run that ended so. */
const ended = (change: Partial<RunSummary>) => ({
  flow: { ...all, results: { clients: summary(change) } } as Flow,
  status: { pending: { ...STATUS.pending, clients: 2 } },
});

test('"Todo": three stages in this order, each by its own words', async () => {
  const { desk } = fakeDesk({ flow: { ...all, stage: 2 } });
  await renderDesk(desk, <FlowDialogs />);
  const labels = [...document.querySelectorAll('.MuiStepLabel-label')].map(
    (label) => label.textContent,
  );
  expect(labels).toEqual(['Clientes', 'Productos', 'Facturas']);
  expect(screen.getByText('Pendientes por sincronizar')).toBeInTheDocument();
  expect(screen.getByText('Facturas: 0 · Cajas: 0')).toBeInTheDocument();
});

test('"Todo" before a run: an empty bar; while it runs: counted documents, "Cancelar", nothing else to press', async () => {
  const { desk, done, flow$, run$ } = fakeDesk({ flow: all });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '0');
  act(() => {
    flow$.next({ ...all, running: true });
    run$.next({ ...run$.getValue(), phase: 'transferring', handled: 1, remaining: 0 });
  });
  expect(screen.getByText('1 de 1 documento')).toBeInTheDocument();
  expect(button('Sincronizar')).toBeDisabled();
  expect(button('Continuar')).toBeDisabled();
  await userEvent.click(button('Cancelar'));
  expect(done).toEqual(['cancel']);
});

test('"Todo" done: the bar is full, the figures are there, "Continuar" leads to products', async () => {
  const { desk, flow$ } = fakeDesk({ ...ended({}), status: {} });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByText('Sincronización completada')).toBeInTheDocument();
  expect(screen.getByText('Revise los datos y continúe.')).toBeInTheDocument();
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
  const figures = ['Recibidos', 'Enviados', 'Conflictos', 'Rechazados'].map(
    (label) => screen.getByText(label).nextSibling?.textContent,
  );
  expect(figures).toEqual(['7', '3', '0', '0']);
  await userEvent.click(button('Continuar'));
  expect(flow$.getValue()).toMatchObject({ kind: 'all', stage: 1 });
});

test.each([
  ['no connection', { status: 'failed', errorCode: 'NETWORK' }, /^No hay conexión/],
  ['a server error', { status: 'failed', errorCode: 'INTERNAL' }, /^Algo falló/],
  ['a busy server', { status: 'failed', errorCode: 'STORE_BUSY' }, /^El servidor está ocupado/],
  ['cancelled', { status: 'cancelled', errorCode: 'CANCELLED' }, /^Sincronización cancelada/],
] as const)(
  '"Todo" after %s: says so, stays at the stage, and runs again',
  async (_name, change, words) => {
    const { desk, done, flow$ } = fakeDesk(ended(change));
    await renderDesk(desk, <FlowDialogs />);
    expect(screen.getByText(words)).toBeInTheDocument();
    expect(button('Continuar')).toBeDisabled();
    await userEvent.click(button('Sincronizar'));
    expect(done).toEqual(['run clients']);
    expect(flow$.getValue()).toMatchObject({ stage: 0, running: true });
  },
);

test('"Todo" with an expired session: the password is asked for over the window, the run goes on', async () => {
  const { desk, done } = fakeDesk({
    flow: { ...all, running: true },
    run: { phase: 'needs-password' },
  });
  await renderDesk(desk, <FlowDialogs />);
  expect(screen.getByRole('dialog', { name: 'La sesión venció' })).toBeInTheDocument();
  await userEvent.type(screen.getByLabelText(/Contraseña/), 'secreta{Enter}');
  expect(done).toEqual(['password secreta']);
});

test('"Todo" with conflicts and rejected rows: the figures stand out, and where to see them is said', async () => {
  const { desk } = fakeDesk(
    ended({ counts: { received: 0, sent: 1, conflicts: 1, rejected: 2 }, pending: 2 }),
  );
  await renderDesk(desk, <FlowDialogs />);
  const figures = ['Conflictos', 'Rechazados'].map(
    (label) => screen.getByText(label).nextSibling?.textContent,
  );
  expect(figures).toEqual(['1', '2']);
  expect(screen.getByText(/véalos en la página Sincronización/)).toBeInTheDocument();
  expect(screen.getByText('Siguen pendientes: 2')).toBeInTheDocument();
  /* It ran well, and what was refused is on record: the next stage must not wait for a person. */
  expect(button('Continuar')).toBeEnabled();
});

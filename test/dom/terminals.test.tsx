import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import TerminalsScreen from '../../client/features/terminals/TerminalsScreen';
import type { TerminalsService } from '../../client/services/terminals-service';
import type { TerminalList } from '../../shared/protocol/messages';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const AT = '2026-11-24T12:00:00.000Z';
const terminal = (
  number: number,
  change: Partial<TerminalList['terminals'][number]> = {},
): TerminalList['terminals'][number] => ({
  id: `t${number}`,
  number,
  name: `Caja ${number}`,
  enrolledAt: AT,
  lastSeenAt: AT,
  revoked: false,
  hasKey: true,
  copiedAt: '',
  ...change,
});

async function show(list: TerminalList['terminals'], service: Partial<TerminalsService> = {}) {
  const { desk } = fakeDesk({ role: 'owner' });
  const now = { ms: Date.parse(AT) };
  const terminals = { list: async () => list, ...service } as TerminalsService;
  await act(async () => {
    await renderDesk({ ...desk, terminals, clock: { now: () => now.ms } }, <TerminalsScreen />);
  });
  await screen.findByText(`Caja ${list[0]?.number}`);
  return now;
}
const row = (name: RegExp) => screen.getByRole('row', { name });

test('F13 a copied terminal says so, and what to do; one without a key says what proves it', async () => {
  await show([
    terminal(1),
    terminal(2, { copiedAt: AT }),
    terminal(3, { hasKey: false }),
    terminal(4, { hasKey: false, revoked: true }),
  ]);
  expect(within(row(/Caja 1/)).queryByText(/Copia|llave/)).toBeNull();
  expect(within(row(/Caja 2/)).getByText('Copia detectada')).toBeInTheDocument();
  expect(within(row(/Caja 2/)).getByText(/Revóquelo e inscriba/)).toBeInTheDocument();
  expect(within(row(/Caja 3/)).getByText('Sin llave')).toBeInTheDocument();
  expect(within(row(/Caja 4/)).getByText('Revocado')).toBeInTheDocument();
  expect(within(row(/Caja 4/)).queryByText('Sin llave')).toBeNull();
});

test('a terminal is renamed, and the list is read again', async () => {
  const list = [terminal(1)];
  await show(list, {
    rename: async (id, name) => {
      list.splice(0, 1, terminal(1, { id, name }));
    },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Cambiar nombre' }));
  const field = within(screen.getByRole('dialog')).getByLabelText(/^Nombre/);
  await userEvent.clear(field);
  expect(screen.getByRole('button', { name: 'Guardar' })).toBeDisabled();
  await userEvent.type(field, ' Barra ');
  await userEvent.click(screen.getByRole('button', { name: 'Guardar' }));
  expect(await screen.findByText('Barra')).toBeInTheDocument();
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a code counts down, and says when it has expired', async () => {
  jest.useFakeTimers({ advanceTimers: true });
  try {
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const expiresAt = new Date(Date.parse(AT) + 3_725_000).toISOString();
    const now = await show([terminal(1)], {
      newCode: async () => ({ code: 'WXYZ-2345', expiresAt }),
    });
    await user.click(screen.getByRole('button', { name: 'Nuevo código' }));
    expect(await screen.findByText('WXYZ-2345')).toBeInTheDocument();
    expect(screen.getByRole('timer')).toHaveTextContent('Vence en 01:02:05.');
    now.ms += 3_720_000;
    act(() => jest.advanceTimersByTime(1_000));
    expect(screen.getByRole('timer')).toHaveTextContent('Vence en 00:05.');
    now.ms += 5_000;
    act(() => jest.advanceTimersByTime(1_000));
    expect(screen.getByText('Venció. Pida otro código.')).toBeInTheDocument();
  } finally {
    jest.useRealTimers();
  }
});

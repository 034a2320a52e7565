import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import UsersScreen from '../../client/features/users/UsersScreen';
import VerifyScreen from '../../client/features/verify/VerifyScreen';
import { AppError } from '../../shared/errors/app-error';
import type { Verification } from '../../shared/protocol/audit-messages';
import type { UserRow } from '../../shared/protocol/user-messages';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const button = (name: string) => screen.getByRole('button', { name });

const user = (change: Partial<UserRow>): UserRow => ({
  id: 'u1',
  userName: 'ana',
  displayName: 'Ana',
  role: 'cashier',
  active: true,
  terminals: [],
  lastLoginAt: '',
  ...change,
});

function ownersDesk(users: UserRow[], connection: 'online' | 'offline' = 'online') {
  const { desk } = fakeDesk({ role: 'owner', status: { connection } });
  const asked: unknown[] = [];
  const reply = (row: UserRow, password = '') => Promise.resolve({ user: row, password });
  const first = (): UserRow => users[0] ?? user({});
  Object.assign(desk, {
    users: {
      list: () =>
        connection === 'online' ? Promise.resolve(users) : Promise.reject(new AppError('NETWORK')),
      create: (request: unknown) => {
        asked.push(['create', request]);
        return reply(user({ displayName: 'Inés' }), 'abcd-efgh-jkmn');
      },
      change: (id: string, change: unknown) => {
        asked.push(['change', id, change]);
        return reply(first());
      },
      resetPassword: () => Promise.reject(new AppError('PASSWORD_TOO_SHORT')),
    },
    terminals: { list: () => Promise.resolve([]) },
  });
  return { desk, asked };
}

test('P73 a user is made without a password: the one that was made is shown', async () => {
  const { desk, asked } = ownersDesk([user({})]);
  await renderDesk(desk, <UsersScreen />);
  await screen.findByRole('row', { name: /ana/ });
  await userEvent.click(button('Usuario nuevo'));
  const form = within(screen.getByRole('dialog', { name: 'Usuario nuevo' }));
  await userEvent.type(form.getByLabelText(/^Usuario/), 'Ines');
  expect(form.getByRole('button', { name: 'Guardar' })).toBeDisabled();
  await userEvent.type(form.getByLabelText(/^Nombre/), 'Inés');
  await userEvent.type(form.getByLabelText(/^Contraseña/), 'corta');
  expect(form.getByText(/Use 8 caracteres o más/)).toBeInTheDocument();
  expect(form.getByRole('button', { name: 'Guardar' })).toBeDisabled();
  await userEvent.clear(form.getByLabelText(/^Contraseña/));
  await userEvent.click(form.getByRole('button', { name: 'Guardar' }));
  expect(await screen.findByText('abcd-efgh-jkmn')).toBeInTheDocument();
  expect(asked).toEqual([
    ['create', { userName: 'ines', displayName: 'Inés', role: 'cashier', terminals: [] }],
  ]);
});

test('P73 deactivating asks first, and says what becomes of what was sold', async () => {
  const { desk, asked } = ownersDesk([
    user({}),
    user({ id: 'u2', userName: 'pilar', active: false }),
  ]);
  await renderDesk(desk, <UsersScreen />);
  const row = await screen.findByRole('row', { name: /ana/ });
  await userEvent.click(within(row).getByRole('button', { name: 'Desactivar' }));
  expect(screen.getByText(/Lo que vendió sin conexión se acepta y se señala/)).toBeInTheDocument();
  await userEvent.click(button('No'));
  expect(asked).toEqual([]);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.click(within(row).getByRole('button', { name: 'Desactivar' }));
  await userEvent.click(button('Sí'));
  const other = screen.getByRole('row', { name: /pilar/ });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.click(within(other).getByRole('button', { name: 'Activar' }));
  expect(asked).toEqual([
    ['change', 'u1', { active: false }],
    ['change', 'u2', { active: true }],
  ]);
});

test('P73 without a connection the screen says what it needs, and never that there is nobody', async () => {
  const { desk } = ownersDesk([], 'offline');
  await renderDesk(desk, <UsersScreen />);
  expect(
    await screen.findByText('Para ver y cambiar usuarios se necesita conexión.'),
  ).toBeInTheDocument();
  expect(screen.queryByRole('table')).toBeNull();
  expect(button('Usuario nuevo')).toBeDisabled();
});

test('S11 P75 the first bad link is named, with what was expected', async () => {
  const { desk } = fakeDesk({ role: 'owner' });
  const good = { terminalId: 'a', number: 1, name: 'Caja 1', count: 9, signed: 9, bad: null };
  const found: Verification = {
    at: '2026-11-25T12:00:00.000Z',
    terminals: [
      { ...good, lastHash: 'a'.repeat(64) },
      {
        ...good,
        terminalId: 'b',
        number: 2,
        name: 'Caja 2',
        lastHash: 'b'.repeat(64),
        bad: {
          fault: 'NUMBER_MISSING',
          invoiceId: 'i',
          consecutive: '00100002040000000004',
          serial: 7,
          issuedAt: '2026-11-25T11:00:00.000Z',
          expected: '3',
          found: '4',
        },
      },
    ],
  };
  Object.assign(desk, { audit: { verify: () => Promise.resolve(found) } });
  await renderDesk(desk, <VerifyScreen />);
  await userEvent.click(button('Verificar ahora'));
  expect(await screen.findByRole('alert')).toHaveTextContent('Hay 1 cadena rota.');
  const [, intact, broken] = screen.getAllByRole('row');
  expect(intact).toHaveTextContent(/1 · Caja 1.*Íntegra/);
  expect(broken).toHaveTextContent(
    /2 · Caja 2.*Rota.*00100002040000000004 \(serie 7\)Falta un consecutivo antes de esta\.Se esperaba 3; hay 4\./,
  );
});

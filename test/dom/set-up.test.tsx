import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import FirstDoor from '../../client/features/session/FirstDoor';
import type { SetupService } from '../../client/services/setup-service';
import { AppError } from '../../shared/errors/app-error';
import type { SetupRequest } from '../../shared/protocol/messages';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

async function show(setup: Partial<SetupService>) {
  const { desk } = fakeDesk();
  await act(async () => {
    await renderDesk(
      { ...desk, setup: { isNeeded: async () => true, ...setup } as SetupService },
      <FirstDoor />,
    );
  });
  await screen.findByRole('button');
}
const type = async (fields: Record<string, string>) => {
  for (const [label, text] of Object.entries(fields)) {
    await userEvent.type(screen.getByLabelText(label), text);
  }
};
const press = () => userEvent.click(screen.getByRole('button', { name: 'Crear sucursal' }));
const FIELDS = {
  'Código de instalación': 'ABCD-EFGH',
  'Nombre de la sucursal': 'Pulpería Nueva',
  'Cédula del emisor': '3101000111',
  'Nombre y apellidos': 'Elena Mora',
  Usuario: 'elena',
  Contraseña: 'diez letras',
  'La contraseña otra vez': 'diez letras',
};

test('a server without a store is set up, and goes on to the enrolment of this browser with its code', async () => {
  const asked: SetupRequest[] = [];
  await show({
    setUp: async (request) => {
      asked.push(request);
      return { code: 'WXYZ-2345', expiresAt: '2026-11-26T00:00:00.000Z' };
    },
  });
  expect(screen.getByRole('heading', { name: 'Preparar este servidor' })).toBeInTheDocument();
  await type(FIELDS);
  await press();
  expect(
    await screen.findByRole('heading', { name: 'Inscribir este terminal' }),
  ).toBeInTheDocument();
  expect(screen.getByLabelText(/^Código/)).toHaveValue('WXYZ-2345');
  expect(asked[0]).toMatchObject({
    code: 'ABCD-EFGH',
    store: { name: 'Pulpería Nueva', legalName: 'Pulpería Nueva', branch: '001', currency: 'CRC' },
    owner: { userName: 'elena', displayName: 'Elena Mora', password: 'diez letras' },
  });
});

test('what does not fit is named beside its field, and nothing is sent', async () => {
  let asked = 0;
  await show({ setUp: () => Promise.reject(new Error(String(asked++))) });
  await type({ ...FIELDS, 'Cédula del emisor': 'x', Usuario: 'É', 'La contraseña otra vez': '!' });
  await press();
  expect(screen.getByText('Solo dígitos, 12 como máximo.')).toBeInTheDocument();
  expect(screen.getByText(/^Minúsculas sin tildes/)).toBeInTheDocument();
  expect(screen.getByText('No es la misma.')).toBeInTheDocument();
  expect(asked).toBe(0);
});

test('eight characters are a password here too, and what was pasted with spaces is sent without them', async () => {
  const asked: SetupRequest[] = [];
  await show({
    setUp: async (request) => {
      asked.push(request);
      return { code: 'WXYZ-2345', expiresAt: '2026-11-26T00:00:00.000Z' };
    },
  });
  const typed = { ...FIELDS, 'Código de instalación': '  ABCD-EFGH\t', Usuario: ' Elena ' };
  await type({ ...typed, Contraseña: '7letras', 'La contraseña otra vez': '7letras' });
  await press();
  expect(screen.getByText('8 caracteres como mínimo.')).toBeInTheDocument();
  await type({ Contraseña: '!', 'La contraseña otra vez': '!' });
  await press();
  expect(asked).toMatchObject([
    { code: 'ABCD-EFGH', owner: { userName: 'elena', password: '7letras!' } },
  ]);
});

test('a wrong code is said in words, and what was typed stays', async () => {
  await show({ setUp: () => Promise.reject(new AppError('CODE_INVALID')) });
  await type(FIELDS);
  await press();
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  expect(screen.getByLabelText('Nombre de la sucursal')).toHaveValue('Pulpería Nueva');
});

test('a server that has a store, or cannot be asked, shows the enrolment', async () => {
  await show({ isNeeded: () => Promise.reject(new AppError('NETWORK')) });
  expect(screen.getByRole('heading', { name: 'Inscribir este terminal' })).toBeInTheDocument();
});

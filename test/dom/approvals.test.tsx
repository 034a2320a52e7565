import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FlowDialogs } from '../../client/dialogs/FlowDialogs';
import type { Credentials } from '../../client/services/approvals-service';
import { AppError } from '../../shared/errors/app-error';
import { fakeDesk, STATUS } from './fake-desk';
import { renderDesk } from './render-desk';

const button = (name: string) => screen.getByRole('button', { name });

test('a cashier leaves with documents pending only when somebody who may allows it', async () => {
  const { desk, done } = fakeDesk({
    role: 'cashier',
    flow: { kind: 'logoutGuard' },
    status: { pending: { ...STATUS.pending, invoices: 2 } },
  });
  const asked: Credentials[] = [];
  desk.approvals.approveLogout = (approver) => {
    asked.push(approver);
    return approver.password === 'buena'
      ? Promise.resolve()
      : Promise.reject(new AppError('APPROVAL_FAILED'));
  };
  await renderDesk(desk, <FlowDialogs />);
  await userEvent.click(button('Cerrar sesión de todos modos'));
  expect(screen.getByRole('dialog', { name: 'Autorización' })).toHaveTextContent(
    'Cerrar sesión con documentos pendientes',
  );
  expect(button('Autorizar')).toBeDisabled();
  await userEvent.type(screen.getByLabelText(/Usuario de quien autoriza/), 'supervisora');
  const password = screen.getByLabelText(/Contraseña de quien autoriza/);
  await userEvent.type(password, 'mala{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'No se autorizó. No se emitió ni se cambió nada. Revise el usuario y la contraseña',
  );
  expect(done).toEqual([]);
  await userEvent.clear(password);
  await userEvent.type(password, 'buena{Enter}');
  expect(done).toEqual(['logout']);
  expect(asked).toEqual([
    { userName: 'supervisora', password: 'mala' },
    { userName: 'supervisora', password: 'buena' },
  ]);
});

test('going back from the approval leads to the guard, and nothing happened', async () => {
  const { desk, done } = fakeDesk({ role: 'cashier', flow: { kind: 'logoutGuard' } });
  await renderDesk(desk, <FlowDialogs />);
  await userEvent.click(button('Cerrar sesión de todos modos'));
  await userEvent.click(button('Cancelar'));
  expect(button('Sincronizar Servidor (Todo)')).toBeInTheDocument();
  expect(done).toEqual([]);
});

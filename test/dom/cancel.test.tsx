import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BehaviorSubject } from 'rxjs';
import {
  buildInvoice,
  settlePayments,
  toInvoiceLine,
  WALK_IN,
} from '../../client/desk/build-invoice';
import { unlessCancelled } from '../../client/desk/unless-cancelled';
import { FlowDialogs } from '../../client/dialogs/FlowDialogs';
import { CreditNoteDialog } from '../../client/features/invoices/CreditNoteDialog';
import { DebitNoteDialog } from '../../client/features/invoices/DebitNoteDialog';
import SaleScreen from '../../client/features/sale/SaleScreen';
import type { Desk } from '../../client/services/desk';
import type { Invoice } from '../../schemas/invoices';
import { aProduct } from './a-product';
import { fakeDesk } from './fake-desk';
import { renderDesk } from './render-desk';

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const PRODUCT = aProduct({ code: '01', cabys: '2111100000000' });
const SOLD = { product: PRODUCT, quantity: 1000, unitPrice: 100_000, discountRate: 0 };

/** Something that is being checked until the test says that it is done; then whoever cancelled is thrown out. */
function checking() {
  let finish: () => void = () => undefined;
  const under = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const happened: string[] = [];
  const check = async <T,>(what: string, result: T, signal?: AbortSignal): Promise<T> => {
    await under;
    unlessCancelled(signal);
    happened.push(what);
    return result;
  };
  const finished = (): Promise<void> =>
    act(async () => {
      finish();
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
  return { check, happened, finished };
}

const typeApprover = async (): Promise<void> => {
  await userEvent.type(screen.getByLabelText(/Usuario de quien autoriza/), 'supervisora');
  await userEvent.type(screen.getByLabelText(/Contraseña de quien autoriza/), 'buena');
};

test('T62 "Cancelar" while the approval of a logout is checked: nobody is logged out', async () => {
  const { desk, done } = fakeDesk({ role: 'cashier', flow: { kind: 'logoutGuard' } });
  const { check, finished } = checking();
  /* Even where the answer comes all the same. */
  desk.approvals.approveLogout = () => check('approved', undefined);
  await renderDesk(desk, <FlowDialogs />);
  await userEvent.click(button('Cerrar sesión de todos modos'));
  await typeApprover();
  await userEvent.click(button('Autorizar'));
  await userEvent.click(button('Cancelar'));
  await finished();
  expect(done).toEqual([]);
  expect(button('Sincronizar Servidor (Todo)')).toBeInTheDocument();
});

function saleDesk(needs: string[]) {
  const { desk } = fakeDesk();
  const cart = { lines: [SOLD], clientId: '', selected: 0 };
  Object.assign(desk, {
    catalog: {
      revision$: new BehaviorSubject({ revision: 0 }),
      searchClients: () => [],
      searchProducts: () => [],
      client: () => null,
      product: () => null,
    },
    stock: { shownOf: () => Promise.resolve(new Map()) },
    drafts: {
      find: () => Promise.resolve({ cart }),
      save: () => Promise.resolve(),
    },
    shifts: { open$: new BehaviorSubject({ id: 's' }) },
  });
  return { desk, sales: (made: object) => Object.assign(desk.sales, { needs: () => needs }, made) };
}

test('T62 "Cancelar" while the approval of a sale is checked: the payment does not open', async () => {
  const { desk, sales } = saleDesk(['changePrice']);
  const { check, finished } = checking();
  sales({ approveSale: () => check('approved', { invoiceId: 'i', approvals: [] }) });
  await act(() => renderDesk(desk, <SaleScreen />));
  await userEvent.click(await screen.findByRole('button', { name: /F10/ }));
  await typeApprover();
  await userEvent.click(button('Autorizar'));
  await userEvent.click(button('Cancelar'));
  await finished();
  expect(screen.queryByRole('dialog')).toBeNull();
  /* And was not kept for the next time. */
  await userEvent.click(button(/F10/));
  expect(screen.getByRole('dialog', { name: 'Autorización' })).toBeInTheDocument();
});

test('T62 "Cancelar" while a sale waits for its turn: it is not issued', async () => {
  const { desk, sales } = saleDesk([]);
  const { check, happened, finished } = checking();
  sales({ issue: (_sale: object, signal?: AbortSignal) => check('issued', INVOICE, signal) });
  await act(() => renderDesk(desk, <SaleScreen />));
  await userEvent.click(await screen.findByRole('button', { name: /F10/ }));
  await userEvent.click(button(/Enter/));
  await userEvent.click(button('Cancelar'));
  await finished();
  expect(happened).toEqual([]);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
});

test.each([
  ['credit note', 'creditNote'],
  ['debit note', 'debitNote'],
] as const)('T62 "Cancelar" while a %s is approved: it is not issued', async (_name, kind) => {
  const { desk } = fakeDesk();
  const { check, happened, finished } = checking();
  const issue = (_invoice: Invoice, _options: object, signal?: AbortSignal) =>
    check(kind, INVOICE, signal);
  Object.assign(desk.sales, { [kind]: issue });
  const props = {
    invoice: INVOICE,
    needsApproval: true,
    onClose: () => happened.push('closed'),
    onIssued: () => happened.push('shown'),
  };
  await renderDesk(
    desk,
    kind === 'creditNote' ? (
      <CreditNoteDialog {...props} notes={[]} />
    ) : (
      <DebitNoteDialog {...props} currency="CRC" />
    ),
  );
  if (kind === 'debitNote') await userEvent.type(screen.getByLabelText(/Monto/), '100');
  await userEvent.type(screen.getByLabelText(/Motivo/), 'devuelto');
  await typeApprover();
  await userEvent.click(button('Emitir'));
  await userEvent.click(button('Cancelar'));
  await finished();
  expect(happened).toEqual(['closed']);
});

const INVOICE = ((): Invoice => {
  const { desk } = fakeDesk();
  const state = (desk as Desk).session.state$.getValue();
  if (state.kind !== 'signedIn') throw new Error('nobody is signed in');
  const lines = [toInvoiceLine(SOLD)];
  const total = lines[0]?.total ?? 0;
  const payments = [{ method: 'cash' as const, amount: total, reference: '' }];
  const content = { type: '04' as const, clientId: '', client: WALK_IN, lines, notes: '' };
  const place = {
    id: 'i',
    number: 1,
    serial: 1,
    now: 0,
    situation: '1' as const,
    securityCode: '12345678',
    shiftId: '',
    previousHash: '',
  };
  const settled = { ...content, ...settlePayments(lines, payments, total) };
  return { ...buildInvoice(settled, place, state), ver: 0, edit: 'e', pending: 1 };
})();

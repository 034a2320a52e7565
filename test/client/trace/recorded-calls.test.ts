import { recordDesk } from '../../../client/trace/record-desk';
import { createRecorder } from '../../../client/trace/recorder';
import { memoryTraceStore } from '../../../client/trace/trace-store';

const PASSWORD = 'clave-quien-aprueba';
const PROOF = 'c'.repeat(64);
const done = (..._given: unknown[]): Promise<void> => Promise.resolve();

const isName = (name: string): boolean => name === 'berta';

test('T51 of whoever approves, the name and what was approved are written down, and nothing by which it was proven', async () => {
  const recorder = createRecorder({ store: memoryTraceStore(), page: 'page', now: () => 1 });
  const names = ['issue', 'creditNote', 'debitNote', 'approveSale'] as const;
  const sales = Object.fromEntries(names.map((name) => [name, done])) as Record<
    (typeof names)[number],
    typeof done
  >;
  const given = { sales, approvals: { approve: done, approveLogout: done } };
  const desk = recordDesk(given, recorder, () => null, isName);
  const approver = { userName: ' Berta ', password: PASSWORD };
  const approval = { permission: 'changePrice', userId: 'u', userName: 'Berta', at: 'now' };
  const product = { id: 'p' };
  const lines = [{ product, quantity: 1000, unitPrice: 5, discountRate: 0 }];
  await desk.sales.approveSale({ type: '04', lines, approver });
  await desk.approvals.approve({ approver, permissions: ['changePrice'], subject: {} });
  await desk.approvals.approveLogout(approver);
  await desk.sales.issue({
    lines,
    approval: { invoiceId: 'i', approvals: [{ ...approval, proof: PROOF }] },
  });
  await desk.sales.creditNote({ id: 'i' }, { reason: 'r', approver });
  const debit = { reason: 'r', line: 0, amount: 5, method: 'cash' };
  await desk.sales.debitNote({ id: 'i' }, { ...debit, approver });
  await desk.sales.debitNote({ id: 'i' }, debit);
  const entries = await recorder.entries();
  const args = entries.flatMap((entry) => (entry.kind === 'call' ? [entry.call.args] : []));
  expect(args).toEqual([
    [
      {
        lines: [{ productId: 'p', quantity: 1000, unitPrice: 5, discountRate: 0 }],
        approval: { invoiceId: 'i', approvals: [approval] },
      },
    ],
    ['i', { reason: 'r', approver: { userName: 'berta' } }],
    ['i', { ...debit, approver: { userName: 'berta' } }],
    ['i', debit],
  ]);
  for (const secret of [PASSWORD, PROOF]) expect(JSON.stringify(entries)).not.toContain(secret);
});

test('T51 a password that was typed where the name belongs is not written down; a name that shows itself to be one is', async () => {
  const recorder = createRecorder({ store: memoryTraceStore(), page: 'page', now: () => 1 });
  const login = ({ userName }: { userName: string; password: string }): Promise<void> =>
    userName === 'nueva' ? Promise.resolve() : Promise.reject(new Error('no such user'));
  const failing = (..._given: unknown[]): Promise<void> => Promise.reject(new Error('no'));
  const given = { session: { login }, sales: { creditNote: failing } };
  const desk = recordDesk(given, recorder, () => null, isName);
  for (const userName of [PASSWORD, 'berta', 'nueva']) {
    await desk.session.login({ userName, password: 'x' }).catch(() => undefined);
  }
  const note = { reason: 'r', approver: { userName: PASSWORD, password: 'x' } };
  await desk.sales.creditNote({ id: 'i' }, note).catch(() => undefined);
  const entries = await recorder.entries();
  expect(JSON.stringify(entries)).not.toContain(PASSWORD);
  const args = entries.flatMap((entry) => (entry.kind === 'call' ? entry.call.args : []));
  const nobody = { userName: 'desconocido' };
  expect(args).toEqual([
    nobody,
    { userName: 'berta' },
    nobody,
    'i',
    { reason: 'r', approver: nobody },
  ]);
  const named = entries.flatMap((entry) => (entry.kind === 'named' ? [entry.userName] : []));
  expect(named).toEqual(['nueva']);
  /* What is given to the desk itself is not touched. */
  expect(note.approver.userName).toBe(PASSWORD);
});

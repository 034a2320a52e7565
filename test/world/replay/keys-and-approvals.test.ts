import type { Case } from '../../../client/trace/case-schema';
import { TERMINAL_COOKIE } from '../../../server/http/cookies';
import { approvalProof } from '../../../shared/access/approval-proof';
import { Bookkeeper } from '../scenario/bookkeeper';
import { specOf } from '../scenario/spec-of';
import { passwordOf } from '../seed-store';
import type { Operation } from '../terminal/operations';
import { World } from '../world';
import type { WorldTerminal } from '../world-terminal';
import { history } from './histories';
import { failuresOfCase } from './print-case';
import { exportCase, forget } from './record-case';
import { runCase } from './run-case';
import { approvalKeyOf } from './sealed';

jest.setTimeout(120_000);

/** What happens at a terminal of a cashier, recorded. */
async function recorded(act: (world: World, terminal: WorldTerminal) => Promise<void>) {
  const { spec } = specOf(history('cajera', [{ do: 'settle' }]));
  const users = spec.users.map(({ userName }) => ({
    userName,
    role: userName === 'sofia' ? ('cashier' as const) : ('supervisor' as const),
  }));
  const books = new Bookkeeper();
  const world = await World.create({ ...spec, users, records: true }, [books]);
  books.world = world;
  try {
    await act(world, world.terminal('T1'));
    return (await exportCase(world, 'T1')).file;
  } finally {
    await world.close();
  }
}

/** A sale at half the price, allowed by berta with this key. */
async function halfPrice(world: World, terminal: WorldTerminal, number: number, key: string) {
  const state = await terminal.state();
  const userId = String(state?.documents['users']?.find((u) => u['userName'] === 'berta')?.['id']);
  const { auth } = world.server.context.store.scope(world.storeId);
  const terminalId = (await auth.terminals()).find(({ name }) => name === 'T1')?.id ?? '';
  const id = `aaaaaaaa-0000-4000-8000-00000000000${number}`;
  const productId = world.spec.products[0]?.id ?? '';
  const line = { productId, quantity: 1000, unitPrice: 150000, discountRate: 5000 };
  const said = { permission: 'discountAboveLimit', userId, at: new Date(0).toISOString() };
  const subject = { id, terminalId, type: '04' as const, lines: [line] };
  const proof = approvalProof(key, said, subject);
  const request = {
    type: '04',
    clientId: '',
    lines: [line],
    payments: [{ method: 'cash', amount: 84750, reference: '' }],
    tendered: 84750,
    notes: '',
    approval: { invoiceId: id, approvals: [{ ...said, userName: 'berta', proof }] },
  };
  const call = { service: 'sales', method: 'issue', args: [request] };
  await world.mustDo(terminal, { op: 'call', call, secret: '' });
}

const SYNC: Operation = { op: 'sync', unit: 'all' };
const codes = ({ entries }: Case): string[] =>
  entries.flatMap((entry) =>
    entry.kind === 'heard'
      ? [entry.code, ...(entry.rows ?? []).map(({ result, code }) => code ?? result)]
      : [],
  );

test('T52 a sale that somebody allowed is allowed again, and one whose approval was refused is refused again', async () => {
  const file = await recorded(async (world, terminal) => {
    await halfPrice(world, terminal, 1, approvalKeyOf('berta'));
    await world.mustDo(terminal, SYNC);
    await halfPrice(world, terminal, 2, 'no key of hers');
    await world.do(terminal, SYNC);
  });
  const invoices = file.entries.flatMap((entry) =>
    entry.kind === 'heard' && entry.rows !== undefined ? entry.rows : [],
  );
  expect(invoices.map(({ result, code }) => code ?? result)).toEqual(
    expect.arrayContaining(['accepted', 'ROLE_NOT_ALLOWED']),
  );
  const result = await runCase(file);
  expect(failuresOfCase(result, 'case')).toEqual([]);
});

test('T52 what was allowed, and lay unsent when the trace began, is sent with a proof and a signature', async () => {
  const file = await recorded(async (world, terminal) => {
    await halfPrice(world, terminal, 1, approvalKeyOf('berta'));
    forget(world, 'T1', 1);
    await world.mustDo(terminal, { op: 'createClient', name: 'Luis Mata' });
    await world.mustDo(terminal, SYNC);
  });
  const [invoice] = file.base.documents['invoices'] ?? [];
  expect(invoice).toMatchObject({
    pending: 1,
    approvals: [{ proof: '' }],
    chain: { signature: '' },
  });
  const result = await runCase(file);
  expect(failuresOfCase(result, 'case')).toEqual([]);
  const [sold] = result.run.server['invoices'] ?? [];
  expect(sold).toMatchObject({
    approvals: [{ proof: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    chain: { signature: expect.stringMatching(/^[\w-]{86}$/) },
  });
});

test('T52 a credit note that somebody allowed at the desk is allowed again, and a wrong password is wrong again', async () => {
  const file = await recorded(async (world, terminal) => {
    await world.mustDo(terminal, {
      op: 'sell',
      clientId: '',
      lines: [{ productId: world.spec.products[0]?.id ?? '', quantity: 2000 }],
    });
    const invoice = (await terminal.state())?.documents['invoices']?.[0]?.['id'];
    const note = (userName: string, password: string): Operation => {
      const options = { reason: 'Devuelto', approver: { userName, password } };
      const call = { service: 'sales', method: 'creditNote', args: [invoice, options] };
      return { op: 'call', call, secret: '' };
    };
    await world.do(terminal, note('berta', 'equivocada'));
    await world.mustDo(terminal, note(' Berta', passwordOf('berta')));
    await world.mustDo(terminal, SYNC);
  });
  const ends = file.entries.flatMap((entry) => (entry.kind === 'done' ? [entry.code] : []));
  expect(ends).toContain('APPROVAL_FAILED');
  const result = await runCase(file);
  expect(failuresOfCase(result, 'case')).toEqual([]);
  const approved = (result.run.server['invoices'] ?? []).flatMap((sold) => sold['approvals']);
  expect(approved).toMatchObject([{ permission: 'creditNote' }]);
});

test('T52 a cookie that the browser had lost is lost again, and the terminal proves who it is', async () => {
  const file = await recorded(async (world, terminal) => {
    terminal.disk.cookies.delete(TERMINAL_COOKIE);
    await world.mustDo(terminal, SYNC);
  });
  expect(codes(file)).toContain('CREDENTIAL_LOST');
  const result = await runCase(file);
  expect(failuresOfCase(result, 'case')).toEqual([]);
});

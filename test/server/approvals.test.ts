import { randomUUID } from 'node:crypto';
import { toInvoiceLine } from '../../client/desk/build-invoice';
import type { Approval, Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { argon2Passwords } from '../../server/auth/password';
import { approvalProof } from '../../shared/access/approval-proof';
import { approvalSalt } from '../../shared/access/approval-salt';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import { invoiceTotals } from '../../shared/money/invoice-totals';
import type { AuditPage } from '../../shared/protocol/audit-messages';
import type { UserReply } from '../../shared/protocol/user-messages';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let owner: ApiTerminal;
let cashier: ApiTerminal;
let supervisorId: string;
let product: Product;

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
  supervisorId = (await apiTerminal(server, 'supervisora')).session.user.id;
  cashier = await apiTerminal(server, 'cajero1');
  const [first] = (await cashier.pull('products', 0, 1)).documents;
  if (first === undefined) throw new Error('no product');
  product = first;
});
afterAll(() => server.close());

const sealed = (invoice: Invoice): Invoice => ({
  ...invoice,
  chain: { ...invoice.chain, hash: invoiceHash(invoice) },
});

/** A ticket with this discount, not approved yet. */
function discounted(discountRate: number, unitPrice = product.price): Invoice {
  const lines = [toInvoiceLine({ product, quantity: 1000, unitPrice, discountRate })];
  const totals = invoiceTotals(lines);
  const payments = [{ method: 'cash' as const, amount: totals.total, reference: '' }];
  const ticket = cashier.ticket([product]);
  return sealed({ ...ticket, lines, totals, payments, tendered: totals.total, change: 0 });
}

async function approved(
  invoice: Invoice,
  by: { userId: string; password: string; permission?: string; at?: string },
): Promise<Invoice> {
  const { userId, password, permission = 'discountAboveLimit' } = by;
  const said = { permission, userId, at: by.at ?? '2026-11-25T12:00:00.000Z' };
  const key = await argon2Passwords.hash(password, approvalSalt(userId));
  const approval: Approval = { ...said, userName: 'x', proof: approvalProof(key, said, invoice) };
  return sealed({ ...invoice, approvals: [...invoice.approvals, approval] });
}
const SUPERVISOR = () => ({ userId: supervisorId, password: passwordOf('supervisora') });
const refusalOf = async (invoice: Invoice): Promise<string> =>
  (await cashier.push('invoices', [invoice])).rejected[0]?.message ?? '';
const lastAudit = async (action: string) =>
  ((await owner.request('GET', `/api/audit?limit=1&action=${action}`)).body as AuditPage)
    .entries[0];

test('S1 P71 a discount above the limit is refused without an approval, and taken with a supervisor’s', async () => {
  const bare = discounted(2500);
  expect(await refusalOf(bare)).toBe('/lines/0/discountRate: discountAboveLimit');
  const invoice = await approved(bare, SUPERVISOR());
  expect((await cashier.push('invoices', [invoice])).accepted).toEqual([
    { id: invoice.id, ver: 1 },
  ]);
  expect(await lastAudit('approvalUsed')).toMatchObject({
    actor: supervisorId,
    terminalId: cashier.session.terminal.id,
    details: {
      invoiceId: invoice.id,
      consecutive: invoice.consecutive,
      permission: 'discountAboveLimit',
      isPast: false,
    },
  });
});

test('S3 P76 an approval of another document, lines, permission, person, password or time is none', async () => {
  const other = await approved(discounted(2500), SUPERVISOR());
  const bare = discounted(2500);
  const good = await approved(bare, SUPERVISOR());
  const [approval] = good.approvals;
  if (approval === undefined) throw new Error('no approval');
  const withApproval = (change: Partial<Approval>): Invoice =>
    sealed({ ...good, approvals: [{ ...approval, ...change }] });
  const dearer = { ...discounted(9000), id: good.id, approvals: good.approvals };
  const forged: Invoice[] = [
    sealed({ ...bare, approvals: other.approvals }),
    sealed(dearer),
    withApproval({ permission: 'changePrice' }),
    withApproval({ permission: 'manageUsers' }),
    withApproval({ userId: owner.session.user.id }),
    withApproval({ userId: randomUUID() }),
    withApproval({ at: '2026-11-25T13:00:00.000Z' }),
    withApproval({ proof: '' }),
    withApproval({ proof: '0'.repeat(64) }),
    await approved(bare, { ...SUPERVISOR(), password: 'adivinada' }),
    await approved(bare, {
      userId: cashier.session.user.id,
      password: passwordOf('cajero1'),
    }),
  ];
  for (const invoice of forged) expect(await refusalOf(invoice)).toMatch(/^\/approvals\/0\//);
  expect((await cashier.push('invoices', [good])).rejected).toEqual([]);
});

test('P76 what a terminal stores of a supervisor does not make an approval', async () => {
  const users = (await cashier.pull('users')).documents as {
    id: string;
    offlineVerifier: string;
  }[];
  const verifier = users.find(({ id }) => id === supervisorId)?.offlineVerifier ?? '';
  expect(verifier).not.toBe('');
  const bare = discounted(2500);
  const said = {
    permission: 'discountAboveLimit',
    userId: supervisorId,
    at: '2026-11-25T12:00:00.000Z',
  };
  const proof = approvalProof(verifier, said, bare);
  const forged = sealed({ ...bare, approvals: [{ ...said, userName: 'x', proof }] });
  expect(await refusalOf(forged)).toMatch(/^\/approvals\/0\/proof/);
});

test('P76 a credit note of a cashier, approved; a price that was approved is not wondered at', async () => {
  const sale = cashier.ticket([product]);
  await cashier.push('invoices', [sale]);
  const note = sealed({
    ...cashier.ticket([product]),
    type: '03',
    consecutive: sale.consecutive.replace(/04(\d{10})$/, '03$1'),
    clave: sale.clave.replace(sale.consecutive, sale.consecutive.replace(/04(\d{10})$/, '03$1')),
    reference: {
      invoiceId: sale.id,
      documentType: '04',
      number: sale.clave,
      issuedAt: sale.issuedAt,
      code: '01',
      reason: 'devuelta',
    },
  });
  expect(await refusalOf(note)).toBe('/type: creditNote');
  const allowed = await approved(note, { ...SUPERVISOR(), permission: 'creditNote' });
  expect((await cashier.push('invoices', [allowed])).rejected).toEqual([]);

  const cheap = await approved(discounted(0, product.price + 7), {
    ...SUPERVISOR(),
    permission: 'changePrice',
  });
  await cashier.push('invoices', [cheap]);
  expect(await lastAudit('priceDiffers')).toBeUndefined();
  const wondered = discounted(0, product.price + 9);
  expect((await cashier.push('invoices', [wondered])).accepted).toHaveLength(1);
  expect(await lastAudit('priceDiffers')).toMatchObject({
    details: { invoiceId: wondered.id, codes: [product.code] },
  });
});

test('P76 approved before a new password, before the role changed, before the deactivation: taken', async () => {
  const made = await owner.request('POST', '/api/users', {
    userName: 'rosa2',
    displayName: 'Rosa',
    role: 'supervisor',
    terminals: [],
    password: 'primera clave',
  });
  const { id } = (made.body as UserReply).user;
  const at = new Date().toISOString();
  const first = await approved(discounted(2500), { userId: id, password: 'primera clave', at });
  await owner.request('POST', `/api/users/${id}/password`, { password: 'segunda clave' });
  expect(await refusalOf(first)).toBe('');
  const second = await approved(discounted(2500), { userId: id, password: 'segunda clave', at });
  await owner.request('PATCH', `/api/users/${id}`, { role: 'cashier' });
  expect(await refusalOf(second)).toBe('');
  expect(await lastAudit('approvalUsed')).toMatchObject({ actor: id, details: { isPast: true } });
  const late = new Date(Date.now() + 60_000).toISOString();
  const third = { userId: id, password: 'segunda clave', at: late };
  expect(await refusalOf(await approved(discounted(2500), third))).toMatch(
    /userId: not for the role/,
  );
  await owner.request('PATCH', `/api/users/${id}`, { role: 'supervisor', active: false });
  expect(await refusalOf(await approved(discounted(2500), third))).toBe('');
});

test('P76 of somebody whose password the server never saw: refused for now, and taken once it has', async () => {
  const { addUser } = await import('../../server/auth/users');
  const id = randomUUID();
  await server.context.store.transaction(server.storeId, (scope) =>
    addUser(scope, server.context.ports, {
      id,
      userName: 'antigua',
      displayName: 'De antes',
      role: 'supervisor',
      password: 'clave de antes',
    }),
  );
  const invoice = await approved(discounted(2500), { userId: id, password: 'clave de antes' });
  expect(await refusalOf(invoice)).toBe(
    '/approvals/0/proof: no password of this person was seen yet',
  );
  const desk = await apiTerminal(server, 'duena');
  await desk.request('POST', '/api/session', { userName: 'antigua', password: 'clave de antes' });
  expect(await refusalOf(invoice)).toBe('');
});

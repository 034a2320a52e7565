import { Bookkeeper } from '../scenario/bookkeeper';
import { specOf } from '../scenario/spec-of';
import { passwordOf } from '../seed-store';
import type { Operation } from '../terminal/operations';
import { World } from '../world';
import { history } from './histories';

jest.setTimeout(60_000);

/** Typed by hand, or known to the browser: nothing of it may be in the file. */
const PERSONAL = {
  name: 'Guadalupe Quesada Zúñiga',
  identification: '107860934',
  email: 'guadalupe.quesada@correo.cr',
  phone: '8888-1234',
  address: 'Del higuerón 200 sur',
  notes: 'Paga los viernes',
  card: 'VISA 4111-7777',
  saleNotes: 'Para la abuela',
  reason: 'Se quebró el frasco',
};

/** What is typed besides, by whoever stands beside the cashier and by the owner. */
const TYPED = {
  approver: 'clave-quien-aprueba-31',
  logout: 'clave-quien-deja-salir-32',
  proof: 'f00dfeed'.repeat(8),
  newUser: 'clave-persona-nueva-33',
  reset: 'clave-cambiada-34',
  setUpCode: 'PUES-TAEN-35',
  owner: 'clave-del-dueño-36',
  rescueKey: '4821 7730 1199 0042 6655',
  asName: 'clave-en-el-campo-del-usuario-38',
  rescueFile: 'texto-cifrado-37',
};

test('T51 no password, cookie, code or verifier is ever written down, and nobody is named in the file', async () => {
  const { spec } = specOf(history('secretos', [{ do: 'settle' }]));
  const world = await World.create({ ...spec, records: true }, [new Bookkeeper()]);
  try {
    const terminal = world.terminal('T1');
    const call = (service: string, method: string, ...args: unknown[]): Operation => ({
      op: 'call',
      call: { service, method, args },
      secret: passwordOf('sofia'),
    });
    const { name, identification, email, phone, address, notes } = PERSONAL;
    const client = { name, identificationType: '01', identification, email, phone, address, notes };
    await world.mustDo(terminal, call('clients', 'create', { ...client, active: true }));
    const state = await terminal.state();
    const clientId = state?.documents['clients']?.find((doc) => doc['name'] === name)?.['id'];
    const productId = spec.products[0]?.id ?? '';
    await world.mustDo(
      terminal,
      call('sales', 'issue', {
        type: '01',
        clientId,
        lines: [{ productId, quantity: 1000, unitPrice: 150000, discountRate: 0 }],
        payments: [{ method: 'card', amount: 169500, reference: PERSONAL.card }],
        tendered: 0,
        notes: PERSONAL.saleNotes,
      }),
    );
    const movement = { productId, kind: 'adjustment', quantity: -1000, reason: PERSONAL.reason };
    await world.mustDo(terminal, call('stock', 'adjust', movement));
    const invoice = (await terminal.state())?.documents['invoices']?.[0];
    const approver = { userName: 'Berta', password: TYPED.approver };
    const id = 'aaaaaaaa-0000-4000-8000-000000000001';
    const line = { productId, quantity: 1000, unitPrice: 150000, discountRate: 2000 };
    const permission = 'discountAboveLimit';
    const approval = { permission, userId: id, userName: 'berta', at: '', proof: TYPED.proof };
    const debit = { reason: 'Faltó', line: 0, amount: 100, method: 'cash', approver };
    const subject = { id, type: '04', lines: [line] };
    const user = { userName: 'nueva', displayName: 'Nueva', role: 'cashier', terminals: [] };
    /* Whether they go well does not matter: what is typed is given to each of them. */
    for (const operation of [
      call('sales', 'debitNote', invoice?.['id'], debit),
      call('sales', 'creditNote', invoice?.['id'], { reason: 'Devuelto', approver }),
      call('sales', 'issue', {
        type: '04',
        clientId: '',
        lines: [line],
        payments: [{ method: 'cash', amount: 135600, reference: '' }],
        tendered: 135600,
        notes: '',
        approval: { invoiceId: id, approvals: [approval] },
      }),
      call('sales', 'approveSale', { type: '04', lines: [], approver }),
      call('approvals', 'approve', { approver, permissions: ['creditNote'], subject }),
      call('approvals', 'approveLogout', { userName: 'berta', password: TYPED.logout }),
      call('users', 'create', { ...user, password: TYPED.newUser }),
      call('users', 'resetPassword', id, TYPED.reset),
      call('setup', 'setUp', { code: TYPED.setUpCode, owner: { password: TYPED.owner } }),
      call('rescue', 'make'),
      call('rescue', 'bringIn', { text: TYPED.rescueFile, key: TYPED.rescueKey }),
    ]) {
      await world.do(terminal, operation);
    }
    await world.mustDo(terminal, { op: 'sync', unit: 'all' });
    await world.do(terminal, { op: 'login', userName: 'sofia', password: 'equivocada-77' });
    await world.do(terminal, { op: 'login', userName: TYPED.asName, password: 'x' });
    await world.mustDo(terminal, { op: 'login', userName: 'sofia', password: passwordOf('sofia') });
    const outcome = await world.do(terminal, { op: 'exportCase' });
    const text = outcome !== null && outcome !== 'crashed' && outcome.ok ? outcome.text : undefined;
    const kept = terminal.disk
      .load('trace')
      .flatMap((chunk) => JSON.parse(chunk) as string[])
      .join('\n');

    /* Both hold what the case is about, so that what is not in them was left out. */
    for (const there of [text, kept]) {
      expect(there).toContain('"issue"');
      expect(there).toContain('LOGIN_FAILED');
      expect(there).toContain('"debitNote"');
      expect(there).toContain('"approver":');
      expect(there).toContain('"discountAboveLimit"');
    }
    const cookies = [...terminal.disk.cookies.values()];
    expect(cookies.length).toBeGreaterThan(1);
    const typed = Object.values(TYPED).filter((secret) => secret !== TYPED.proof);
    const secrets = [passwordOf('sofia'), 'equivocada-77', '$plain$', ...cookies, ...typed];
    expect(text).not.toContain(TYPED.proof);
    for (const secret of secrets) {
      expect(kept).not.toContain(secret);
      expect(text).not.toContain(secret);
    }
    expect(kept).toContain(name);
    const people = [
      ...Object.values(PERSONAL),
      'sofia',
      'berta',
      'Sucursal simulada',
      '3101654321',
    ];
    for (const person of people) expect(text).not.toContain(person);
    const file = JSON.parse(text ?? '') as { entries: unknown[] };
    const said = JSON.stringify(file.entries);
    const names = new Set([...said.matchAll(/"name":"(Nombre [0-9a-f]{8})"/g)].map(([, of]) => of));
    /* The client, in its own document and in the invoice, is one and the same person; the terminal is another. */
    expect(names.size).toBeLessThanOrEqual(3);
  } finally {
    await world.close();
  }
});

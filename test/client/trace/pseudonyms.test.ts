import { createPseudonyms } from '../../../client/trace/pseudonyms';
import type { Invoice } from '../../../schemas/invoices';
import { invoiceHash } from '../../../shared/chain/invoice-hash';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const CLAVE = `50602032600310165432100100001040000000001187654321`.slice(0, 50).padEnd(50, '0');

const { of } = createPseudonyms('key of this export');

test('T51 one value has one pseudonym in one file, wherever it stands, and another one in the next file', () => {
  const other = createPseudonyms('another key');
  const given = { client: { name: 'Ana' }, list: [{ name: 'Ana' }, { name: 'Luis' }], id: ID };
  const first = of(given);
  expect(first.list[0]?.name).toBe(first.client.name);
  expect(first.list[1]?.name).not.toBe(first.client.name);
  expect(other.of(given).client.name).not.toBe(first.client.name);
  expect(other.of(given).id).not.toBe(first.id);
  expect(first.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  expect(of({ key: `clients:${ID}` }).key).toBe(`clients:${first.id}`);
});

test('T51 what QA needs stays: codes, descriptions, prices, quantities, times, kinds', () => {
  const line = {
    code: 'P0007',
    description: 'Café molido',
    barcode: '7441100000515',
    quantity: 1000,
    unitPrice: 169000,
    taxCode: 'iva13',
    issuedAt: '2026-03-02T14:00:00.000Z',
  };
  expect(of(line)).toEqual(line);
});

test('T51 a text of a field that nobody thought of is replaced', () => {
  expect(JSON.stringify(of({ nickname: 'Lupita', deep: [{ anything: 'Calle 5' }] }))).not.toMatch(
    /Lupita|Calle/,
  );
});

test('T51 a pseudonym has the form of what it stands for, right or wrong', () => {
  const person = of({
    identification: '1-0786-0934',
    phone: '8888-1234',
    email: 'a@b.cr',
    userName: 'maria.r',
    notes: 'x'.repeat(700),
    address: '',
  });
  expect(person.identification).toMatch(/^\d-\d{4}-\d{4}$/);
  expect(person.phone).toMatch(/^\d{4}-\d{4}$/);
  expect(person.email).toMatch(/^[\w-]+@ejemplo\.invalid$/);
  expect(person.userName).toMatch(/^[a-z0-9._-]+$/);
  expect(person.notes).toHaveLength(700);
  expect(person.address).toBe('');
  expect(of({ email: 'no es un correo' }).email).not.toContain('@');
});

test('T51 the issuer is the same within a clave; consecutive and date stay', () => {
  const issuerId = CLAVE.slice(9, 21).replace(/^0+/, '');
  const changed = of({ clave: CLAVE, issuerId });
  expect(changed.clave).toHaveLength(50);
  expect(changed.clave.slice(9, 21)).toBe(changed.issuerId.padStart(12, '0'));
  expect(changed.clave.slice(9, 21)).not.toBe(CLAVE.slice(9, 21));
  expect(changed.clave.slice(0, 9)).toBe(CLAVE.slice(0, 9));
  expect(changed.clave.slice(21, 42)).toBe(CLAVE.slice(21, 42));
});

test('T51 the hash of an invoice does not let anybody try names', () => {
  const chain = { prev: '', hash: 'a'.repeat(64), signature: '' };
  const invoice = { client: { name: 'Ana' }, lines: [], chain } as unknown as Invoice;
  const sealed = { ...invoice, chain: { ...chain, hash: invoiceHash(invoice) } };
  const changed = of(sealed);
  expect(changed.chain.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(changed.chain.hash).not.toBe(sealed.chain.hash);
  expect(changed.chain.hash).not.toBe(invoiceHash(changed));
  expect(changed.chain.prev).toBe('');
});

test('T51 signatures and proofs fit nothing any more, so they are left out; what was approved stays', () => {
  const chain = { prev: '', hash: 'b'.repeat(64), signature: 'S'.repeat(86) };
  const approval = { permission: 'creditNote', userId: ID, at: '2026-03-02T14:00:00.000Z' };
  const changed = of({
    chain,
    approvals: [{ ...approval, userName: 'Berta Mora', proof: 'c'.repeat(64) }],
  });
  expect(changed.chain.signature).toBe('');
  expect(changed.approvals[0]).toMatchObject({
    permission: 'creditNote',
    at: approval.at,
    proof: '',
  });
  expect(changed.approvals[0]?.userName).not.toContain('Berta');
});

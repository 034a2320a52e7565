import { createHash, webcrypto } from 'node:crypto';
import type { Approval, Invoice } from '../../../schemas/invoices';
import { fromBase64Url, toBase64Url } from '../../../shared/base64-url';
import { canonicalJson } from '../../../shared/chain/canonical-json';
import { invoiceHash } from '../../../shared/chain/invoice-hash';
import { isPublicKey, type PublicKey, verifyChain } from '../../../shared/chain/signature';

const APPROVAL: Approval = {
  permission: 'discount',
  userId: '00000000-0000-4000-8000-000000000001',
  userName: 'Rosa',
  at: '2026-11-25T12:00:00.000Z',
  proof: '',
};
const INVOICE = {
  id: '00000000-0000-4000-8000-000000000002',
  ver: 0,
  edit: 'e',
  pending: 1,
  consecutive: '00100001040000000001',
  flags: [],
  chain: { prev: 'a'.repeat(64), hash: '', signature: '' },
} as unknown as Invoice;

test('an invoice without approvals has the hash that it had before there were any', () => {
  const { id, consecutive } = INVOICE;
  const text = canonicalJson({ id, consecutive, chain: { prev: 'a'.repeat(64) } });
  const expected = createHash('sha256').update(text).digest('hex');
  expect(invoiceHash(INVOICE)).toBe(expected);
  expect(invoiceHash({ ...INVOICE, approvals: [] })).toBe(expected);
  const signed = { ...INVOICE.chain, signature: 'A'.repeat(86) };
  expect(invoiceHash({ ...INVOICE, chain: signed })).toBe(expected);
});

test('S11 approvals are sealed by the hash', () => {
  const approved = invoiceHash({ ...INVOICE, approvals: [APPROVAL] });
  expect(approved).not.toBe(invoiceHash(INVOICE));
  const forged = { ...APPROVAL, userName: 'Ana' };
  expect(invoiceHash({ ...INVOICE, approvals: [forged] })).not.toBe(approved);
});

test('S11 a signature that WebCrypto made fits its key and hash, and no other', async () => {
  const { subtle } = webcrypto;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const hash = createHash('sha256').update('x').digest('hex');
  const { publicKey, privateKey } = await subtle.generateKey(algorithm, false, ['sign']);
  const { x = '', y = '' } = await subtle.exportKey('jwk', publicKey);
  const key: PublicKey = { kty: 'EC', crv: 'P-256', x, y };
  /* Many: half of them have the greater of the two values of s. */
  for (let round = 0; round < 8; round++) {
    const made = await subtle.sign(algorithm, privateKey, Buffer.from(hash, 'hex'));
    const signature = toBase64Url(new Uint8Array(made));
    expect(verifyChain(key, { hash, signature })).toBe(true);
    expect(verifyChain(key, { hash: hash.replace(/^./, '0'), signature })).toBe(hash[0] === '0');
    const other = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
    expect(verifyChain(key, { hash, signature: other })).toBe(false);
    expect(verifyChain({ ...key, x: key.y, y: key.x }, { hash, signature })).toBe(false);
  }
  expect(isPublicKey(key)).toBe(true);
});

test('what is no key, no hash and no signature is refused without an error', () => {
  const key: PublicKey = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };
  expect(isPublicKey(key)).toBe(false);
  expect(isPublicKey({ ...key, x: '!' })).toBe(false);
  for (const signature of ['', 'A'.repeat(86), '!'.repeat(86), 'A'.repeat(10_000)]) {
    expect(verifyChain(key, { hash: 'a'.repeat(64), signature })).toBe(false);
  }
  expect(verifyChain(key, { hash: 'zz', signature: 'A'.repeat(86) })).toBe(false);
});

test('base64url has one spelling for each text of bytes', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 97 + length) % 256);
    const text = toBase64Url(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64url'));
    expect(fromBase64Url(text)).toEqual(bytes);
  }
  for (const bad of ['A', 'AB', 'AA==', 'A A', 'AA+', 'AAAAA'])
    expect(fromBase64Url(bad)).toBe(null);
});

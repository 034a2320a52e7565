import { randomBytes, randomUUID } from 'node:crypto';
import { hexToBytes } from '@noble/hashes/utils.js';
import { machinePorts } from '../../server/ports';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import { verifyBytes } from '../../shared/chain/signature';
import type { EnrolReply, TerminalProof } from '../../shared/protocol/messages';
import { enrolProofBytes, loginProofBytes } from '../../shared/protocol/proof-bytes';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { type SoftwareKey, softwareKey } from '../kit/software-key';
import { startServer, type TestServer } from '../kit/start-server';

/* From the machine's time on: by that, the library of the limits takes back what went well within its window only. */
let now = Date.now();
let server: TestServer;
let owner: ApiTerminal;

beforeAll(async () => {
  server = await startServer({ ports: { ...machinePorts, clock: { now: () => now } } });
  owner = await apiTerminal(server, 'duena');
});
afterAll(() => server.close());

const codeOf = (reply: { body: never }): string => (reply.body as { code: string }).code;
const newKey = (): SoftwareKey => softwareKey(randomBytes(32));

/** Enrols this browser anew, with a key. */
async function enrolled(key: SoftwareKey) {
  const terminal = await apiTerminal(server, 'cajero1');
  const code = await server.newCode();
  const signature = key.sign(enrolProofBytes(code));
  const body = { code, name: 'con llave', key: { publicKey: key.publicKey, signature } };
  const { id } = ((await terminal.request('POST', '/api/terminals', body)).body as EnrolReply)
    .terminal;
  return { terminal, id, key };
}

async function login(
  { terminal, id, key }: Awaited<ReturnType<typeof enrolled>>,
  change: Partial<TerminalProof> = {},
  userName = 'cajero1',
) {
  const asked = await terminal.request('POST', '/api/session/challenge', { terminalId: id });
  const { challenge } = asked.body as { challenge: string };
  const nonce = { used: '', next: randomUUID() };
  const bytes = loginProofBytes({ terminalId: id, challenge, userName, nonce: nonce.next });
  const proof = { terminalId: id, challenge, nonce, signature: key.sign(bytes), ...change };
  const credentials = { userName, password: passwordOf(userName) };
  const reply = await terminal.request('POST', '/api/session', { ...credentials, proof });
  return { proof, reply };
}

test('P61 a challenge is good for one login, for two minutes, for its terminal and user', async () => {
  const one = await enrolled(newKey());
  const other = await enrolled(newKey());
  const first = await login(one);
  expect(first.reply.status).toBe(201);
  const again = await login(one, first.proof);
  expect([again.reply.status, codeOf(again.reply)]).toEqual([401, 'TERMINAL_PROOF_FAILED']);

  const asked = await one.terminal.request('POST', '/api/session/challenge', {
    terminalId: one.id,
  });
  const { challenge } = asked.body as { challenge: string };
  const nonce = { used: first.proof.nonce.next, next: randomUUID() };
  const signed = (userName: string) =>
    one.key.sign(loginProofBytes({ terminalId: one.id, challenge, userName, nonce: nonce.next }));
  const late = { challenge, nonce, signature: signed('cajero1') };
  const forged = await login(one, { ...late, signature: signed('duena') });
  expect(codeOf(forged.reply)).toBe('TERMINAL_PROOF_FAILED');
  const foreign = await login(other, { ...late, terminalId: one.id });
  expect(codeOf(foreign.reply)).toBe('TERMINAL_PROOF_FAILED');
  now += 2 * 60_000;
  expect(codeOf((await login(one, late)).reply)).toBe('TERMINAL_PROOF_FAILED');
  expect((await login(one)).reply.status).toBe(201);
});

test('P61 a terminal with a key cannot log in without proof, and no other key will do', async () => {
  const one = await enrolled(newKey());
  const credentials = { userName: 'cajero1', password: passwordOf('cajero1') };
  const bare = await one.terminal.request('POST', '/api/session', credentials);
  expect([bare.status, codeOf(bare)]).toEqual([401, 'TERMINAL_PROOF_FAILED']);
  const other = newKey();
  const { reply } = await login({ ...one, key: other }, { publicKey: other.publicKey });
  expect(codeOf(reply)).toBe('TERMINAL_PROOF_FAILED');
});

test('P62 without a cookie only a known terminal with a key gets anywhere, and never without the password', async () => {
  const one = await enrolled(newKey());
  one.terminal.jar.clear();
  const { reply } = await login(one, { signature: 'A'.repeat(86) });
  expect(codeOf(reply)).toBe('TERMINAL_PROOF_FAILED');
  const stranger = await one.terminal.request('POST', '/api/session/challenge', {
    terminalId: randomUUID(),
  });
  expect([stranger.status, codeOf(stranger)]).toEqual([401, 'TERMINAL_UNKNOWN']);
  expect(one.terminal.jar.size).toBe(0);
  expect((await login(one)).reply.status).toBe(201);
  expect([...one.terminal.jar.keys()].sort()).toEqual(['mostrador_session', 'mostrador_terminal']);
  expect((await one.terminal.request('GET', '/api/sync/status')).status).toBe(200);
});

test('P63 a code with a key that its sender does not hold enrols nobody, and stays good', async () => {
  const code = await server.newCode();
  const { publicKey } = newKey();
  const signature = newKey().sign(enrolProofBytes(code));
  const enrol = (key: object) =>
    owner.request('POST', '/api/terminals', { code, name: 'ajeno', key });
  expect(codeOf(await enrol({ publicKey, signature }))).toBe('TERMINAL_PROOF_FAILED');
  const nowhere = { ...publicKey, x: 'A'.repeat(43) };
  expect(codeOf(await enrol({ publicKey: nowhere, signature }))).toBe('TERMINAL_PROOF_FAILED');
  expect(codeOf(await enrol({ publicKey, signature, secret: 'x' }))).toBe('BAD_REQUEST');
  const held = newKey();
  const right = held.sign(enrolProofBytes(code));
  const browser = await apiTerminal(server, 'cajero1');
  const reply = await browser.request('POST', '/api/terminals', {
    code,
    name: 'propio',
    key: { publicKey: held.publicKey, signature: right },
  });
  expect(reply.status).toBe(201);
});

test('F22 P62 a revoked terminal gets no session by its key', async () => {
  const one = await enrolled(newKey());
  await owner.request('DELETE', `/api/terminals/${one.id}`);
  one.terminal.jar.clear();
  const { reply } = await login(one);
  expect([reply.status, codeOf(reply)]).toEqual([403, 'TERMINAL_REVOKED']);
});

test('S11 S12 P66 an invoice is taken with its terminal’s signature only, unsigned from before the key', async () => {
  const one = await enrolled(newKey());
  const { reply } = await login(one);
  const session = reply.body as ApiTerminal['session'];
  const { terminal } = one;
  Object.assign(terminal, { session });
  const products = (await terminal.pull('products', 0, 1)).documents;
  const chain = (change: object, key: SoftwareKey | null) => {
    const sale = terminal.ticket(products, change);
    const hash = invoiceHash(sale);
    const signature = key === null ? '' : key.sign(hexToBytes(hash));
    return { ...sale, chain: { ...sale.chain, hash, signature } };
  };
  const codes = async (...sales: object[]) => {
    const { accepted, rejected } = await terminal.push('invoices', sales);
    return [accepted.length, ...rejected.map(({ code }) => code)];
  };
  expect(await codes(chain({}, one.key))).toEqual([1]);
  expect(await codes(chain({}, newKey()))).toEqual([0, 'CHAIN_MISMATCH']);
  expect(await codes(chain({}, null))).toEqual([0, 'SIGNATURE_MISSING']);
  const other = chain({}, one.key);
  const moved = { ...chain({}, one.key).chain, signature: other.chain.signature };
  expect(await codes({ ...chain({}, one.key), chain: moved })).toEqual([0, 'CHAIN_MISMATCH']);

  /* Enrolled before there were keys: what it issued until the first signed one stays without. */
  const { auth } = server.context.store.scope(server.storeId);
  const old = await apiTerminal(server, 'cajero1');
  const oldId = old.enrolled.terminal.id;
  await auth.setPublicKey(oldId, JSON.stringify(one.key.publicKey));
  const [first, second, third] = [1, 2, 3].map(() => old.ticket(products));
  const sign = (sale: typeof first) => ({
    ...sale,
    chain: { ...sale?.chain, signature: one.key.sign(hexToBytes(sale?.chain.hash ?? '')) },
  });
  expect((await old.push('invoices', [second === undefined ? {} : sign(second)])).rejected).toEqual(
    [],
  );
  const { accepted, rejected } = await old.push('invoices', [first, third]);
  expect([accepted[0]?.id, rejected[0]?.id]).toEqual([first?.id, third?.id]);
  expect(rejected[0]?.code).toBe('SIGNATURE_MISSING');
});

test('the owner renames a terminal; nobody else does', async () => {
  const one = await enrolled(newKey());
  const path = `/api/terminals/${one.id}`;
  expect((await owner.request('PATCH', path, { name: ' Barra\n' })).status).toBe(204);
  const list = (await owner.request('GET', '/api/terminals')).body as {
    terminals: { id: string; name: string; hasKey: boolean }[];
  };
  expect(list.terminals.find(({ id }) => id === one.id)).toMatchObject({
    name: 'Barra',
    hasKey: true,
  });
  expect(codeOf(await owner.request('PATCH', path, { name: ' ' }))).toBe('BAD_REQUEST');
  const nobody = `/api/terminals/${randomUUID()}`;
  expect(codeOf(await owner.request('PATCH', nobody, { name: 'x' }))).toBe('NOT_FOUND');
  await login(one);
  expect(codeOf(await one.terminal.request('PATCH', path, { name: 'x' }))).toBe('FORBIDDEN');
});

test('the deterministic key of the tests signs as WebCrypto would be checked', () => {
  const key = softwareKey(Buffer.alloc(32, 7));
  const bytes = Buffer.from('hola');
  expect(key.sign(bytes)).toBe(softwareKey(Buffer.alloc(32, 7)).sign(bytes));
  expect(verifyBytes(key.publicKey, bytes, key.sign(bytes))).toBe(true);
});

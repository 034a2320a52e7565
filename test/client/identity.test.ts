import { randomBytes } from 'node:crypto';
import { hexToBytes } from '@noble/hashes/utils.js';
import type { TerminalKey } from '../../client/session/terminal-key';
import type { Invoice } from '../../schemas/invoices';
import { verifyStore } from '../../server/verify/verify-store';
import { verifyChain } from '../../shared/chain/signature';
import { passwordOf } from '../kit/api';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { program010 } from '../kit/program-0-1-0';
import { sell } from '../kit/sell';
import { softwareKey, terminalKeyOf } from '../kit/software-key';
import { startServer, type TestServer } from '../kit/start-server';

const OWNER = { userName: 'duena', password: passwordOf('duena') };

let server: TestServer;
let terminals: TestTerminal[] = [];

beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const terminal of terminals) await terminal.close();
  terminals = [];
  await server.close();
});

type Options = Partial<Parameters<typeof openTerminal>[0]>;
async function opened(options: Options = {}): Promise<TestTerminal> {
  const terminal = await openTerminal({ url: server.url, ...options });
  terminals.push(terminal);
  return terminal;
}
async function ready(options: Options = {}): Promise<TestTerminal> {
  const terminal = await opened(options);
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, OWNER);
  return terminal;
}
const login = ({ desk }: TestTerminal) => desk.session.login(OWNER);
const scope = () => server.context.store.scope(server.storeId);
const audits = async (action: string) => (await scope().journal.audits(action)).length;
const known = async () => (await scope().auth.terminals())[0];
const isLoginOf = (url: string, init: RequestInit) =>
  url.endsWith('/api/session') && init.method === 'POST';
/** What a profile holds by which it is known: its cookies and its small facts. */
const copyOf = async (from: TestTerminal, to: TestTerminal): Promise<void> => {
  for (const [name, value] of from.jar) to.jar.set(name, value);
  for (const setting of await from.desk.db.settings.find().exec()) {
    await to.desk.db.settings.incrementalUpsert(setting.toMutableJSON());
  }
  await to.reload();
};

test('P61 T20 a stolen cookie alone opens no session, not even with the password', async () => {
  const terminal = await ready();
  const thief = await opened();
  await thief.desk.session.enrol({ code: await server.newCode(), name: 'otro' });
  const other = thief.jar.get('mostrador_terminal');
  thief.jar.set('mostrador_terminal', terminal.jar.get('mostrador_terminal') ?? '');
  await expect(login(thief)).rejects.toMatchObject({ code: 'TERMINAL_PROOF_FAILED' });
  thief.jar.set('mostrador_terminal', other ?? '');
  await login(thief);
  await login(terminal);
});

test('F25 P62 a terminal that lost its cookie proves itself by its key and gets a new one', async () => {
  const terminal = await ready();
  await sell(terminal, 0);
  const before = terminal.jar.get('mostrador_terminal');
  terminal.jar.clear();
  await terminal.reload();
  await loginAndSync(terminal, OWNER);
  expect(terminal.jar.get('mostrador_terminal')).toBeDefined();
  expect(terminal.jar.get('mostrador_terminal')).not.toBe(before);
  await syncAll(terminal);
  expect(await terminal.desk.db.invoices.count({ selector: { pending: 1 } }).exec()).toBe(0);
  expect((await scope().auth.terminals()).length).toBe(1);
  expect(await audits('terminalCredentialRenewed')).toBe(1);
});

test('F20 P62 a browser that forgot its cookies in mid sync asks for the password in place and continues', async () => {
  const terminal = await ready();
  await sell(terminal, 0);
  terminal.jar.clear();
  const { desk } = terminal;
  desk.sync.send({ type: 'askAll' });
  desk.sync.send({ type: 'accept' });
  desk.sync.send({ type: 'run' });
  await new Promise<void>((resolve) => {
    const waiting = desk.sync.run$.subscribe(({ phase }) => {
      if (phase === 'needs-password') resolve();
    });
    void desk.sync.idle().then(() => waiting.unsubscribe());
  });
  await desk.sync.reauthenticate(OWNER.password);
  await desk.sync.idle();
  expect(desk.sync.run$.getValue()).toMatchObject({ phase: 'done' });
});

test('F25 P63 an enrolment whose answer is lost is repeated with the same code: one terminal, one number', async () => {
  const terminal = await opened();
  const code = await server.newCode();
  terminal.network.isLost = (url) => url.endsWith('/api/terminals');
  await expect(terminal.desk.session.enrol({ code, name: 'Caja' })).rejects.toMatchObject({
    code: 'NETWORK',
  });
  terminal.network.isLost = undefined;
  /* Pasted this time, with what stood around it. */
  await terminal.desk.session.enrol({ code: `${' '.repeat(40)}${code}\t`, name: 'Caja' });
  await login(terminal);
  expect((await scope().auth.terminals()).map(({ number }) => number)).toEqual([1]);
  const other = await opened();
  await expect(other.desk.session.enrol({ code, name: 'Caja' })).rejects.toMatchObject({
    code: 'CODE_INVALID',
  });
});

test('F13 P64 T21 a copied profile is noticed by whichever logs in second, and neither loses a sale', async () => {
  const key = terminalKeyOf(softwareKey(randomBytes(32)));
  const openKey = () => Promise.resolve(key);
  const original = await ready({ openKey });
  const copy = await opened({ openKey });
  await copyOf(original, copy);
  await loginAndSync(original, OWNER);
  expect(original.desk.session.state$.getValue()).not.toHaveProperty('copied');
  expect(await audits('terminalCopied')).toBe(0);

  await loginAndSync(copy, OWNER);
  expect(copy.desk.session.state$.getValue()).toMatchObject({ copied: true });
  expect(await audits('terminalCopied')).toBe(1);
  expect((await known())?.copiedAt).not.toBe('');
  /* The other one is told too. */
  await loginAndSync(original, OWNER);
  expect(original.desk.session.state$.getValue()).toMatchObject({ copied: true });
  const list = await original.desk.terminals.list();
  expect(list[0]?.copiedAt).not.toBe('');

  const sales = [await sell(original, 0), await sell(copy, 1)];
  await syncAll(original);
  /* The other's login ended this one's session (P104): it is asked for a password, and goes on. */
  await loginAndSync(copy, OWNER);
  await syncAll(copy);
  const stored = await scope().documents.find(
    'invoices',
    sales.map(({ id }) => id),
  );
  expect(stored.size).toBe(2);
});

test('F13 T21 answers that are lost, and restarts, never look like a copy', async () => {
  const terminal = await ready();
  for (let round = 0; round < 3; round++) {
    for (let lost = 0; lost < 2; lost++) {
      /* Not logged in offline instead: what matters is that the server took the login. */
      terminal.network.isLost = isLoginOf;
      await login(terminal);
      expect(terminal.desk.session.state$.getValue()).toMatchObject({ mode: 'offline' });
      await terminal.reload();
    }
    terminal.network.isLost = undefined;
    await login(terminal);
    await server.restart();
    await login(terminal);
  }
  expect(await audits('terminalCopied')).toBe(0);
  expect((await known())?.copiedAt).toBe('');
});

test('F12 P64 after a restore no honest terminal looks like a copy', async () => {
  const terminal = await ready();
  await scope().auth.setNonce((await known())?.id ?? '', 'an older one');
  await server.context.store.setEpoch(server.storeId, 'another-life');
  await login(terminal);
  expect(await audits('terminalCopied')).toBe(0);
});

test('F8 P65 a terminal of version 0.1.0 registers its key at its next login, once and audited', async () => {
  const terminal = await ready({ olderProgram: program010 });
  const unsigned = await sell(terminal, 0);
  expect((await known())?.publicKey).toBe('');
  await terminal.reload();
  /* Not before the server knows the key: it would refuse what it cannot check. */
  expect((await sell(terminal, 0)).chain.signature).toBe('');
  await loginAndSync(terminal, OWNER);
  await loginAndSync(terminal, OWNER);
  const publicKey = (await known())?.publicKey ?? '';
  expect(JSON.parse(publicKey)).toMatchObject({ kty: 'EC', crv: 'P-256' });
  expect(await audits('terminalKeyRegistered')).toBe(1);
  const signed = await sell(terminal, 1);
  await syncAll(terminal);
  expect(await terminal.desk.db.rejected.count().exec()).toBe(0);
  expect(verifyChain(JSON.parse(publicKey), signed.chain)).toBe(true);
  /* What was still pending from before the key was signed on its way out. */
  expect((await known())?.signedFrom).toBe(unsigned.serial);
  expect((await scope().documents.find('invoices', [unsigned.id])).size).toBe(1);

  const other = await ready();
  other.jar.set('mostrador_terminal', terminal.jar.get('mostrador_terminal') ?? '');
  await expect(login(other)).rejects.toMatchObject({ code: 'TERMINAL_PROOF_FAILED' });
});

/** A key that can be made to fail. */
function failingKey() {
  const own = softwareKey(randomBytes(32));
  const state = { fails: false };
  const key: TerminalKey = {
    publicKey: own.publicKey,
    sign: (bytes) =>
      state.fails ? Promise.reject(new Error('gone')) : Promise.resolve(own.sign(bytes)),
  };
  return { own, state, openKey: () => Promise.resolve(key) };
}
const storedInvoices = async (...ids: string[]) => {
  const stored = await scope().documents.find('invoices', ids);
  return ids.map((id) => JSON.parse(stored.get(id)?.json ?? 'null') as Invoice | null);
};
const leftPending = (terminal: TestTerminal) =>
  terminal.desk.db.invoices.count({ selector: { pending: 1 } }).exec();
const refusals = async (terminal: TestTerminal) =>
  (await terminal.desk.db.rejected.find().exec()).map(({ code }) => code);

test('S11 T22 every document is signed by its terminal, and a key that fails does not stop a sale', async () => {
  const { own, state, openKey } = failingKey();
  const terminal = await ready({ openKey });
  const sale = await sell(terminal, 0);
  const note = await terminal.desk.sales.creditNote(sale, { reason: 'devuelto' });
  expect([sale, note].map(({ chain }) => verifyChain(own.publicKey, chain))).toEqual([true, true]);
  expect(sale.chain.signature).toBe(own.sign(hexToBytes(sale.chain.hash)));
  state.fails = true;
  expect((await sell(terminal, 1)).chain.signature).toBe('');
});

test('T60 what was issued while the key failed is signed before it is sent, with its number and hash as they were', async () => {
  const { own, state, openKey } = failingKey();
  const terminal = await ready({ openKey });
  await sell(terminal, 0);
  await syncAll(terminal);
  state.fails = true;
  const sale = await sell(terminal, 0);
  state.fails = false;
  const next = await sell(terminal, 0);
  expect(next.chain.prev).toBe(sale.chain.hash);
  await syncAll(terminal);
  expect(await refusals(terminal)).toEqual([]);
  expect(await leftPending(terminal)).toBe(0);
  const [stored] = await storedInvoices(sale.id);
  expect(stored).toMatchObject({ consecutive: sale.consecutive, serial: sale.serial });
  expect(stored?.chain).toEqual({ ...sale.chain, signature: expect.anything() });
  expect(stored?.edit).not.toBe(sale.edit);
  expect(verifyChain(own.publicKey, stored?.chain ?? sale.chain)).toBe(true);
});

test('S11 P66 T60 while the key fails the refusal says so, and the first sync with the key settles it', async () => {
  const { state, openKey } = failingKey();
  const terminal = await ready({ openKey });
  await sell(terminal, 0);
  await syncAll(terminal);
  state.fails = true;
  const sale = await sell(terminal, 0);
  await syncAll(terminal);
  expect(await refusals(terminal)).toEqual(['SIGNATURE_MISSING']);
  expect(await leftPending(terminal)).toBe(1);
  state.fails = false;
  await syncAll(terminal);
  expect(await refusals(terminal)).toEqual([]);
  expect(await leftPending(terminal)).toBe(0);
  expect((await storedInvoices(sale.id))[0]?.chain.signature).not.toBe('');
});

test('F3 T60 what the server took unsigned, and nobody heard, is recognised when it comes signed', async () => {
  const terminal = await ready({ olderProgram: program010 });
  const sale = await sell(terminal, 0);
  terminal.network.isLost = (url, init) =>
    url.endsWith('/api/sync/invoices') && init.method === 'POST';
  await syncAll(terminal);
  expect(await leftPending(terminal)).toBe(1);
  expect((await storedInvoices(sale.id))[0]?.id).toBe(sale.id);
  terminal.network.isLost = undefined;
  await terminal.reload();
  await loginAndSync(terminal, OWNER);
  const next = await sell(terminal, 0);
  await syncAll(terminal);
  expect(await refusals(terminal)).toEqual([]);
  expect(await leftPending(terminal)).toBe(0);
  const here = await terminal.desk.db.invoices.findByIds([sale.id, next.id]).exec();
  expect([sale.id, next.id].map((id) => here.get(id)?.chain.signature === '')).toEqual([
    true,
    false,
  ]);
  expect((await verifyStore(scope(), async () => {})).map(({ bad }) => bad)).toEqual([null]);
});

test('T22 a browser that lost its key signs by no other one', async () => {
  const keys = [softwareKey(randomBytes(32)), softwareKey(randomBytes(32))].map(terminalKeyOf);
  let at = 0;
  const terminal = await ready({ openKey: () => Promise.resolve(keys[at] ?? null) });
  expect((await sell(terminal, 0)).chain.signature).not.toBe('');
  at = 1;
  expect((await sell(terminal, 0)).chain.signature).toBe('');
});

test('F14 a login and a sync run of two tabs lose nothing of each other in the identity', async () => {
  const terminal = await ready();
  const { db } = terminal.desk;
  const identity = async () =>
    (await db.settings.findOne('identity').exec())?.toMutableJSON().value as {
      epoch: string;
      store: { name: string };
    };
  const put = async (change: object) =>
    db.settings.incrementalUpsert({ id: 'identity', value: { ...(await identity()), ...change } });
  /* Another tab adopts a new life of the server's data while the login is under way. */
  terminal.network.intercept = async (url, init) => {
    if (isLoginOf(url, init)) await put({ epoch: 'of another tab' });
    return undefined;
  };
  await login(terminal);
  expect(await identity()).toMatchObject({ epoch: 'of another tab' });
  await terminal.desk.sync.idle();

  /* Another tab logs in, and hears of the store's new name, while this one reads a new life. */
  const { store } = await identity();
  await server.context.store.setEpoch(server.storeId, 'another-life');
  terminal.network.intercept = async (url) => {
    if (url.includes('/api/sync/products?')) await put({ store: { ...store, name: 'Otra' } });
    return undefined;
  };
  await syncAll(terminal);
  expect(await identity()).toMatchObject({ epoch: 'another-life', store: { name: 'Otra' } });
});

test('a browser that can hold no key is a terminal all the same, known by its cookie', async () => {
  const terminal = await ready({ openKey: () => Promise.resolve(null) });
  const sale = await sell(terminal, 0);
  await syncAll(terminal);
  expect([sale.chain.signature, (await known())?.publicKey]).toEqual(['', '']);
  expect(await terminal.desk.db.rejected.count().exec()).toBe(0);
  expect((await terminal.desk.terminals.list())[0]).toMatchObject({ hasKey: false, copiedAt: '' });
  terminal.jar.clear();
  await expect(login(terminal)).rejects.toMatchObject({ code: 'TERMINAL_UNKNOWN' });
});

import { randomUUID } from 'node:crypto';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { verifyStore } from '../../server/verify/verify-store';
import { invoiceHash } from '../../shared/chain/invoice-hash';
import type { Verification } from '../../shared/protocol/audit-messages';
import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { loginAndSync, openTerminal, syncAll } from '../kit/open-terminal';
import { runCommand } from '../kit/run-command';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

jest.setTimeout(60_000);

let server: TestServer;
let product: Product;

beforeAll(async () => {
  server = await startServer();
  const reader = await apiTerminal(server, 'duena');
  const [first] = (await reader.pull('products', 0, 1)).documents;
  if (first === undefined) throw new Error('no product');
  product = first;
});
afterAll(() => server.close());

/** A terminal that has sold five times, and its sales in order. */
async function sold(): Promise<{ desk: ApiTerminal; sales: Invoice[] }> {
  const desk = await apiTerminal(server, 'cajero1');
  const sales = Array.from({ length: 5 }, () => desk.ticket([product]));
  expect((await desk.push('invoices', sales)).accepted).toHaveLength(5);
  return { desk, sales };
}

/** What somebody with the database in hand could do, past all the server's rules. */
const tamper = (...statements: string[]): Promise<number> => server.database.run(...statements);
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const written = (invoice: Invoice): string =>
  `UPDATE documents SET json = ${quoted(JSON.stringify(invoice))} WHERE id = ${quoted(invoice.id)}`;
const gone = ({ id }: Invoice): string => `DELETE FROM documents WHERE id = ${quoted(id)}`;

const verdictOf = async (terminalId: string) => {
  const verdicts = await verifyStore(server.context.store.scope(server.storeId), async () => {});
  return verdicts.find((verdict) => verdict.terminalId === terminalId);
};
const at = (sales: readonly Invoice[], index: number): Invoice => {
  const sale = sales[index];
  if (sale === undefined) throw new Error(`no sale ${index}`);
  return sale;
};
const sealed = (invoice: Invoice): Invoice => ({
  ...invoice,
  chain: { ...invoice.chain, hash: invoiceHash(invoice) },
});

test('P75 chains that nobody touched hold, and the last hash is the one of the last receipt', async () => {
  const { desk, sales } = await sold();
  expect(await verdictOf(desk.session.terminal.id)).toMatchObject({
    number: desk.session.terminal.number,
    name: 'API',
    count: 5,
    lastHash: at(sales, 4).chain.hash,
    bad: null,
  });
});

test('S11 P75 a total that was edited is named', async () => {
  const { desk, sales } = await sold();
  const victim = at(sales, 2);
  const cheap = { ...victim, totals: { ...victim.totals, total: 1 } };
  await tamper(written(cheap));
  expect((await verdictOf(desk.session.terminal.id))?.bad).toMatchObject({
    fault: 'CONTENT_CHANGED',
    invoiceId: victim.id,
    consecutive: victim.consecutive,
    serial: victim.serial,
    expected: victim.chain.hash,
  });
});

test('S11 P75 an edited invoice that was sealed anew breaks the link of the next one', async () => {
  const { desk, sales } = await sold();
  const forged = sealed({ ...at(sales, 2), notes: 'otra cosa' });
  await tamper(written(forged));
  expect((await verdictOf(desk.session.terminal.id))?.bad).toMatchObject({
    fault: 'PREVIOUS_MISSING',
    invoiceId: at(sales, 3).id,
    expected: forged.chain.hash,
    found: at(sales, 2).chain.hash,
  });
});

test('S11 P75 a deleted invoice is missed, in the middle and at the end', async () => {
  const middle = await sold();
  const end = await sold();
  await tamper(gone(at(middle.sales, 1)), gone(at(end.sales, 4)));
  expect((await verdictOf(middle.desk.session.terminal.id))?.bad).toMatchObject({
    fault: 'PREVIOUS_MISSING',
    invoiceId: at(middle.sales, 2).id,
    found: at(middle.sales, 1).chain.hash,
  });
  expect((await verdictOf(end.desk.session.terminal.id))?.bad).toMatchObject({
    fault: 'DOCUMENT_MISSING',
    invoiceId: at(end.sales, 4).id,
    consecutive: at(end.sales, 4).consecutive,
  });
});

test('S11 P75 two invoices that changed places are named', async () => {
  const { desk, sales } = await sold();
  const [one, two] = [at(sales, 1), at(sales, 2)];
  await tamper(
    written(sealed({ ...one, serial: two.serial })),
    written(sealed({ ...two, serial: one.serial })),
  );
  expect((await verdictOf(desk.session.terminal.id))?.bad).toMatchObject({
    fault: 'PREVIOUS_MISSING',
    invoiceId: two.id,
  });
});

test('S11 P75 a whole chain that was built anew from one place on lacks a number, or what was taken', async () => {
  const { desk, sales } = await sold();
  const rebuilt: Invoice[] = [];
  for (const sale of [at(sales, 3), at(sales, 4)]) {
    const prev = (rebuilt.at(-1) ?? at(sales, 1)).chain.hash;
    rebuilt.push(sealed({ ...sale, chain: { ...sale.chain, prev } }));
  }
  await tamper(gone(at(sales, 2)), ...rebuilt.map(written));
  expect((await verdictOf(desk.session.terminal.id))?.bad).toMatchObject({
    fault: 'NUMBER_MISSING',
    invoiceId: at(sales, 3).id,
    expected: '3',
    found: '4',
  });
});

test('S11 P75 a text that is no invoice any more is missed', async () => {
  const { desk, sales } = await sold();
  await tamper(`UPDATE documents SET json = '{}' WHERE id = ${quoted(at(sales, 4).id)}`);
  expect((await verdictOf(desk.session.terminal.id))?.bad).toMatchObject({
    fault: 'DOCUMENT_MISSING',
    invoiceId: at(sales, 4).id,
  });
});

test('S11 P75 two invoices that follow the same one: both are kept, the later is flagged, and named', async () => {
  const { desk, sales } = await sold();
  const stray = sealed({
    ...desk.ticket([product]),
    id: randomUUID(),
    edit: randomUUID(),
    chain: { ...at(sales, 4).chain, prev: at(sales, 1).chain.hash },
  });
  const reply = await desk.push('invoices', [stray]);
  expect(reply.accepted).toMatchObject([{ id: stray.id }]);
  const stored = (await desk.pull('invoices')).documents as Invoice[];
  expect(stored.find(({ id }) => id === stray.id)?.flags).toEqual(['CHAIN_BROKEN']);
  expect((await verdictOf(desk.session.terminal.id))?.bad).toMatchObject({
    fault: 'FORKED',
    invoiceId: stray.id,
  });
});

test('S11 P75 a signature that is another one’s, or that was taken off, is named', async () => {
  const terminal = await openTerminal({ url: server.url });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Firma' });
  await loginAndSync(terminal, { userName: 'cajero1', password: passwordOf('cajero1') });
  const sales = [await sell(terminal, 0), await sell(terminal, 1), await sell(terminal, 2)];
  await syncAll(terminal);
  const { terminalId } = at(sales, 0);
  expect(await verdictOf(terminalId)).toMatchObject({ count: 3, signed: 3, bad: null });
  const victim = at(sales, 1);
  const signed = (signature: string): Invoice => ({
    ...victim,
    chain: { ...victim.chain, signature },
  });
  await tamper(written(signed(at(sales, 2).chain.signature)));
  expect((await verdictOf(terminalId))?.bad).toMatchObject({
    fault: 'SIGNATURE_WRONG',
    invoiceId: victim.id,
  });
  /* All of them, so that nothing before shows that it had begun to sign: the server remembers since when it does. */
  await tamper(
    ...sales.map((sale) => written({ ...sale, chain: { ...sale.chain, signature: '' } })),
  );
  expect((await verdictOf(terminalId))?.bad).toMatchObject({
    fault: 'SIGNATURE_MISSING',
    invoiceId: at(sales, 0).id,
  });
  await terminal.close();
});

test('S11 P75 the owner, and only the owner, has the chains walked; the command says the same and ends with 1', async () => {
  const owner = await apiTerminal(server, 'duena');
  const supervisor = await apiTerminal(server, 'supervisora');
  expect((await supervisor.request('POST', '/api/verifications')).status).toBe(403);
  const reply = await owner.request('POST', '/api/verifications');
  const { terminals } = reply.body as Verification;
  const bad = terminals.filter((terminal) => terminal.bad !== null);
  expect(bad.length).toBeGreaterThan(5);
  const command = (...args: string[]) => runCommand(server, 'verify', args);
  const json = command('--store', server.storeId, '--json');
  expect(json.status).toBe(1);
  expect(JSON.parse(json.stdout)).toEqual({ store: server.storeId, terminals });
  const text = command('--store', server.storeId);
  expect(text.status).toBe(1);
  expect(text.stdout).toContain('MAL');
  expect(text.stdout).toContain('El contenido no es el que se selló');
  expect(text.stdout).toContain(bad[0]?.bad?.consecutive ?? 'nothing');
});

test('P75 P86 a walk leaves the server to others between two pieces, and is made once for all who ask meanwhile', async () => {
  const desk = await apiTerminal(server, 'cajero1');
  const sales = Array.from({ length: 120 }, () => desk.ticket([product]));
  await desk.push('invoices', sales);
  const { store } = server.context;
  let pauses = 0;
  const verdicts = await verifyStore(store.scope(server.storeId), async () => {
    pauses += 1;
  });
  const count = verdicts.reduce((sum, verdict) => sum + verdict.count, 0);
  /* At least after every fifty that are read, and after every fifty that are walked. */
  expect(pauses).toBeGreaterThanOrEqual(2 * Math.floor(count / 50));

  const order: string[] = [];
  const scopeOf = store.scope.bind(store);
  jest.spyOn(store, 'scope').mockImplementation((storeId) => {
    const scope = scopeOf(storeId);
    const { documents, journal } = scope;
    return {
      ...scope,
      documents: {
        ...documents,
        page: (...of) => {
          order.push('read');
          setImmediate(() => order.push('others'));
          return documents.page(...of);
        },
      },
      journal: {
        ...journal,
        audit: (entry) => {
          if (entry.action === 'chainVerified') order.push('end');
          return journal.audit(entry);
        },
      },
    };
  });
  const owner = await apiTerminal(server, 'duena');
  order.length = 0;
  const ask = () => owner.request('POST', '/api/verifications').then(({ status }) => status);
  expect(await Promise.all([ask(), ask()])).toEqual([200, 200]);
  jest.restoreAllMocks();
  const turns = order.filter((turn) => turn !== 'read');
  expect(turns.indexOf('others')).toBeLessThan(turns.indexOf('end'));
  expect(order.filter((turn) => turn === 'read')).toHaveLength(Math.ceil(count / 500));
  expect(order.filter((turn) => turn === 'end')).toHaveLength(2);
});

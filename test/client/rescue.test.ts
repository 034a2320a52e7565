import { randomBytes } from 'node:crypto';
import { firstValueFrom } from 'rxjs';
import { countPending } from '../../client/pending/pending-counts';
import { openRescue, sealRescue } from '../../client/rescue/seal';
import type { OpenTerminalKey } from '../../client/session/terminal-key';
import { QUARANTINE_MAX } from '../../server/http/keep-aside';
import type { AppError } from '../../shared/errors/app-error';
import {
  parseRescueFile,
  type RescueContent,
  type RescueFile,
  rescueChecksum,
} from '../../shared/rescue/rescue-file';
import { aNewClient } from '../kit/a-client';
import { changeUser } from '../kit/change-user';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { softwareKey, terminalKeyOf } from '../kit/software-key';
import { startServer, type TestServer } from '../kit/start-server';

jest.setTimeout(60_000);

const SUPERVISOR = { userName: 'supervisora', password: 'demo-supervisora' };
const CASHIER = { userName: 'cajero1', password: 'demo-cajero1' };

let server: TestServer;
const open: TestTerminal[] = [];

beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
  await server.close();
});

async function terminal(
  credentials: { userName: string; password: string },
  openKey?: OpenTerminalKey,
): Promise<TestTerminal> {
  const made = await openTerminal({
    url: server.url,
    ...(openKey === undefined ? {} : { openKey }),
  });
  open.push(made);
  await made.desk.session.enrol({ code: await server.newCode(), name: `Caja ${open.length}` });
  await loginAndSync(made, credentials);
  return made;
}
const scope = () => server.context.store.scope(server.storeId);
const unplug = ({ network }: TestTerminal): void => {
  network.intercept = () => Promise.reject(new TypeError('no network'));
};
const plugIn = ({ network }: TestTerminal): void => {
  network.intercept = undefined;
};
const codeOf = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'none',
    /* Each terminal has a copy of the code, and so a class of errors of its own. */
    (error: Partial<AppError>) => error.code ?? String(error),
  );

/** Two tickets, a new client and an edited one, none of which the server has heard of. */
async function workOffline(stuck: TestTerminal) {
  unplug(stuck);
  const { desk } = stuck;
  const first = await sell(stuck, 0);
  const second = await sell(stuck, 1, 2000);
  const [known] = await desk.db.clients.find({ sort: [{ name: 'asc' }] }).exec();
  if (known === undefined) throw new Error('no client');
  const born = await desk.clients.create(aNewClient({ name: 'Nueva de rescate' }));
  await desk.clients.edit(known.id, { notes: 'desde la caja aislada' });
  return { first, second, born, known: known.id };
}

async function stockMatches(productId: string): Promise<void> {
  const stored = (await scope().documents.find('stock', [productId])).get(productId);
  const { onHand } = JSON.parse(stored?.json ?? '{}') as { onHand: number };
  expect(onHand).toBe(await scope().ledger.sumOfMoves(productId));
}

/** As the owner does it. */
async function revoke({ desk }: TestTerminal): Promise<void> {
  const state = desk.session.state$.getValue();
  if (!('terminal' in state)) throw new Error('no terminal');
  await scope().auth.revokeTerminal(state.terminal.id, '2026-11-24T12:00:00.000Z');
}

test('P80 P82 T40 a file brought in twice, then its terminal syncs: everything once, stock right, both equal to the server', async () => {
  const stuck = await terminal(CASHIER);
  const helper = await terminal(SUPERVISOR);
  const work = await workOffline(stuck);
  const made = await stuck.desk.rescue.make();
  expect(made.facts.counts).toEqual({
    clients: 2,
    products: 0,
    invoices: 2,
    movements: 0,
    shifts: 0,
  });
  expect(made.facts.invoicesTotal).toBe(work.first.totals.total + work.second.totals.total);
  for (const secret of ['Nueva de rescate', work.first.clave, work.first.id]) {
    expect(made.text).not.toContain(secret);
  }
  expect(await countPending(stuck.desk.db, 'clients')).toBe(2);
  expect(await countPending(stuck.desk.db, 'invoices')).toBe(2);

  const request = { text: made.text, key: made.key };
  const once = await helper.desk.rescue.bringIn(request);
  expect(once.rows.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    'clients saved',
    'clients saved',
    'invoices saved',
    'invoices saved',
  ]);
  const after = await scope().documents.status();
  const twice = await helper.desk.rescue.bringIn(request);
  expect(twice.rows.map(({ outcome }) => outcome)).toEqual(['saved', 'saved', 'saved', 'saved']);
  expect(await scope().documents.status()).toEqual(after);

  plugIn(stuck);
  await stuck.desk.status.checkConnection();
  await syncAll(stuck);
  expect(await stuck.desk.db.conflicts.find().exec()).toEqual([]);
  expect(await stuck.desk.db.rejected.find().exec()).toEqual([]);
  expect(await scope().documents.status()).toEqual(after);
  await syncAll(helper);
  for (const { desk } of [stuck, helper]) {
    for (const collection of ['clients', 'products', 'invoices'] as const) {
      const proofs = await firstValueFrom(desk.proof.proofs$);
      expect(proofs.find((entry) => entry.collection === collection)?.equality).toBe('equal');
    }
    const issued = await desk.db.invoices.find().exec();
    expect(issued.map(({ id }) => id).sort()).toEqual([work.first.id, work.second.id].sort());
  }
  for (const { lines } of [work.first, work.second]) {
    for (const { productId } of lines) {
      await stockMatches(productId);
      expect(await stuck.desk.stock.shownOf([productId])).toEqual(
        await helper.desk.stock.shownOf([productId]),
      );
    }
  }
  const audits = await scope().journal.audits('rescueImported');
  expect(audits.map(({ details }) => [details['collection'], details['accepted']])).toEqual([
    ['clients', 2],
    ['invoices', 2],
    ['clients', 2],
    ['invoices', 2],
  ]);
});

/** The file again, with another content under the same key. */
async function resealed(
  { text, key }: { text: string; key: string },
  change: (content: RescueContent) => RescueContent,
): Promise<{ text: string; key: string }> {
  const file = parseRescueFile(text);
  const content = change(await openRescue(file, key));
  const again = await sealRescue({ facts: file.facts, content }, (length) => '3'.repeat(length));
  return { text: JSON.stringify(again.file), key: again.key };
}
const openRescueOf = ({ text, key }: { text: string; key: string }): Promise<RescueContent> =>
  openRescue(parseRescueFile(text), key);
const provenance = async () =>
  (await scope().journal.audits('rescueImported')).map(({ details }) => [
    details['proven'] === true,
    details['unproven'] === true,
  ]);

test('P87 S12 a file that its terminal signed is known as its own; what was changed in it is refused, and a file without a signature is marked', async () => {
  const stuck = await terminal(CASHIER);
  const helper = await terminal(SUPERVISOR);
  await workOffline(stuck);
  const made = await stuck.desk.rescue.make();
  const before = await scope().documents.status();
  const forged = await resealed(made, ({ documents, ...rest }) => {
    const clients = documents.clients.map((client) => ({ ...(client as object), name: 'Otra' }));
    return { ...rest, documents: { ...documents, clients } };
  });
  expect(await codeOf(helper.desk.rescue.bringIn(forged))).toBe('RESCUE_PROOF_FAILED');
  const fewer = await resealed(made, ({ documents, ...rest }) => ({
    ...rest,
    documents: { ...documents, clients: documents.clients.slice(1) },
  }));
  expect(await codeOf(helper.desk.rescue.bringIn(fewer))).toBe('RESCUE_PROOF_FAILED');
  expect(await scope().documents.status()).toEqual(before);
  expect(await provenance()).toEqual([]);

  const bare = await resealed(made, ({ documents }) => ({ documents }));
  await helper.desk.rescue.bringIn(bare);
  await helper.desk.rescue.bringIn(made);
  const [unproven, proven] = [
    [false, true],
    [true, false],
  ];
  expect(await provenance()).toEqual([unproven, unproven, proven, proven]);
  /* As a program before the signature made it. */
  const file = JSON.parse(bare.text) as RescueFile;
  const older = { ...file, version: 1 as const };
  const text = JSON.stringify({ ...older, checksum: rescueChecksum(older) });
  const { rows } = await helper.desk.rescue.bringIn({ text, key: bare.key });
  expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['saved']));
});

test('T60 P87 what was issued while the key failed is signed before it goes into a file', async () => {
  const key = terminalKeyOf(softwareKey(randomBytes(32)));
  const state = { fails: false };
  const stuck = await terminal(CASHIER, () =>
    state.fails ? Promise.reject(new Error('the key store fails')) : Promise.resolve(key),
  );
  const helper = await terminal(SUPERVISOR);
  await sell(stuck, 0);
  await syncAll(stuck);
  unplug(stuck);
  state.fails = true;
  const sale = await sell(stuck, 0);
  expect(sale.chain.signature).toBe('');
  /* A key that fails still is no reason to lose the file: it is only not signed. */
  expect((await openRescueOf(await stuck.desk.rescue.make())).signature).toBe(undefined);
  state.fails = false;
  const { rows } = await helper.desk.rescue.bringIn(await stuck.desk.rescue.make());
  expect(rows).toMatchObject([{ id: sale.id, outcome: 'saved' }]);
  expect(await provenance()).toEqual([[true, false]]);
});

test('P81 a cashier brings nothing in; the author’s role counts, not only that of who brings it', async () => {
  const stuck = await terminal(SUPERVISOR);
  const other = await terminal(CASHIER);
  unplug(stuck);
  const [product] = await stuck.desk.db.products.find().exec();
  await stuck.desk.products.edit(product?.id ?? '', { price: 12_300 });
  const made = await stuck.desk.rescue.make();
  expect(await codeOf(other.desk.rescue.bringIn({ text: made.text, key: made.key }))).toBe(
    'FORBIDDEN',
  );
  const helper = await terminal({ userName: 'duena', password: 'demo-duena' });
  await changeUser(server, 'supervisora', { role: 'cashier' });
  const { rows } = await helper.desk.rescue.bringIn({ text: made.text, key: made.key });
  expect(rows).toEqual([
    expect.objectContaining({ outcome: 'rejected', code: 'ROLE_NOT_ALLOWED' }),
  ]);
});

test('T41 a wrong key, a damaged or newer file, and a file of another store say so, and change nothing', async () => {
  const stuck = await terminal(CASHIER);
  const helper = await terminal(SUPERVISOR);
  expect(await codeOf(stuck.desk.rescue.make())).toBe('RESCUE_EMPTY');
  await workOffline(stuck);
  const { text, key } = await stuck.desk.rescue.make();
  const before = await scope().documents.status();
  const file = JSON.parse(text) as Record<string, unknown> & { facts: Record<string, unknown> };
  const bring = (change: string, with_: string = key) =>
    codeOf(helper.desk.rescue.bringIn({ text: change, key: with_ }));
  expect(await bring(text, key.replaceAll('7', '1'))).toBe('RESCUE_WRONG_KEY');
  expect(await bring(text, '')).toBe('RESCUE_WRONG_KEY');
  expect(await bring('no es nada')).toBe('RESCUE_DAMAGED');
  expect(await bring(text.slice(0, -40))).toBe('RESCUE_DAMAGED');
  expect(await bring(text.replace(/"sealed":"..../, '"sealed":"AAAA'))).toBe('RESCUE_DAMAGED');
  expect(await bring(JSON.stringify({ ...file, version: 3 }))).toBe('RESCUE_TOO_NEW');
  const { rescueChecksum } = await import('../../shared/rescue/rescue-file');
  const forged = (facts: object): string => {
    const changed = { ...file, facts: { ...file.facts, ...facts } };
    return JSON.stringify({ ...changed, checksum: rescueChecksum(changed as never) });
  };
  expect(await bring(forged({ storeId: 'otra' }))).toBe('RESCUE_FOREIGN');
  expect(await bring(forged({ protocol: 99 }))).toBe('PROTOCOL_MISMATCH');
  expect(await bring(forged({ invoicesTotal: 1 }))).toBe('RESCUE_WRONG_KEY');
  expect(await scope().documents.status()).toEqual(before);
});

test('P83 F22 the file of a revoked terminal is applied by nobody, and kept aside once', async () => {
  const stuck = await terminal(CASHIER);
  const helper = await terminal(SUPERVISOR);
  await workOffline(stuck);
  const { text, key } = await stuck.desk.rescue.make();
  await revoke(stuck);
  const before = await scope().documents.status();
  for (let i = 0; i < 2; i++) {
    expect(await codeOf(helper.desk.rescue.bringIn({ text, key }))).toBe('RESCUE_REVOKED');
  }
  /* All of it, by the file alone: its terminal may never come back. */
  const brought = (await scope().journal.keptAside()).map(({ collection }) => collection);
  expect(brought).toContain('invoices');
  expect(brought.length).toBeGreaterThan(1);
  expect(await scope().documents.status()).toEqual(before);
  plugIn(stuck);
  await stuck.desk.status.checkConnection();
  await syncAll(stuck);
  /* Its first stage tries a push of its own before it hands over; what it then hands over is there already. */
  const kept = (await scope().journal.keptAside()).filter(
    ({ body }) => !body.includes('assumedMasterState'),
  );
  expect(kept.map(({ collection }) => collection).sort()).toEqual(['clients', 'invoices']);
});

test('P85 F22 where the server keeps no more aside, neither who imports nor the terminal is told that it did', async () => {
  const stuck = await terminal(CASHIER);
  const helper = await terminal(SUPERVISOR);
  await workOffline(stuck);
  const { text, key } = await stuck.desk.rescue.make();
  await revoke(stuck);
  for (let n = 0; n < QUARANTINE_MAX; n++) {
    const filler = { id: `f${n}`, at: 'x', terminalId: 't', collection: 'x', body: '' };
    await scope().journal.quarantine(filler);
  }
  expect(await codeOf(helper.desk.rescue.bringIn({ text, key }))).toBe('QUARANTINE_FULL');
  plugIn(stuck);
  await stuck.desk.status.checkConnection();
  /* Its pulls are refused as those of a revoked terminal; what it hands over then is what counts. */
  await syncAll(stuck);
  const [run] = await stuck.desk.db.runs.find({ sort: [{ startedAt: 'desc' }] }).exec();
  expect(run?.errorCode).toBe('QUARANTINE_FULL');
  expect(await countPending(stuck.desk.db, 'invoices')).toBe(2);
});

test('F12 P84 a file from before a restore: refused by name, then only what overwrites nothing is taken', async () => {
  const stuck = await terminal(CASHIER);
  const helper = await terminal(SUPERVISOR);
  const work = await workOffline(stuck);
  const { text, key } = await stuck.desk.rescue.make();
  await server.context.store.setEpoch(server.storeId, 'another-life');
  expect(await codeOf(helper.desk.rescue.bringIn({ text, key }))).toBe('RESCUE_OLD_EPOCH');
  const { rows } = await helper.desk.rescue.bringIn({ text, key, isAcrossEpochs: true });
  const outcomes = Object.fromEntries(rows.map(({ id, outcome }) => [id, outcome]));
  expect(outcomes).toEqual({
    [work.born.id]: 'saved',
    [work.known]: 'conflict',
    [work.first.id]: 'saved',
    [work.second.id]: 'saved',
  });
});

test('P80 a conflict is named and overwrites nothing; the terminal itself merges it when it syncs', async () => {
  const stuck = await terminal(CASHIER);
  const helper = await terminal(SUPERVISOR);
  const { known } = await workOffline(stuck);
  const { text, key } = await stuck.desk.rescue.make();
  await helper.desk.clients.edit(known, { phone: '2222-2222' });
  await syncAll(helper);
  const { rows } = await helper.desk.rescue.bringIn({ text, key });
  expect(rows.find(({ id }) => id === known)?.outcome).toBe('conflict');
  plugIn(stuck);
  await syncAll(stuck);
  const stored = (await scope().documents.find('clients', [known])).get(known);
  expect(JSON.parse(stored?.json ?? '{}')).toMatchObject({
    phone: '2222-2222',
    notes: 'desde la caja aislada',
  });
});

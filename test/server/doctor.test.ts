import type { Client } from '../../schemas/clients';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { examine } from '../../server/store/doctor/examine';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

/* A doctor who finds nothing proves nothing: each break is one that a half transaction, or a hand in the data, leaves. */

let server: TestServer;
let owner: ApiTerminal;

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
  const products = (await owner.pull('products')).documents as Product[];
  const stocked = products.filter((product) => product.stocked).slice(0, 3);
  const other = await apiTerminal(server, 'cajero1');
  const twin = owner.ticket(stocked);
  await owner.push('invoices', [twin, owner.ticket(stocked), owner.ticket(stocked)]);
  await other.push('invoices', [other.ticket(stocked)]);
  const [client] = (await owner.pull('clients')).documents as Client[];
  if (client === undefined) throw new Error('no client');
  const edited = { ...client, notes: 'editado', edit: crypto.randomUUID(), pending: 1 };
  await owner.push('clients', [edited], [client]);
});
afterAll(() => server.close());

test('data that the server has written are found whole, also while it runs', async () => {
  const { stores, documents, findings } = await examine(server.database.place);
  expect(findings).toEqual([]);
  expect(stores).toBe(1);
  expect(documents).toBeGreaterThan(100);
});

const ONE_INVOICE = "(select min(id) from documents where collection = 'invoices')";

describe('what is broken by hand is found and named', () => {
  beforeAll(() => server.restart(() => server.database.save()));

  test.each([
    ['COUNTER', 'clients', "update counters set count = count + 1 where collection = 'clients'"],
    ['COUNTER', 'products', "update counters set seq = seq + 1 where collection = 'products'"],
    [
      'COUNTER',
      'users',
      "update counters set digest = '0123456789abcdef' where collection = 'users'",
    ],
    ['COUNTER', 'invoices', "delete from counters where collection = 'invoices'"],
    ['ROW', 'clients ', "update documents set ver = 9 where collection = 'clients'"],
    [
      'ROW',
      'invoices ',
      `update documents set json = replace(json, '"pending":0', '"pending":1') where id = ${ONE_INVOICE}`,
    ],
    ['EDIT', 'clients ', "delete from edits where collection = 'clients'"],
    ['MOVE', 'invoices ', "delete from stock_moves where source = 'invoices'"],
    [
      'MOVE',
      'invoices ',
      "update stock_moves set quantity = quantity - 1 where source = 'invoices'",
    ],
    ['MOVE', 'invoices ', `delete from documents where id = ${ONE_INVOICE}`],
    [
      'STOCK',
      '',
      `update documents set json = replace(json, '"onHand":', '"onHand":1') where collection = 'stock'`,
    ],
    ['STOCK', '', "update stock_moves set quantity = quantity + 1 where source = 'opening'"],
    ['STOCK', '', "delete from documents where collection = 'stock'"],
    ['SERIALS', '', "update serials set ranges = '[1,1]'"],
    ['CONSECUTIVE', 'invoices ', 'delete from consecutives'],
    ['CONSECUTIVE', 'invoices ', `delete from documents where id = ${ONE_INVOICE}`],
    ['CONSECUTIVE', '', "update consecutives set consecutive = '1'"],
    ['STORE', 'clients', "update stores set store_id = 'other'"],
  ])('%s %s: %s', async (check, subject, statement) => {
    await server.restart(async () => {
      expect(await server.database.run(statement)).toBeGreaterThan(0);
      const { findings } = await examine(server.database.place);
      const about = findings.filter((finding) => finding.check === check);
      expect(about.map((finding) => finding.subject).join('\n')).toContain(subject);
      expect(about.length).toBeGreaterThan(0);
      await server.database.bringBack();
    });
  });
});

test('the same consecutive twice is well where the owner was told, and found where the flag is gone', async () => {
  /* The sockets that the restarts cut are noticed by asking once. */
  await owner.request('GET', '/health/live').catch(() => undefined);
  const products = (await owner.pull('products')).documents as Product[];
  const [first] = (await owner.pull('invoices')).documents as Invoice[];
  if (first === undefined) throw new Error('no invoice');
  /* Another document of the same number, as a copied terminal would make it. */
  const twin = owner.ticket(products.slice(0, 1));
  await server.context.store.transaction(server.storeId, async ({ documents, ledger }) => {
    const flagged = { ...twin, ver: 1, pending: 0, consecutive: first.consecutive };
    const state = { ...flagged, lines: [], flags: ['DUPLICATE_CONSECUTIVE'] };
    const { id, ver, edit } = state;
    await documents.write('invoices', [{ id, ver, edit, json: JSON.stringify(state) }]);
    await ledger.addConsecutive(first.consecutive, id);
    await ledger.setSerials(owner.session.terminal.id, [1, twin.serial]);
  });
  expect((await examine(server.database.place)).findings).toEqual([]);
  await server.restart(async () => {
    const flag = '"flags":["DUPLICATE_CONSECUTIVE"]';
    await server.database.run(`update documents set json = replace(json, '${flag}', '"flags":[]')`);
    expect((await examine(server.database.place)).findings).toMatchObject([
      { check: 'CONSECUTIVE', subject: first.consecutive, expected: '1 flagged' },
    ]);
  });
});

import type { Product } from '../../schemas/products';
import { examine } from '../../server/store/doctor/examine';
import { apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

/* Each break by itself is in test/server/doctor.test.ts; here it is that PostgreSQL is asked rightly. */

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

test('the doctor finds nothing in whole data of PostgreSQL, and names what was broken', async () => {
  const terminal = await apiTerminal(server, 'duena');
  const products = (await terminal.pull('products')).documents as Product[];
  const stocked = products.filter((product) => product.stocked).slice(0, 3);
  await terminal.push('invoices', [terminal.ticket(stocked), terminal.ticket(stocked)]);
  const whole = await examine(server.database.place);
  expect(whole.findings).toEqual([]);
  expect(whole.documents).toBeGreaterThan(100);
  await server.database.run(
    "update counters set count = count + 1 where collection = 'clients'",
    "update documents set ver = 9 where collection = 'products'",
    "delete from stock_moves where source = 'invoices'",
    "update stock_moves set quantity = quantity + 1 where source = 'opening'",
    "update serials set ranges = '[7,9]'",
    "update consecutives set consecutive = '1'",
    "insert into counters values ('nowhere', 'clients', '', 0, 0)",
  );
  const { findings } = await examine(server.database.place);
  expect([...new Set(findings.map(({ check }) => check))].sort()).toEqual([
    'CONSECUTIVE',
    'COUNTER',
    'EDIT',
    'MOVE',
    'ROW',
    'SERIALS',
    'STOCK',
    'STORE',
  ]);
});

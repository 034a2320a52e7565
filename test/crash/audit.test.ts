import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { prng } from '../../server/demo/prng';
import { apiTerminal } from '../kit/api';
import { copyData, startServer, type TestServer } from '../kit/start-server';
import { AcknowledgedRows } from './acknowledged';
import { auditDatabase } from './audit-database';
import { LoadTerminal } from './load-terminal';
import { missing } from './run-crashes';

/* An auditor that finds nothing proves nothing: each of these is a half transaction, or a loss, and must be found. */

let server: TestServer;
let folder: string;
const acknowledged = new AcknowledgedRows();

beforeAll(async () => {
  server = await startServer();
  const api = await apiTerminal(server, 'duena');
  const terminal = new LoadTerminal({ api, next: prng(5), acknowledged });
  await terminal.receive();
  let batches = 0;
  await terminal.sendWhile(() => batches++ < 40);
  expect([terminal.inDoubt, terminal.refused]).toEqual([null, []]);
  folder = mkdtempSync(path.join(tmpdir(), 'mostrador-audit-'));
  await server.restart((data) => copyData(data, folder));
  await api.request('GET', '/health/live').catch(() => undefined);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The audit of a copy that was tampered with. */
async function auditAfter(sql: string): Promise<string[]> {
  const copy = mkdtempSync(path.join(tmpdir(), 'mostrador-audit-'));
  copyData(folder, copy);
  const database = new Database(path.join(copy, 'mostrador.db'));
  const { changes } = database.prepare(sql).run();
  database.close();
  expect(changes).toBeGreaterThan(0);
  const found = await auditDatabase({ dataDir: copy });
  rmSync(copy, { recursive: true, force: true });
  return found;
}

test('what a drained server leaves is whole', async () => {
  expect(await auditDatabase({ dataDir: folder })).toEqual([]);
  const collections = new Set(acknowledged.all().map(({ collection }) => collection));
  expect([...collections].sort()).toEqual([
    'clients',
    'invoices',
    'movements',
    'products',
    'shifts',
  ]);
});

const one = (collection: string) =>
  `select id from documents where collection = '${collection}' limit 1`;

test.each([
  [
    'a document without its count',
    `delete from documents where collection = 'clients' and id = (${one('clients')})`,
    /clients: count/,
  ],
  [
    'a version that the digest does not know',
    "update documents set ver = ver + 1 where collection = 'products' and id = (" +
      one('products') +
      ')',
    /products: digest/,
  ],
  [
    'a counter behind its documents',
    "update counters set seq = seq - 1 where collection = 'invoices'",
    /invoices: seq/,
  ],
  [
    'a number taken by nobody',
    "update counters set seq = seq + 1 where collection = 'shifts'",
    /shifts: seq/,
  ],
  [
    'text that is not what its row says',
    "update documents set json = replace(json, '\"pending\":0', '\"pending\":1') where collection = 'clients'",
    /is not what its row says/,
  ],
  [
    'an edit that is not remembered',
    "delete from edits where collection = 'clients'",
    /clients: .* is not among the edits/,
  ],
  [
    'a sale that moved nothing',
    `delete from stock_moves where source = 'invoices' and source_id = (${one('invoices')})`,
    /moved nothing/,
  ],
  [
    'a movement without a document',
    "update stock_moves set source_id = 'x' where source = 'movements' and source_id = (" +
      one('movements') +
      ')',
    /without a document/,
  ],
  [
    'stock that is not the sum',
    "update stock_moves set quantity = quantity + 1 where source = 'opening'",
    /has -?\d+, moved/,
  ],
  ['serials behind the documents', "update serials set ranges = '[1,1]'", /serials of/],
  [
    'stock that does not say what it contains',
    `update documents set json = json_set(json, '$.seen', json('[]')) where collection = 'stock'`,
    /does not say that it contains/,
  ],
  [
    'an invoice whose number is not taken',
    `delete from consecutives where invoice_id = (${one('invoices')})`,
    /is not taken/,
  ],
  [
    'a number taken without an invoice',
    "insert into consecutives select store_id, 'x', 'y' from stores",
    /which is not there/,
  ],
])('the audit finds %s', async (_name, sql, words) => {
  expect((await auditAfter(sql)).join('\n')).toMatch(words);
});

test('an acknowledged row that is gone, behind, or another is found; what others built on is not', async () => {
  const api = await apiTerminal(server, 'supervisora');
  expect(await missing(api, acknowledged, { dataDir: folder })).toEqual([]);
  const [client] = acknowledged.newest('clients').values();
  const [invoice] = acknowledged.newest('invoices').values();
  if (client === undefined || invoice === undefined) throw new Error('nothing acknowledged');
  const lies = new AcknowledgedRows();
  lies.add({ ...client, id: '00000000-0000-4000-8000-000000000000' });
  lies.add({ ...client, ver: client.ver + 1 });
  lies.add({ ...invoice, document: { ...invoice.document, notes: 'otra' } });
  lies.add({ ...[...acknowledged.newest('movements').values()][0], id: 'none' } as never);
  const found = (await missing(api, lies, { dataDir: folder })).map((line) =>
    line.replace(/^.*: /, ''),
  );
  expect(found.sort()).toEqual(
    [
      'not there',
      `there with version ${client.ver}`,
      'there with another content',
      'not there',
    ].sort(),
  );
  const older = new AcknowledgedRows();
  older.add({ ...client, ver: client.ver - 1, edit: 'an older one' });
  expect(await missing(api, older, { dataDir: folder })).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Client } from '../../schemas/clients';
import type { Product } from '../../schemas/products';
import type { Stock } from '../../schemas/stock';
import { addNewStore } from '../../server/new-store';
import { gtinCheckDigit } from '../../shared/fiscal/gtin';
import { LIMITS } from '../../shared/protocol/limits';
import type { ImportReply } from '../../shared/protocol/messages';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let owner: ApiTerminal;

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
});
afterAll(() => server.close());

const codeOf = (reply: { body: never }): string => (reply.body as { code: string }).code;
const lines = (...rows: string[]): string => rows.join('\n');
const send = (body: object, by = owner) =>
  by.request('POST', '/api/imports', { name: 'prueba.csv', ...body });
async function imported(body: object): Promise<ImportReply> {
  const reply = await send(body);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
}
const products = async () => (await owner.pull('products')).documents as Product[];
const clients = async () => (await owner.pull('clients')).documents as Client[];
const byCode = async (code: string) => (await products()).find((product) => product.code === code);
const statusText = async () => {
  const { collections } = (await owner.request('GET', '/api/sync/status')).body as {
    collections: object;
  };
  return JSON.stringify(collections);
};

const gtin = (body: string): string => `${body}${gtinCheckDigit(body)}`;
/* Of no product of the demo store. */
const [A, B] = [gtin('299000000001'), gtin('299000000002')];

const CSV = lines(
  'codigo,descripcion,precio,codigo_barras,cabys,impuesto,unidad,existencia',
  `N1,"Café, molido","1.250,50",${A},2391101000100,1,Unid,12`,
  'N2,Sin precio,0,,,13,,',
  'N3,Mal código,100,7441100000172,,13,,',
  'n1,Repetido,100,,,13,,',
  'N7,Queso,3 200,,,13,kg,"0,75"',
  'N8,Cero,10,,,13,,0',
);

test('P50 a file is taken line by line, what is refused is listed, and twice changes nothing', async () => {
  const first = await imported({ text: CSV });
  expect(first).toMatchObject({
    kind: 'products',
    lines: 6,
    products: { created: 3, edited: 0, unchanged: 0 },
    openings: 3,
    refusedCount: 3,
  });
  expect(first.refused.map(({ line, code }) => [line, code])).toEqual([
    [3, 'BAD_PRICE'],
    [4, 'BAD_CHECK_DIGIT'],
    [5, 'DUPLICATE_CODE'],
  ]);
  expect(await byCode('N1')).toMatchObject({
    price: 125_050,
    taxCode: 'iva1',
    ver: 1,
    pending: 0,
    editedBy: owner.session.user.id,
  });
  const before = await statusText();
  expect(await imported({ text: CSV })).toMatchObject({
    products: { created: 0, edited: 0, unchanged: 3 },
    openings: 0,
    refusedCount: 3,
  });
  expect(await statusText()).toBe(before);
});

test('P53 opening stock is a movement: stock = opening + sum of movements, sales after it included', async () => {
  const product = await byCode('N1');
  if (product === undefined) throw new Error('no product');
  const { ledger } = server.context.store.scope(server.storeId);
  const stockOf = async () =>
    ((await owner.pull('stock')).documents as Stock[]).find(({ id }) => id === product.id);
  expect(await stockOf()).toMatchObject({ onHand: 12_000, ver: 1, seen: [] });
  expect(await ledger.sumOfMoves(product.id)).toBe(12_000);
  await owner.push('invoices', [owner.ticket([product])]);
  expect(await ledger.sumOfMoves(product.id)).toBe(11_000);
  expect(await stockOf()).toMatchObject({ onHand: 11_000, ver: 2 });
  /* It has moved: an opening now would count what was sold twice. The line's other fields are taken. */
  const text = lines('codigo,descripcion,precio,existencia', 'N1,Café en grano,1300,12');
  const reply = await imported({ text });
  expect(reply.products.edited).toBe(1);
  expect(reply.refused).toEqual([
    { line: 2, field: 'stock', code: 'STOCK_ALREADY_MOVED', value: '12' },
  ]);
  expect(await ledger.sumOfMoves(product.id)).toBe(11_000);
});

test('P53 what the file has no column or no cell for stays as it is', async () => {
  const [base] = await products();
  if (base === undefined) throw new Error('no product');
  const kept = {
    ...base,
    unit: 'kg',
    taxCode: 'iva4',
    stocked: false,
    notes: 'ya no',
    active: false,
    edit: randomUUID(),
    pending: 1,
  };
  await owner.push('products', [kept], [base]);
  const text = lines('codigo,descripcion,precio,impuesto', `${base.code},Otro nombre,"1.500,00",`);
  expect((await imported({ text })).products).toEqual({ created: 0, edited: 1, unchanged: 0 });
  const { ver, edit, pending, updatedAt, editedBy, ...content } = kept;
  expect(await byCode(base.code)).toMatchObject({
    ...content,
    ver: base.ver + 2,
    description: 'Otro nombre',
    price: 150_000,
  });
});

test('a dry run says what would happen, and writes nothing, not even an audit entry', async () => {
  const { journal } = server.context.store.scope(server.storeId);
  const audits = (await journal.audits('dataImported')).length;
  const before = await statusText();
  const text = lines('codigo,descripcion,precio,existencia', 'D1,Nuevo,1,5', 'N7,Queso,1,');
  expect(await imported({ text, dryRun: true })).toMatchObject({
    products: { created: 1, edited: 1, unchanged: 0 },
    openings: 1,
  });
  expect(await statusText()).toBe(before);
  expect(await journal.audits('dataImported')).toHaveLength(audits);
});

test('who imported what, and how much, is written down', async () => {
  const text = lines('codigo,descripcion,precio', 'AU1,Nuevo,1', 'AU2,Malo,0');
  await imported({ name: 'lista.csv', text });
  const entries = await server.context.store.scope(server.storeId).journal.audits('dataImported');
  expect(entries.at(-1)).toMatchObject({
    actor: owner.session.user.id,
    details: {
      fileName: 'lista.csv',
      kind: 'products',
      products: { created: 1, edited: 0, unchanged: 0 },
      refused: 1,
    },
  });
});

test('clients are found by identification, else by the exact name', async () => {
  const head = 'nombre,tipo_identificacion,identificacion,telefono';
  await imported({
    text: lines(head, 'Import Uno,01,1-0234-0567,2222', 'Import Dos,,,', 'Import Tres,,AB-1,'),
  });
  const reply = await imported({
    text: lines(
      head,
      'Import Uno renombrada,01,102340567,',
      'Import Dos,02,3101999888,3333',
      'Import Tres,,,4444',
      'Import Cuatro,,,',
    ),
  });
  expect(reply.clients).toEqual({ created: 1, edited: 3, unchanged: 0 });
  const found = (await clients()).filter(({ name }) => name.startsWith('Import'));
  const told = found.map(({ name, identification, phone }) => [name, identification, phone]).sort();
  expect(told).toEqual([
    ['Import Cuatro', '', ''],
    ['Import Dos', '3101999888', '3333'],
    ['Import Tres', 'AB-1', '4444'],
    ['Import Uno renombrada', '102340567', '2222'],
  ]);
});

test('what only the store knows is refused line by line: twins, barcodes of others', async () => {
  const twin = async (collection: 'products' | 'clients', document: object | undefined) => {
    const made = { ...document, id: randomUUID(), ver: 0, edit: randomUUID(), pending: 1 };
    expect((await owner.push(collection, [made])).rejected).toEqual([]);
  };
  await imported({ text: lines('codigo,descripcion,precio', 'T1,Gemelo,1') });
  await twin('products', await byCode('T1'));
  await imported({ text: lines('nombre,identificacion', 'Gemela,', 'Gemelo,G-1') });
  for (const name of ['Gemela', 'Gemelo']) {
    await twin(
      'clients',
      (await clients()).find((client) => client.name === name),
    );
  }
  const forProducts = await imported({
    text: lines('codigo,descripcion,precio,codigo_barras', 'T1,G,2,', `T2,Otro,2,${A}`),
  });
  const forClients = await imported({
    text: lines('nombre,identificacion,notas', 'Gemela,,x', 'Otro,G-1,x'),
  });
  expect(
    [...forProducts.refused, ...forClients.refused].map(({ line, code }) => [line, code]),
  ).toEqual([
    [2, 'AMBIGUOUS_CODE'],
    [3, 'BARCODE_TAKEN'],
    [2, 'AMBIGUOUS_NAME'],
    [3, 'AMBIGUOUS_IDENTIFICATION'],
  ]);
  expect([forProducts.products.created, forClients.clients.created]).toEqual([0, 0]);
});

test('two products may exchange their barcodes in one file', async () => {
  const head = 'codigo,descripcion,precio,codigo_barras';
  await imported({ text: lines(head, `N1,Uno,1,${A}`, `X2,Dos,1,${B}`) });
  const reply = await imported({ text: lines(head, `N1,Uno,1,${B}`, `X2,Dos,1,${A}`) });
  expect([reply.products.edited, reply.refused]).toEqual([2, []]);
  expect((await byCode('N1'))?.barcode).toBe(B);
});

test('a catalogue finds products by barcode: their price and code stay, new ones take the given price', async () => {
  const known = (await products()).find(({ barcode, active }) => barcode !== '' && active);
  if (known === undefined) throw new Error('no product with a barcode');
  const text = lines('ean13,name', `${known.barcode},Nombre de catálogo`, '0000000001199,Solène');
  expect((await imported({ text })).refused.map(({ code }) => code)).toEqual([
    'NO_PRICE',
    'NO_PRICE',
  ]);
  const reply = await imported({ text, defaultPrice: 99_900 });
  expect(reply.products).toEqual({ created: 1, edited: 1, unchanged: 0 });
  expect(await byCode(known.code)).toMatchObject({
    description: 'Nombre de catálogo',
    price: known.price,
  });
  expect(await byCode('0000000001199')).toMatchObject({ price: 99_900, taxCode: 'iva13' });
});

test('a CABYS list goes with the products; by itself it is no import', async () => {
  const cabys = lines('cabys,description,rate', '0111100000100,Trigo,1');
  const text = lines(
    'codigo,descripcion,precio,cabys',
    'CB1,Trigo,1,0111100000100',
    'CB2,Otro,1,9999999999999',
  );
  const reply = await imported({ text, cabys });
  expect(reply.refused.map(({ line, code }) => [line, code])).toEqual([[3, 'UNKNOWN_CABYS']]);
  expect(await byCode('CB1')).toMatchObject({ taxCode: 'iva1' });
  expect(codeOf(await send({ text: cabys }))).toBe('BAD_REQUEST');
  expect(codeOf(await send({ text, cabys: text }))).toBe('FILE_HEADER_BAD');
});

test('S1 P51 a cashier, a supervisor, nobody and a page of elsewhere import nothing', async () => {
  const before = await statusText();
  const text = lines('codigo,descripcion,precio', 'S1,Nuevo,1');
  for (const userName of ['cajero1', 'supervisora']) {
    const other = await apiTerminal(server, userName);
    const reply = await send({ text }, other);
    expect([reply.status, codeOf(reply)]).toEqual([403, 'FORBIDDEN']);
  }
  const post = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/imports`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'x', text }),
    });
  const cookie = [...owner.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  expect((await post({ 'x-mostrador-protocol': '1' })).status).toBe(401);
  expect(await (await post({ cookie })).json()).toMatchObject({ code: 'PROTOCOL_MISMATCH' });
  expect(await statusText()).toBe(before);
});

test('S2 S3 store and role are the session’s: a body that names its own is refused, another store untouched', async () => {
  const { id, ...profile } = owner.session.store;
  const other = await addNewStore(server.context, {
    profile: { ...profile, name: 'Otra', branch: '002' },
    owner: { userName: 'duena', displayName: 'Otra', password: 'demo-duena' },
  });
  const text = lines('codigo,descripcion,precio', 'FS1,Nuevo,1');
  for (const forged of [{ storeId: other }, { role: 'owner' }, { userId: randomUUID() }]) {
    expect(codeOf(await send({ text, ...forged }))).toBe('BAD_REQUEST');
  }
  await imported({ text });
  const { documents } = server.context.store.scope(other);
  expect((await documents.page('products', 0, 10)).documents).toEqual([]);
  expect(await byCode('FS1')).toBeDefined();
});

test('S4 S8 S9 formulas, markup and a __proto__ column are text or nothing', async () => {
  const text = lines(
    'codigo,descripcion,precio,__proto__',
    '=1+1,"=HYPERLINK(""http://x"")",1,{"admin":true}',
    'H2,<img src=x onerror=alert(1)>,1,',
    'H3,Precio con fórmula,=1+1,',
  );
  const reply = await imported({ text });
  expect(reply.refused.map(({ line, code }) => [line, code])).toEqual([[4, 'BAD_PRICE']]);
  expect((await byCode('=1+1'))?.description).toBe('=HYPERLINK("http://x")');
  expect((await byCode('H2'))?.description).toBe('<img src=x onerror=alert(1)>');
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
  const raw = `{"__proto__":{"admin":true},"name":"x","text":"nombre\\nAna"}`;
  const forged = await owner.request('POST', '/api/imports', undefined, raw);
  expect(codeOf(forged)).toBe('BAD_REQUEST');
});

const post = async (body: Buffer, headers: Record<string, string> = {}) => {
  const cookie = [...owner.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${server.url}/api/imports`, {
    method: 'POST',
    headers: { 'x-mostrador-protocol': '1', cookie, ...headers },
    body: new Uint8Array(body),
  });
  return { status: response.status, body: (await response.json()) as { code?: string } };
};

test('P52 a body may be gzip; its size counts after it', async () => {
  const gzip = { 'content-encoding': 'gzip' };
  const text = lines('codigo,descripcion,precio', 'GZ1,Ñandú,1');
  const good = gzipSync(JSON.stringify({ name: 'x.csv.gz', text }));
  expect((await post(good, gzip)).status).toBe(200);
  expect((await byCode('GZ1'))?.description).toBe('Ñandú');
  const bomb = gzipSync(Buffer.alloc(LIMITS.importBytes + 1, 0x20));
  expect(await post(bomb, gzip)).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
});

test('S5 P52 a body over the limit, garbage, depth and a file of too many lines are refused', async () => {
  const before = await statusText();
  const huge = Buffer.alloc(LIMITS.importBytes + 1, 0x20);
  expect(await post(huge)).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  const garbage = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 256));
  expect(await post(garbage)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  expect(await post(garbage, { 'content-encoding': 'gzip' })).toMatchObject({ status: 400 });
  expect(codeOf(await send({ text: garbage.toString('latin1') }))).toBe('FILE_NOT_TABLE');
  expect(codeOf(await send({ text: '' }))).toBe('FILE_NOT_TABLE');
  expect(codeOf(await send({ text: 'a,b\n1,2' }))).toBe('FILE_KIND_UNKNOWN');
  const long = await send({ text: `nombre\n${'a\n'.repeat(500_001)}` });
  expect([long.status, codeOf(long)]).toEqual([413, 'FILE_TOO_LARGE']);
  const deep = await owner.request('POST', '/api/imports', undefined, '['.repeat(10_000));
  expect(codeOf(deep)).toBe('TOO_DEEP');
  expect(await statusText()).toBe(before);
});

test('the other addresses keep their own, smaller limit', async () => {
  const reply = await owner.request(
    'POST',
    '/api/sync/clients',
    undefined,
    `"${'x'.repeat(LIMITS.bodyBytes)}"`,
  );
  expect([reply.status, codeOf(reply)]).toEqual([413, 'BODY_TOO_LARGE']);
});

test('a reply lists at most so many refusals, and how many there are', async () => {
  const text = `ean13,name\n${'0000000001199,Solène\n'.repeat(LIMITS.importRefusals + 1)}`;
  const reply = await imported({ text });
  expect([reply.refusedCount, reply.refused.length]).toEqual([
    LIMITS.importRefusals + 1,
    LIMITS.importRefusals,
  ]);
});

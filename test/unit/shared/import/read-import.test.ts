import fc from 'fast-check';
import { clientSchema } from '../../../../schemas/clients';
import { productSchema } from '../../../../schemas/products';
import { validate } from '../../../../schemas/validate';
import { AppError } from '../../../../shared/errors/app-error';
import { gtinCheckDigit } from '../../../../shared/fiscal/gtin';
import { toCsv } from '../../../../shared/import/csv-safe';
import { COLUMNS_OF, IMPORT_KINDS } from '../../../../shared/import/import-kind';
import { importWordsEn, importWordsEs } from '../../../../shared/import/import-words';
import { type ImportOptions, readImport } from '../../../../shared/import/read-import';
import { REFUSAL_CODES } from '../../../../shared/import/refusal';

const refusals = (text: string, options: ImportOptions = {}) =>
  readImport(text, options).refused.map(({ line, field, code }) => [line, field, code]);
const lines = (...rows: string[]): string => rows.join('\n');

const PRODUCTS = lines(
  'codigo,descripcion,precio,codigo_barras,cabys,impuesto,unidad,existencia',
  'A1,"Café, molido","1.250,50",7441100000171,2391101000100,1,Unid,12',
  'A2,Sin precio,0,,,13,,',
  'A3,Mal código,100,7441100000172,,13,,',
  'a1,Repetido,100,,,13,,',
  ',Sin código,100,,,13,,',
  'A4,,100,,,13,,',
  'A5,Mal CABYS,100,,123,13,,',
  'A6,Mal impuesto,100,,,7,,',
  'A7,Queso,3 200,,,13%,KG,"0,75"',
  'A8,Dudoso,1.500,,,13,,',
  'A9,Barras repetidas,100,7441100000171,,13,,',
  'A10,Barras de hoja de cálculo,100,"7,44E+12",,13,,',
  'A11,Mala unidad,100,,,13,caja,',
  'A12,Mala existencia,100,,,13,,muchas',
  'A13,Existencia dudosa,100,,,13,,1.500',
  'A14,Servicio con existencia,100,,,13,Sp,3',
  `A15,${'x'.repeat(201)},100,,,13,,`,
  'A16,"Comilla,100',
  'A17,Faltan celdas,100',
  'A18,Sobran celdas,100,,,13,,,otra',
  'A19,Servicio,100,,,exento,Sp,',
);

test('products: each bad line is refused with its number, field and reason, the others are taken', () => {
  const { kind, products, lines: count } = readImport(PRODUCTS);
  expect([kind, count]).toEqual(['products', 21]);
  expect(products.map(({ whenNew, opening }) => [whenNew.code, whenNew.price, opening])).toEqual([
    ['A1', 125_050, 12_000],
    ['A7', 320_000, 750],
    ['A19', 10_000, null],
  ]);
  expect(refusals(PRODUCTS)).toEqual([
    [3, 'price', 'BAD_PRICE'],
    [4, 'barcode', 'BAD_CHECK_DIGIT'],
    [5, 'code', 'DUPLICATE_CODE'],
    [6, 'code', 'MISSING_CODE'],
    [7, 'description', 'EMPTY_DESCRIPTION'],
    [8, 'cabys', 'BAD_CABYS'],
    [9, 'tax', 'BAD_TAX'],
    [11, 'price', 'AMBIGUOUS_PRICE'],
    [12, 'barcode', 'DUPLICATE_BARCODE'],
    [13, 'barcode', 'BAD_BARCODE'],
    [14, 'unit', 'BAD_UNIT'],
    [15, 'stock', 'BAD_STOCK'],
    [16, 'stock', 'AMBIGUOUS_STOCK'],
    [17, 'stock', 'STOCK_NOT_KEPT'],
    [18, 'description', 'TOO_LONG'],
    [19, '', 'BAD_QUOTES'],
    [20, '', 'WRONG_CELL_COUNT'],
    [21, '', 'WRONG_CELL_COUNT'],
  ]);
});

test('products: what a line does not say is not said of a product that is there', () => {
  const text = lines('code;description;price;unit;tax', 'A1;Coffee;2,50;;', 'A2;Work;10;h;4');
  const [first, second] = readImport(text).products;
  expect(first?.says).toEqual({ description: 'Coffee', price: 250 });
  expect(first?.whenNew).toMatchObject({ unit: 'Unid', taxCode: 'iva13', stocked: true });
  expect(second?.says).toEqual({ description: 'Work', price: 1000, unit: 'h', taxCode: 'iva4' });
  expect(second?.whenNew).toMatchObject({ stocked: false });
});

test('products: the list that the Products screen exports comes back, formulas and all', () => {
  const spanish = ['Código', 'Descripción', 'Código de barras', 'Precio sin IVA'];
  const english = ['Code', 'Description', 'Barcode', 'Price before VAT'];
  for (const head of [spanish, english]) {
    const text = `\ufeff${toCsv([head, ['P1', '=HYPERLINK("x")', '7441100000171', '1250.50']])}`;
    const { products, refused, unusedHeaders } = readImport(text);
    expect([refused, unusedHeaders]).toEqual([[], []]);
    expect(products[0]?.whenNew).toMatchObject({
      code: 'P1',
      description: '=HYPERLINK("x")',
      barcode: '7441100000171',
      price: 125_050,
    });
  }
});

test('CABYS: the companion refuses unknown codes and gives new products their tax', () => {
  const { cabys, refused } = readImport(
    lines(
      'cabys,description,rate',
      '2391101000100,Café,1',
      '111,Corto,13',
      '2391101000100,Otra vez,13',
      '2391101000200,Tasa rara,7',
      '2391101000300,"Con \u0081 dentro",13',
    ),
  );
  expect(refused.map(({ line, code }) => [line, code])).toEqual([
    [3, 'BAD_CABYS'],
    [4, 'DUPLICATE_CABYS'],
    [5, 'BAD_TAX'],
  ]);
  const text = lines(
    'codigo,descripcion,precio,cabys,impuesto',
    'A1,Café,100,2391101000100,',
    'A2,Café caro,100,2391101000100,13',
    'A3,Otro,100,9999999999999,',
    'A4,Sin CABYS,100,,',
  );
  const read = readImport(text, { cabys });
  expect(refusals(text, { cabys })).toEqual([[4, 'cabys', 'UNKNOWN_CABYS']]);
  expect(read.products.map(({ whenNew, says }) => [whenNew.taxCode, says.taxCode])).toEqual([
    ['iva1', undefined],
    ['iva13', 'iva13'],
    ['iva13', undefined],
  ]);
  expect(read.derived.taxFromCabys).toBe(1);
});

test('catalogue: without a price each line is refused; with one new products take it and say so', () => {
  const text = lines('ean13,name', '7441100000171,Café', '7441100000172,Mal', '7441100000188,');
  expect(refusals(text)).toEqual([
    [2, 'price', 'NO_PRICE'],
    [3, 'barcode', 'BAD_CHECK_DIGIT'],
    [4, 'name', 'EMPTY_DESCRIPTION'],
  ]);
  const { kind, products, derived } = readImport(text, { defaultPrice: 150_000 });
  expect([kind, derived.defaultPrice]).toEqual(['catalogue', 1]);
  expect(products).toMatchObject([
    {
      foundBy: 'barcode',
      says: { barcode: '7441100000171', description: 'Café' },
      whenNew: { code: '7441100000171', price: 150_000, notes: expect.stringContaining('Precio') },
    },
  ]);
  expect(products[0]?.says).not.toHaveProperty('price');
});

test('clients: refusals, groups in identifications, and what a name alone can tell apart', () => {
  const text = lines(
    'Nombre;Tipo de identificación;Identificación;Correo',
    'Ana;física;1-0234-0567;ana@example.com',
    ';01;102340567;',
    'Luis;01;12;',
    'Eva;99;;',
    'Ana otra;1;102340567;',
    'Beto;;;no es correo',
    'Carla;;;',
    'Carla;;;',
    'Ana;05;AB-12;',
    'Ana;;-;',
  );
  const { kind, clients } = readImport(text);
  expect(kind).toBe('clients');
  expect(clients.map(({ whenNew }) => [whenNew.name, whenNew.identification])).toEqual([
    ['Ana', '102340567'],
    ['Carla', ''],
    ['Ana', 'AB-12'],
  ]);
  expect(refusals(text)).toEqual([
    [3, 'name', 'EMPTY_NAME'],
    [4, 'identification', 'BAD_IDENTIFICATION'],
    [5, 'identificationType', 'BAD_IDENTIFICATION_TYPE'],
    [6, 'identification', 'DUPLICATE_IDENTIFICATION'],
    [7, 'email', 'BAD_EMAIL'],
    [9, 'name', 'DUPLICATE_NAME'],
    [11, 'name', 'DUPLICATE_NAME'],
  ]);
});

const SALES_HEADER =
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

test('sales: the latest price and description of each code, a client for each number, dirt refused', () => {
  const text = lines(
    SALES_HEADER,
    '536365,85123a,OLD NAME,6,2010-12-02 08:26:00,2.55,17850.0,United Kingdom',
    '536366,85123A,NEW NAME,6,2010-12-03 08:26:00,2.955,17850.0,United Kingdom',
    '536367,85123A,OLDER,1,2010-12-01 08:26:00,9.99,,France',
    'C536368,85123A,NEW NAME,-6,2010-12-04 08:26:00,1.11,13047.0,France',
    '536369,POST,POSTAGE,1,2010-12-01 08:26:00,18,,France',
    '536370,22222,damaged,-5,2010-12-01 08:26:00,0,,France',
    'A536371,B,Adjust bad debt,1,2010-12-01 08:26:00,11062.06,,France',
    '536372,22223,,1,2010-12-01 08:26:00,1,,France',
    '536373,22224,NO DATE,1,01/12/2010,1,,France',
    '536374,22224,NEGATIVE,-1,2010-12-01 08:26:00,1,,France',
  );
  const { kind, products, clients, derived } = readImport(text);
  expect(kind).toBe('sales');
  expect(
    products.map(({ line, says, whenNew }) => [line, whenNew.code, whenNew.unit, says]),
  ).toEqual([
    [3, '85123A', 'Unid', { description: 'NEW NAME', price: 296 }],
    [6, 'POST', 'Sp', { description: 'POSTAGE', price: 1800 }],
  ]);
  expect(clients.map(({ says, whenNew }) => [says, whenNew.name, whenNew.address])).toEqual([
    [{}, 'Cliente 17850', 'United Kingdom'],
    [{}, 'Cliente 13047', 'France'],
  ]);
  expect(refusals(text)).toEqual([
    [7, 'UnitPrice', 'BAD_PRICE'],
    [8, 'InvoiceNo', 'BAD_INVOICE_NUMBER'],
    [9, 'Description', 'EMPTY_DESCRIPTION'],
    [10, 'InvoiceDate', 'BAD_DATE'],
    [11, 'Quantity', 'BAD_QUANTITY'],
  ]);
  expect(derived).toMatchObject({
    latestPrice: 1,
    latestDescription: 1,
    serviceCode: 1,
    roundedPrice: 1,
    cancellationLine: 1,
    clientName: 2,
  });
});

const failure = (text: string, options: ImportOptions = {}): AppError | null => {
  try {
    readImport(text, options);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
};

test.each([
  ['', 'FILE_NOT_TABLE'],
  [' \n\n', 'FILE_NOT_TABLE'],
  ['\u0000\u0001PNG', 'FILE_NOT_TABLE'],
  ['a,b\n1,2', 'FILE_KIND_UNKNOWN'],
  ['nombre,cantidad,fecha\nAna,1,2', 'FILE_KIND_UNKNOWN'],
  ['codigo,descripcion\nA,B', 'FILE_HEADER_BAD'],
  ['codigo,codigo,descripcion,precio\nA,A,B,1', 'FILE_HEADER_BAD'],
])('%j as a whole is %s, not an empty import', (text, code) => {
  expect(failure(text)?.code).toBe(code);
});

test('a header says what is wrong with it, and what is not used', () => {
  const text = 'codigo,descripcion,preco,codigo\nA,B,1,A';
  expect(failure(text)?.details).toEqual({
    headers: [
      { code: 'DUPLICATE_HEADER', header: 'codigo' },
      { code: 'MISSING_HEADER', header: 'precio' },
    ],
  });
  const { unusedHeaders } = readImport('codigo,descripcion,precio,Proveedor,\nA,B,1,C,');
  expect(unusedHeaders).toEqual(['Proveedor']);
});

test('S4 a header by the name of __proto__ is a column that is not used', () => {
  const { products, unusedHeaders } = readImport(
    lines('codigo,descripcion,precio,__proto__,constructor', 'A1,Café,100,{},x'),
  );
  expect(unusedHeaders).toEqual(['__proto__', 'constructor']);
  expect(products).toHaveLength(1);
  expect(Object.keys(products[0]?.whenNew ?? {})).not.toContain('__proto__');
  expect(({} as { admin?: unknown }).admin).toBeUndefined();
});

test('a kind that was named is kept to', () => {
  expect(readImport('nombre,cantidad\nAna,1', { kind: 'clients' }).clients).toHaveLength(1);
  expect(failure('nombre\nAna', { kind: 'products' })?.code).toBe('FILE_HEADER_BAD');
});

test('500,000 lines are the most', () => {
  expect(failure(`nombre\n${'a\n'.repeat(500_001)}`)?.code).toBe('FILE_TOO_LARGE');
});

/* Cells that are right, nearly right, or anything. */
const barcode = fc.stringMatching(/^\d{12}$/).map((body) => `${body}${gtinCheckDigit(body)}`);
const anyCell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '99999999999999999999',
    'x'.repeat(300),
    '\u0000',
    '\ud800',
  ),
);
const productRow = fc.tuple(
  fc.oneof({ weight: 3, arbitrary: fc.stringMatching(/^[A-Z]\d{1,3}$/) }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('Café', 'Té  negro') }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('100', '1.250,50', '0,01') }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.oneof(fc.constant(''), barcode) }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', '2391101000100') }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', '13', '1%', 'exento') }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', 'kg', 'Sp') }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', '12', '0,5') }, anyCell),
);
const clientRow = fc.tuple(
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('Ana', 'Luis', 'Eva') }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', '01', 'juridica', '05') }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', '1-0234-0567', 'AB-1') }, anyCell),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('', 'a@b.cr') }, anyCell),
  anyCell,
);
const BOOKKEEPING = {
  id: '00000000-0000-4000-8000-000000000000',
  ver: 1,
  edit: 'e',
  pending: 0,
  updatedAt: '',
  editedBy: '',
};

test('whatever stands in the cells: a line is taken as a valid document or refused, never both or neither', () => {
  const heads = {
    products: 'codigo,descripcion,precio,codigo_barras,cabys,impuesto,unidad,existencia',
    clients: 'nombre,tipo_identificacion,identificacion,correo,notas',
  };
  const rows = fc.oneof(
    fc.record({ head: fc.constant(heads.products), rows: fc.array(productRow) }),
    fc.record({ head: fc.constant(heads.clients), rows: fc.array(clientRow) }),
  );
  fc.assert(
    fc.property(rows, ({ head, rows: cells }) => {
      const {
        products,
        clients,
        refused,
        lines: count,
      } = readImport(`${head}\r\n${toCsv(cells as unknown as string[][])}`);
      const taken = [...products, ...clients].map(({ line }) => line);
      const all = [...taken, ...refused.map(({ line }) => line)];
      expect(all).toHaveLength(count);
      expect(new Set(all).size).toBe(count);
      for (const { whenNew, says } of products) {
        const made = { ...whenNew, ...BOOKKEEPING };
        expect(validate(productSchema, made)).toMatchObject({ ok: true });
        expect({ ...made, ...says, taxCode: whenNew.taxCode }).toEqual(made);
      }
      for (const { whenNew } of clients) {
        expect(validate(clientSchema, { ...whenNew, ...BOOKKEEPING })).toMatchObject({ ok: true });
      }
      const codes = products.map(({ whenNew }) => whenNew.code.toUpperCase());
      expect(new Set(codes).size).toBe(codes.length);
    }),
    { numRuns: 300 },
  );
});

test('no text makes it fail otherwise than by a code of its own', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((rest) => `codigo,descripcion,precio\n${rest}`),
    fc.string().map((rest) => `${SALES_HEADER}\n${rest}`),
  );
  fc.assert(fc.property(text, (input) => failure(input)?.code.startsWith('FILE_') !== false));
});

test('every refusal, and every column, has its words in both languages', () => {
  for (const { refusals: words, fields } of [importWordsEs, importWordsEn]) {
    expect(Object.keys(words).sort()).toEqual([...REFUSAL_CODES].sort());
    const columns = IMPORT_KINDS.flatMap((kind) => COLUMNS_OF[kind].map(({ field }) => field));
    expect(columns.filter((field) => fields[field] === undefined)).toEqual([]);
  }
});

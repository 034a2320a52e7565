import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isValidGtin } from '../../../../shared/fiscal/gtin';
import { decodeFile } from '../../../../shared/import/decode-file';
import { type ImportOptions, readImport } from '../../../../shared/import/read-import';

const data = path.join(__dirname, '..', '..', '..', '..', '..', 'shared', 'data');
const present = existsSync(data);
if (!present) console.warn(`import of real data: skipped, there is no ${data}`);
const real = present ? test : test.skip;

const read = (file: string, options?: ImportOptions) =>
  readImport(decodeFile(gunzipSync(readFileSync(path.join(data, file)))).text, options);
const countByCode = (refused: ReturnType<typeof read>['refused']) => {
  const counts: Record<string, number> = {};
  for (const { code } of refused) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

real(
  'the real sales: every stock code that was ever sold, every customer, dirt line by line',
  () => {
    const { kind, lines, products, clients, refused, derived } = read(
      'online-retail-2010-12..2011-05.csv.gz',
    );
    expect([kind, lines, products.length, clients.length]).toEqual(['sales', 209_029, 3296, 2767]);
    expect(countByCode(refused)).toEqual({ BAD_PRICE: 1293 });
    expect(derived).toMatchObject({ cancellationLine: 3783, serviceCode: 19, latestPrice: 2740 });
    const heart = products.find(({ whenNew }) => whenNew.code === '85123A');
    expect(heart?.whenNew.description).toBe('WHITE HANGING HEART T-LIGHT HOLDER');
    expect(products.every(({ whenNew }) => whenNew.price > 0)).toBe(true);
  },
);

real(
  'the real catalogue: 49,994 of 50,000 names are text; without a price nothing is taken',
  () => {
    const file = 'catalogue-ean13.csv.gz';
    const { kind, lines, products, refused } = read(file, { defaultPrice: 100_000 });
    expect([kind, lines, products.length]).toEqual(['catalogue', 50_000, 49_994]);
    expect(countByCode(refused)).toEqual({ BAD_CHARACTERS: 6 });
    expect(products.every(({ whenNew }) => isValidGtin(whenNew.barcode))).toBe(true);
    expect(countByCode(read(file).refused)).toEqual({ BAD_CHARACTERS: 6, NO_PRICE: 49_994 });
  },
);

real('the real CABYS list: every code with its rate', () => {
  const { kind, cabys, refused } = read('cabys-2020.csv.gz');
  expect([kind, cabys?.size, refused]).toEqual(['cabys', 20_311, []]);
  expect(cabys?.get('0111100000100')).toBe('iva1');
});

import Papa from 'papaparse';
import type { Product, TaxCode, Unit } from '../../schemas/products';
import { AppError } from '../errors/app-error';
import { isValidGtin } from '../fiscal/gtin';
import { taxCodeFromPercent } from '../fiscal/tax-rates';
import { parseMoney } from '../money/money';

/** A product as a file describes it. */
export type ImportedProduct = Pick<
  Product,
  | 'code'
  | 'barcode'
  | 'description'
  | 'cabys'
  | 'unit'
  | 'price'
  | 'taxCode'
  | 'stocked'
  | 'notes'
  | 'active'
>;

export interface RefusedLine {
  /** Line of the file, the header being line 1. */
  line: number;
  field: string;
  code:
    | 'MISSING_CODE'
    | 'DUPLICATE_CODE'
    | 'EMPTY_DESCRIPTION'
    | 'BAD_PRICE'
    | 'BAD_CHECK_DIGIT'
    | 'BAD_CABYS'
    | 'BAD_TAX'
    | 'BAD_UNIT';
  value: string;
}

/** Headers that are understood, in Spanish and English. */
const HEADERS: Readonly<Record<string, string>> = {
  codigo: 'code',
  code: 'code',
  descripcion: 'description',
  description: 'description',
  precio: 'price',
  price: 'price',
  codigo_barras: 'barcode',
  barcode: 'barcode',
  ean13: 'barcode',
  cabys: 'cabys',
  impuesto: 'tax',
  tax: 'tax',
  rate: 'tax',
  unidad: 'unit',
  unit: 'unit',
};

const UNITS: readonly Unit[] = ['Unid', 'kg', 'g', 'L', 'm', 'h', 'Sp'];

/**
 * Reads a CSV of products. A bad line is refused with its reason and never stops the others.
 * Throws BAD_REQUEST when the columns for code, description and price are not all there.
 */
export function parseProducts(csv: string): {
  accepted: ImportedProduct[];
  refused: RefusedLine[];
} {
  const { data, meta } = Papa.parse<Record<string, string | undefined>>(
    csv.replace(/^\ufeff/, ''),
    {
      header: true,
      skipEmptyLines: true,
      transformHeader: (header) =>
        HEADERS[header.trim().toLowerCase().replaceAll(' ', '_')] ?? header,
    },
  );
  const missing = ['code', 'description', 'price'].filter(
    (name) => meta.fields?.includes(name) !== true,
  );
  if (missing.length > 0) throw new AppError('BAD_REQUEST', { missingColumns: missing });
  const accepted: ImportedProduct[] = [];
  const refused: RefusedLine[] = [];
  const seen = new Set<string>();
  for (const [index, raw] of data.entries()) {
    const result = parseLine(raw, seen);
    if ('product' in result) {
      accepted.push(result.product);
      seen.add(result.product.code.toUpperCase());
    } else refused.push({ line: index + 2, ...result });
  }
  return { accepted, refused };
}

function parseLine(
  raw: Record<string, string | undefined>,
  seen: ReadonlySet<string>,
): { product: ImportedProduct } | Omit<RefusedLine, 'line'> {
  const cell = (name: string): string => (raw[name] ?? '').trim();
  const refuse = (field: string, code: RefusedLine['code']): Omit<RefusedLine, 'line'> => ({
    field,
    code,
    value: cell(field),
  });
  const code = cell('code');
  const price = parseMoney(cell('price'));
  const taxCode: TaxCode | null =
    cell('tax') === '' ? 'iva13' : taxCodeFromPercent(Number(cell('tax').replace('%', '')));
  const unit =
    cell('unit') === ''
      ? 'Unid'
      : UNITS.find((name) => name.toLowerCase() === cell('unit').toLowerCase());
  if (code === '') return refuse('code', 'MISSING_CODE');
  if (seen.has(code.toUpperCase())) return refuse('code', 'DUPLICATE_CODE');
  if (cell('description') === '') return refuse('description', 'EMPTY_DESCRIPTION');
  if (price === null || price <= 0) return refuse('price', 'BAD_PRICE');
  if (cell('barcode') !== '' && !isValidGtin(cell('barcode')))
    return refuse('barcode', 'BAD_CHECK_DIGIT');
  if (!/^(\d{13})?$/.test(cell('cabys'))) return refuse('cabys', 'BAD_CABYS');
  if (taxCode === null) return refuse('tax', 'BAD_TAX');
  if (unit === undefined) return refuse('unit', 'BAD_UNIT');
  const product = {
    code: code.slice(0, 40),
    barcode: cell('barcode'),
    description: cell('description').slice(0, 200),
    cabys: cell('cabys'),
    unit,
    price,
    taxCode,
    stocked: unit !== 'Sp',
    notes: '',
    active: true,
  };
  return { product };
}

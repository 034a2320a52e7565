import { productSchema, type TaxCode, type Unit } from '../../schemas/products';
import { isValidGtin } from '../fiscal/gtin';
import { parseMoney, parseQuantity } from '../money/money';
import type { ImportedProduct } from './imported';
import type { CabysList } from './parse-cabys';
import { type Column, readRows, type TableRow } from './read-rows';
import { byLine, type Refusal, type RefusalCode } from './refusal';
import { parseTaxCell } from './tax-cell';
import type { TextTable } from './text-table';

type Field = 'code' | 'description' | 'price' | 'barcode' | 'cabys' | 'tax' | 'unit' | 'stock';

/** The first header of each is the one that the documentation gives; the others are what our own export writes. */
export const PRODUCT_COLUMNS: readonly Column<Field>[] = [
  { field: 'code', headers: ['codigo', 'code'], required: true },
  { field: 'description', headers: ['descripcion', 'description'], required: true },
  {
    field: 'price',
    headers: ['precio', 'price', 'precio_sin_iva', 'price_before_vat'],
    required: true,
  },
  {
    field: 'barcode',
    headers: ['codigo_barras', 'codigo_de_barras', 'barcode', 'ean13', 'ean', 'gtin'],
    required: false,
  },
  { field: 'cabys', headers: ['cabys', 'codigo_cabys', 'cabys_(13_digitos)'], required: false },
  { field: 'tax', headers: ['impuesto', 'tax', 'rate', 'iva'], required: false },
  { field: 'unit', headers: ['unidad', 'unit'], required: false },
  { field: 'stock', headers: ['existencia', 'existencias', 'stock'], required: false },
];

const UNITS: readonly Unit[] = ['Unid', 'kg', 'g', 'L', 'm', 'h', 'Sp'];

/** Services and hours are not counted on a shelf. */
const WITHOUT_STOCK: readonly Unit[] = ['Sp', 'h'];

/** `1.500` may be fifteen hundred or one and a half: a person at a screen sees which was meant, an import does not. */
const AMBIGUOUS = /^-?[₡$£€]? ?[1-9]\d{0,2}[.,]\d{3}$/;

const MAX = {
  code: productSchema.properties.code.maxLength ?? 0,
  description: productSchema.properties.description.maxLength ?? 0,
};

export interface ProductsReading {
  products: ImportedProduct[];
  refused: Refusal[];
  unusedHeaders: readonly string[];
  /** Products whose tax treatment the CABYS list gave, since their line has none. */
  taxFromCabys: number;
}

/**
 * Reads a table of products; prices before tax. A bad line is refused with its reason and never stops the others. Codes
 * are compared without regard to case. With a CABYS list a code that it does not have is refused, and a new product whose
 * line has no tax takes the list's. Throws FILE_HEADER_BAD (see `readRows`).
 */
export function parseProducts(table: TextTable, cabys: CabysList | null): ProductsReading {
  const { rows, refused, unusedHeaders } = readRows(table, PRODUCT_COLUMNS);
  const reading: ProductsReading = {
    products: [],
    refused: [...refused],
    unusedHeaders,
    taxFromCabys: 0,
  };
  const seen = { codes: new Set<string>(), barcodes: new Set<string>() };
  for (const row of rows) {
    const result = parseLine(row, seen, cabys);
    if ('code' in result) {
      reading.refused.push(result);
      continue;
    }
    reading.products.push(result);
    seen.codes.add(result.whenNew.code.toUpperCase());
    if (result.whenNew.barcode !== '') seen.barcodes.add(result.whenNew.barcode);
    if (result.says.taxCode === undefined && cabys?.has(result.whenNew.cabys) === true) {
      reading.taxFromCabys += 1;
    }
  }
  reading.refused.sort(byLine);
  return reading;
}

interface Seen {
  codes: ReadonlySet<string>;
  barcodes: ReadonlySet<string>;
}

function parseLine(
  row: TableRow<Field>,
  seen: Seen,
  cabys: CabysList | null,
): ImportedProduct | Refusal {
  const code = row.cell('code');
  if (code === '') return row.refuse('code', 'MISSING_CODE');
  if (code.length > MAX.code) return row.refuse('code', 'TOO_LONG');
  if (seen.codes.has(code.toUpperCase())) return row.refuse('code', 'DUPLICATE_CODE');
  const description = row.cell('description').replaceAll(/\s+/g, ' ');
  if (description === '') return row.refuse('description', 'EMPTY_DESCRIPTION');
  if (description.length > MAX.description) return row.refuse('description', 'TOO_LONG');
  if (AMBIGUOUS.test(row.cell('price'))) return row.refuse('price', 'AMBIGUOUS_PRICE');
  const price = parseMoney(row.cell('price'));
  if (price === null || price <= 0) return row.refuse('price', 'BAD_PRICE');
  const barcode = row.cell('barcode');
  const badBarcode = barcode === '' ? null : barcodeFault(barcode, seen.barcodes);
  if (badBarcode !== null) return row.refuse('barcode', badBarcode);
  const cabysCode = row.cell('cabys');
  if (!/^(\d{13})?$/.test(cabysCode)) return row.refuse('cabys', 'BAD_CABYS');
  if (cabysCode !== '' && cabys !== null && !cabys.has(cabysCode)) {
    return row.refuse('cabys', 'UNKNOWN_CABYS');
  }
  const taxCode = row.cell('tax') === '' ? undefined : parseTaxCell(row.cell('tax'));
  if (taxCode === null) return row.refuse('tax', 'BAD_TAX');
  const unit = UNITS.find((known) => known.toLowerCase() === row.cell('unit').toLowerCase());
  if (unit === undefined && row.cell('unit') !== '') return row.refuse('unit', 'BAD_UNIT');
  const stocked = unit === undefined || !WITHOUT_STOCK.includes(unit);
  if (AMBIGUOUS.test(row.cell('stock'))) return row.refuse('stock', 'AMBIGUOUS_STOCK');
  const opening = row.cell('stock') === '' ? null : parseQuantity(row.cell('stock'));
  if (opening === null && row.cell('stock') !== '') return row.refuse('stock', 'BAD_STOCK');
  if (!stocked && opening !== null && opening !== 0) return row.refuse('stock', 'STOCK_NOT_KEPT');

  const says = {
    description,
    price,
    ...(barcode === '' ? {} : { barcode }),
    ...(cabysCode === '' ? {} : { cabys: cabysCode }),
    ...(taxCode === undefined ? {} : { taxCode }),
    ...(unit === undefined ? {} : { unit }),
  };
  const tax: TaxCode = taxCode ?? cabys?.get(cabysCode) ?? 'iva13';
  const whenNew = { ...NEW_PRODUCT, ...says, code, taxCode: tax, stocked };
  return { line: row.line, foundBy: 'code', says, whenNew, opening };
}

/** What a product has where its file does not say: sold by the piece, general rate, kept in stock. */
export const NEW_PRODUCT = {
  barcode: '',
  cabys: '',
  unit: 'Unid',
  taxCode: 'iva13',
  stocked: true,
  notes: '',
  active: true,
} as const;

/** What is wrong with a barcode, or null. A spreadsheet drops leading zeros and writes long digits as 7,44E+12. */
export function barcodeFault(barcode: string, taken: ReadonlySet<string>): RefusalCode | null {
  if (!/^(\d{8}|\d{12,14})$/.test(barcode)) return 'BAD_BARCODE';
  if (!isValidGtin(barcode)) return 'BAD_CHECK_DIGIT';
  return taken.has(barcode) ? 'DUPLICATE_BARCODE' : null;
}

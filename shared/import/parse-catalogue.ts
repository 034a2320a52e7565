import { productSchema } from '../../schemas/products';
import type { Minor } from '../money/money';
import type { ImportedProduct } from './imported';
import { barcodeFault, NEW_PRODUCT } from './parse-products';
import { type Column, readRows } from './read-rows';
import { byLine, type Refusal } from './refusal';
import type { TextTable } from './text-table';

type Field = 'barcode' | 'name';

export const CATALOGUE_COLUMNS: readonly Column<Field>[] = [
  {
    field: 'barcode',
    headers: ['ean13', 'ean', 'gtin', 'codigo_barras', 'codigo_de_barras', 'barcode'],
    required: true,
  },
  { field: 'name', headers: ['nombre', 'name', 'descripcion', 'description'], required: true },
];

const NAME_MAX = productSchema.properties.description.maxLength ?? 0;

/** Written into the product itself: at a desk nobody remembers where a price came from. */
export const DEFAULT_PRICE_NOTE = 'Precio puesto al importar: el catálogo no trae precios.';

/**
 * Reads a catalogue of barcodes with names. It has no prices: a new product takes `defaultPrice`, and says so in its
 * notes; without one every line is refused (NO_PRICE), since nothing is sold for nothing. A product's code is its
 * barcode. Throws FILE_HEADER_BAD.
 */
export function parseCatalogue(
  table: TextTable,
  defaultPrice: Minor | null,
): { products: ImportedProduct[]; refused: Refusal[]; unusedHeaders: readonly string[] } {
  const { rows, refused, unusedHeaders } = readRows(table, CATALOGUE_COLUMNS);
  const products: ImportedProduct[] = [];
  const refusals = [...refused];
  const seen = new Set<string>();
  for (const row of rows) {
    const barcode = row.cell('barcode');
    const description = row.cell('name').replaceAll(/\s+/g, ' ');
    const badBarcode = barcodeFault(barcode, seen);
    if (badBarcode !== null) refusals.push(row.refuse('barcode', badBarcode));
    else if (description === '') refusals.push(row.refuse('name', 'EMPTY_DESCRIPTION'));
    else if (description.length > NAME_MAX) refusals.push(row.refuse('name', 'TOO_LONG'));
    else if (defaultPrice === null) refusals.push(row.refuse('price', 'NO_PRICE'));
    else {
      seen.add(barcode);
      const says = { barcode, description };
      const added = { code: barcode, price: defaultPrice, notes: DEFAULT_PRICE_NOTE };
      const whenNew = { ...NEW_PRODUCT, ...says, ...added };
      products.push({ line: row.line, foundBy: 'barcode', says, whenNew, opening: null });
    }
  }
  return { products, refused: refusals.sort(byLine), unusedHeaders };
}

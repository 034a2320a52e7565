import type { TaxCode } from '../../schemas/products';
import { type Column, readRows } from './read-rows';
import { byLine, type Refusal } from './refusal';
import { parseTaxCell } from './tax-cell';
import type { TextTable } from './text-table';

type Field = 'cabys' | 'description' | 'rate';

export const CABYS_COLUMNS: readonly Column<Field>[] = [
  { field: 'cabys', headers: ['cabys', 'codigo_cabys'], required: true },
  {
    field: 'description',
    headers: ['descripcion', 'description'],
    required: false,
    isUnread: true,
  },
  { field: 'rate', headers: ['impuesto', 'rate', 'tax', 'iva', 'tarifa'], required: true },
];

/** The tax treatment of each code of the list. */
export type CabysList = ReadonlyMap<string, TaxCode>;

/**
 * Reads Costa Rica's list of CABYS codes (code, description, IVA in per cent). It is no import by itself: products are
 * checked against it. Throws FILE_HEADER_BAD.
 */
export function parseCabys(table: TextTable): {
  list: CabysList;
  refused: Refusal[];
  unusedHeaders: readonly string[];
} {
  const { rows, refused, unusedHeaders } = readRows(table, CABYS_COLUMNS);
  const list = new Map<string, TaxCode>();
  const refusals = [...refused];
  for (const row of rows) {
    const code = row.cell('cabys');
    const taxCode = parseTaxCell(row.cell('rate'));
    if (!/^\d{13}$/.test(code)) refusals.push(row.refuse('cabys', 'BAD_CABYS'));
    else if (list.has(code)) refusals.push(row.refuse('cabys', 'DUPLICATE_CABYS'));
    else if (taxCode === null) refusals.push(row.refuse('rate', 'BAD_TAX'));
    else list.set(code, taxCode);
  }
  return { list, refused: refusals.sort(byLine), unusedHeaders };
}

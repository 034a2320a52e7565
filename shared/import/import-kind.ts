import { AppError } from '../errors/app-error';
import { CABYS_COLUMNS } from './parse-cabys';
import { CATALOGUE_COLUMNS } from './parse-catalogue';
import { CLIENT_COLUMNS } from './parse-clients';
import { PRODUCT_COLUMNS } from './parse-products';
import { type Column, fieldOf } from './read-rows';
import { shownValue } from './refusal';
import { SALES_COLUMNS } from './retail-sales';

/** What a file can be. A CABYS list is no import by itself: products are checked against it. */
export const IMPORT_KINDS = ['products', 'clients', 'sales', 'catalogue', 'cabys'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const isImportKind = (kind: unknown): kind is ImportKind =>
  IMPORT_KINDS.some((known) => known === kind);

export const COLUMNS_OF: Record<ImportKind, readonly Column<string>[]> = {
  products: PRODUCT_COLUMNS,
  clients: CLIENT_COLUMNS,
  sales: SALES_COLUMNS,
  catalogue: CATALOGUE_COLUMNS,
  cabys: CABYS_COLUMNS,
};

/** The columns of a kind as a person is told of them; in brackets those that may be left out. */
export const columnNames = (kind: ImportKind): string[] =>
  COLUMNS_OF[kind].map(({ field, headers: [first = field], required }) => {
    const name = kind === 'sales' ? field : first;
    return required ? name : `[${name}]`;
  });

/**
 * The kind whose columns a header has most of; of two, the one that has all that it needs. One column in common with some
 * kind, among others, is chance: FILE_KIND_UNKNOWN, with the headers that were found.
 */
export function importKindOf(headers: readonly string[]): ImportKind {
  const written = headers.filter((header) => header.trim() !== '');
  const ranked = IMPORT_KINDS.map((kind) => {
    const columns: readonly Column<string>[] = COLUMNS_OF[kind];
    const found = new Set(written.map((header) => fieldOf(header, columns)));
    found.delete(undefined);
    const isComplete = columns.every(({ field, required }) => !required || found.has(field));
    return { kind, known: found.size, isComplete };
  });
  const best = ranked.reduce((a, b) =>
    b.known > a.known || (b.known === a.known && b.isComplete && !a.isComplete) ? b : a,
  );
  const isChance = best.known < 2 && !(best.isComplete && written.length === 1);
  if (isChance) {
    throw new AppError('FILE_KIND_UNKNOWN', { headers: written.slice(0, 20).map(shownValue) });
  }
  return best.kind;
}

import { type CsvRecord, csvRecords } from './csv-records';
import { withoutGuard } from './csv-safe';
import { type Refusal, shownValue } from './refusal';

/** A column that a file may have, under any of several headers (lower case, no accents, `_` for spaces). */
export interface Column<F extends string> {
  readonly field: F;
  readonly headers: readonly string[];
  readonly required: boolean;
}

export interface TableRow<F extends string> {
  readonly line: number;
  /** Trimmed; empty where the file has no such column. */
  cell(field: F): string;
}

export interface Table<F extends string> {
  readonly rows: readonly TableRow<F>[];
  readonly refused: readonly Refusal[];
}

/** Spreadsheets of Costa Rica write semicolons, since the comma is their decimal mark. */
const DELIMITERS = [',', ';', '\t'] as const;

const normalHeader = (header: string): string =>
  header
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/**
 * A CSV text as rows of named cells. The delimiter is the one under which most headers are known. An unknown, double or
 * missing header refuses the whole file (a misspelt `preico` must not import products without a price); a bad line is
 * refused by itself.
 */
export function readTable<F extends string>(text: string, columns: readonly Column<F>[]): Table<F> {
  const fieldOf = new Map<string, F>();
  for (const { field, headers } of columns) {
    for (const header of headers) fieldOf.set(header, field);
  }
  const known = (delimiter: string): number =>
    (headerRecord(text, delimiter)?.cells ?? []).filter((cell) => fieldOf.has(normalHeader(cell)))
      .length;
  const delimiter = DELIMITERS.reduce((best, next) => (known(next) > known(best) ? next : best));

  const [header, ...records] = csvRecords(text, delimiter);
  const { index, refused } = readHeader(header, columns, fieldOf);
  if (refused.length > 0) return { rows: [], refused };

  const width = header?.cells.length ?? 0;
  const rows: TableRow<F>[] = [];
  for (const { line, cells, broken } of records) {
    const surplus = cells.slice(width).some((cell) => cell.trim() !== '');
    if (broken || surplus || cells.length < width) {
      const code = broken ? 'BAD_QUOTES' : 'WRONG_CELL_COUNT';
      refused.push({ line, field: '', code, value: shownValue(cells.join(delimiter)) });
      continue;
    }
    rows.push({
      line,
      cell: (field) => withoutGuard((cells[index.get(field) ?? -1] ?? '').trim()),
    });
  }
  return { rows, refused };
}

/** Only the beginning of the file is read for it: headers are one short line. */
const headerRecord = (text: string, delimiter: string): CsvRecord | undefined =>
  csvRecords(/^\s*[^\r\n]*/.exec(text.slice(0, 10_000))?.[0] ?? '', delimiter)[0];

function readHeader<F extends string>(
  header: CsvRecord | undefined,
  columns: readonly Column<F>[],
  fieldOf: ReadonlyMap<string, F>,
): { index: Map<F, number>; refused: Refusal[] } {
  const index = new Map<F, number>();
  const refused: Refusal[] = [];
  const line = header?.line ?? 1;
  for (const [position, cell] of (header?.cells ?? []).entries()) {
    const field = fieldOf.get(normalHeader(cell));
    const value = shownValue(cell);
    if (field === undefined) refused.push({ line, field: value, code: 'UNKNOWN_HEADER', value });
    else if (index.has(field)) refused.push({ line, field, code: 'DUPLICATE_HEADER', value });
    else index.set(field, position);
  }
  for (const { field, required } of columns) {
    if (required && !index.has(field)) {
      refused.push({ line, field, code: 'MISSING_HEADER', value: '' });
    }
  }
  return { index, refused };
}

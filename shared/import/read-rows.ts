import { AppError } from '../errors/app-error';
import { withoutGuard } from './csv-safe';
import { type Refusal, type RefusalCode, shownValue } from './refusal';
import { isPrintable, type TextTable } from './text-table';

/** A column that a file may have, under any of several headers (as `normalHeader` makes them). */
export interface Column<F extends string> {
  readonly field: F;
  readonly headers: readonly string[];
  readonly required: boolean;
  /** The column belongs to the kind of file, but nothing looks at it: whatever stands there is no fault. */
  readonly isUnread?: boolean;
}

/** A line, its cells by name. A class: of functions made line by line, 200,000 lines would make half a million. */
export class TableRow<F extends string> {
  constructor(
    readonly line: number,
    private readonly cells: readonly string[],
    private readonly index: ReadonlyMap<string, number>,
  ) {}

  /** As it stands; empty where the file has no such column. */
  raw(field: string): string {
    return this.cells[this.index.get(field) ?? -1] ?? '';
  }

  /** Trimmed, and without the apostrophe by which an export of ours keeps a formula from running. */
  cell(field: F): string {
    return withoutGuard(this.raw(field).trim());
  }

  refuse(field: string, code: RefusalCode): Refusal {
    return { line: this.line, field, code, value: visible(this.raw(field).trim()) };
  }
}

export interface Rows<F extends string> {
  readonly rows: readonly TableRow<F>[];
  readonly refused: readonly Refusal[];
  /** Headers that mean nothing here: their columns are not read, and a person is told so. */
  readonly unusedHeaders: readonly string[];
}

/** What is wrong with the header line: nothing of the file is taken. */
export interface HeaderFault {
  readonly code: 'DUPLICATE_HEADER' | 'MISSING_HEADER';
  /** As it stands in the file; of a missing one, the name that it should have. */
  readonly header: string;
}

/** `Código de barras` -> `codigo_de_barras`. */
export const normalHeader = (header: string): string =>
  header
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/**
 * A table as rows of named cells. A line that has not the header's number of cells, or broken quotes, is refused by
 * itself. Throws FILE_HEADER_BAD with `details.headers: HeaderFault[]` where a needed column is missing, or one is there
 * twice: nobody could say which of the two is meant.
 */
export function readRows<F extends string>(
  table: TextTable,
  columns: readonly Column<F>[],
): Rows<F> {
  const { index, unusedHeaders } = readHeader(table.headers, columns);
  const width = table.headers.findLastIndex((header) => header.trim() !== '') + 1;
  const looked = columns.filter(({ field, isUnread }) => isUnread !== true && index.has(field));
  const refused: Refusal[] = [];
  const rows: TableRow<F>[] = [];
  for (const { line, cells, broken } of table.records) {
    if (broken || hasWrongCount(cells, width)) {
      const code = broken ? 'BAD_QUOTES' : 'WRONG_CELL_COUNT';
      refused.push({ line, field: '', code, value: visible(cells.join(table.delimiter)) });
      continue;
    }
    const row = new TableRow<F>(line, cells, index);
    const unprintable = table.isDirty
      ? looked.find(({ field }) => !isPrintable(row.raw(field)))
      : undefined;
    if (unprintable === undefined) rows.push(row);
    else refused.push(row.refuse(unprintable.field, 'BAD_CHARACTERS'));
  }
  return { rows, refused, unusedHeaders };
}

const hasWrongCount = (cells: readonly string[], width: number): boolean =>
  cells.length < width ||
  (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''));

const visible = (text: string): string =>
  shownValue(text.replaceAll(/[^\P{Cc}\n]|\p{Cs}/gu, '\ufffd'));

/** Position of each column that is known; throws as `readRows` says. */
function readHeader<F extends string>(
  headers: readonly string[],
  columns: readonly Column<F>[],
): { index: ReadonlyMap<F, number>; unusedHeaders: readonly string[] } {
  const index = new Map<F, number>();
  const unusedHeaders: string[] = [];
  const faults: HeaderFault[] = [];
  for (const [position, header] of headers.entries()) {
    const field = fieldOf(header, columns);
    if (field === undefined) {
      if (header.trim() !== '') unusedHeaders.push(shownValue(header.trim()));
    } else if (index.has(field)) {
      faults.push({ code: 'DUPLICATE_HEADER', header: shownValue(header.trim()) });
    } else index.set(field, position);
  }
  for (const { field, headers: names, required } of columns) {
    if (required && !index.has(field)) {
      faults.push({ code: 'MISSING_HEADER', header: names[0] ?? field });
    }
  }
  if (faults.length > 0) throw new AppError('FILE_HEADER_BAD', { headers: faults });
  return { index, unusedHeaders };
}

/** Which column a header means, if any. */
export const fieldOf = <F extends string>(
  header: string,
  columns: readonly Column<F>[],
): F | undefined => columns.find(({ headers }) => headers.includes(normalHeader(header)))?.field;

import { AppError } from '../errors/app-error';
import { type CsvRecord, csvRecords } from './csv-records';
import { shownValue } from './refusal';

/** A CSV text, cut into its header and its lines; what the columns mean is not known yet. */
export interface TextTable {
  /** As they stand in the file. */
  readonly headers: readonly string[];
  readonly delimiter: string;
  /** Everything below the header. */
  readonly records: readonly CsvRecord[];
  /** Somewhere in the text there is a character that no cell may hold: each cell has to be looked at. */
  readonly isDirty: boolean;
}

/** Spreadsheets of Costa Rica write semicolons, since the comma is their decimal mark. */
const DELIMITERS = [',', ';', '\t'] as const;

/** Lines of one file; the largest real one has 209,030. Each costs memory on a server that others use too. */
const LINES_MAX = 500_000;

/** Control characters and halves of surrogate pairs: no text that a person wrote has them. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

export const isPrintable = (text: string): boolean => !UNPRINTABLE.test(text);

/**
 * Cuts a text into a table; the delimiter is the one that makes the most of the first line. Throws FILE_NOT_TABLE where
 * the text is empty or plainly something else (a spreadsheet's own format, a picture), FILE_TOO_LARGE over 500,000 lines.
 */
export function textTable(text: string): TextTable {
  const plain = text.replace(/^\ufeff/, '');
  const firstLine = /\S[^\r\n]*/.exec(plain.slice(0, 20_000))?.[0] ?? '';
  if (firstLine === '' || !isPrintable(firstLine)) {
    throw new AppError('FILE_NOT_TABLE', { begin: shownValue(plain.slice(0, 80)) });
  }
  const width = (delimiter: string): number => firstLine.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((best, next) => (width(next) > width(best) ? next : best));
  if (hasMoreLines(plain, LINES_MAX)) throw new AppError('FILE_TOO_LARGE', { lines: LINES_MAX });
  const [header, ...records] = csvRecords(plain, delimiter);
  if (header === undefined || header.broken) {
    throw new AppError('FILE_NOT_TABLE', { begin: shownValue(firstLine) });
  }
  return { headers: header.cells, delimiter, records, isDirty: !isPrintable(plain) };
}

/** Counts before anything is built of the lines. */
function hasMoreLines(text: string, most: number): boolean {
  let count = 0;
  for (const _ of text.matchAll(/\r\n|\r|\n/g)) {
    count += 1;
    if (count > most) return true;
  }
  return false;
}

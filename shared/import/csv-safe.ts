/** What a spreadsheet takes for the beginning of a formula (S8), behind any apostrophes of our own; full width too. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/**
 * A CSV cell that a spreadsheet shows and never runs: text that begins like a formula gets an apostrophe in front. A
 * number is written as it is: `-5` is no formula, and must stay a number.
 */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const neutral = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(neutral) ? `"${neutral.replaceAll('"', '""')}"` : neutral;
}

/** The text that `csvCell` was given: takes the apostrophe off again where it would have put one. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

/** RFC 4180: commas, CRLF after every row. UTF-8 without a byte order mark: that is the writer's to add. */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

/** A cell that a spreadsheet takes as text: what would be a formula gets an apostrophe before it (S8). */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const neutral = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(neutral) ? `"${neutral.replaceAll('"', '""')}"` : neutral;
}

/** Rows as CSV with CRLF line ends (RFC 4180). */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

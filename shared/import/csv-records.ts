export interface CsvRecord {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote was opened and never properly closed; `cells` holds the line as it stands. */
  readonly broken: boolean;
}

/** Lines that one record may span: without a bound a file of broken quotes would be read to its end once a line. */
const SPAN_MAX = 50;

/**
 * The records of a CSV text (RFC 4180), those without any cell that says something left out. A broken quote would
 * swallow the lines that follow it, perhaps the rest of the file: only its own line is given up, and reading goes on with
 * the next. So does a record of several lines whose cells are not as many as the first record's: what joined them was a
 * stray quote. Line ends inside a cell become `\n`.
 */
export function csvRecords(text: string, delimiter: string): CsvRecord[] {
  const lines = text.split(/\r\n|\r|\n/);
  const records: CsvRecord[] = [];
  let width: number | null = null;
  let next = 0;
  while (next < lines.length) {
    const line = next + 1;
    const first = lines[next] ?? '';
    const read = first.includes('"')
      ? quotedRecord(lines, next, delimiter)
      : { cells: first.split(delimiter), span: 1 };
    if (read === null || (read.span > 1 && width !== null && read.cells.length !== width)) {
      records.push({ line, cells: [first], broken: true });
      next += 1;
      continue;
    }
    if (read.cells.some((cell) => cell.trim() !== '')) {
      width ??= read.cells.length;
      records.push({ line, cells: read.cells, broken: false });
    }
    next += read.span;
  }
  return records;
}

/** The record that begins on that line, and how many lines it takes; null where its quotes do not close properly. */
function quotedRecord(
  lines: readonly string[],
  begin: number,
  delimiter: string,
): { cells: string[]; span: number } | null {
  const cells: string[] = [];
  let at = begin;
  let line = lines[at] ?? '';
  let position = 0;
  for (;;) {
    if (line[position] !== '"') {
      const end = line.indexOf(delimiter, position);
      cells.push(line.slice(position, end < 0 ? undefined : end));
      if (end < 0) return { cells, span: at - begin + 1 };
      position = end + 1;
      continue;
    }
    let cell = '';
    position += 1;
    for (;;) {
      const quote = line.indexOf('"', position);
      if (quote < 0) {
        cell += `${line.slice(position)}\n`;
        at += 1;
        const following = lines[at];
        if (following === undefined || at - begin >= SPAN_MAX) return null;
        line = following;
        position = 0;
        continue;
      }
      cell += line.slice(position, quote);
      position = quote + 1;
      if (line[position] !== '"') break;
      cell += '"';
      position += 1;
    }
    cells.push(cell);
    if (position >= line.length) return { cells, span: at - begin + 1 };
    if (line[position] !== delimiter) return null;
    position += 1;
  }
}

import Papa from 'papaparse';

export interface CsvRecord {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote was opened and never properly closed; `cells` holds the line as it stands. */
  readonly broken: boolean;
}

const LINE_END = /\r\n|\r|\n/;

/**
 * The records of a CSV text, those without any cell that says something left out. A broken quote would swallow the lines
 * that follow it, perhaps the rest of the file: only its own line is given up, and reading goes on with the next.
 */
export function csvRecords(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let rest = text.replace(/^\ufeff/, '');
  let line = 1;
  while (rest !== '') {
    const { data, errors } = Papa.parse<string[]>(rest, { delimiter, skipEmptyLines: false });
    const brokenRow = errors.find((error) => error.type === 'Quotes')?.row;
    const brokenAt = brokenRow ?? data.length;
    const start = line;
    for (const cells of data.slice(0, brokenAt)) {
      if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells, broken: false });
      line += 1;
      for (const cell of cells) line += cell.split(LINE_END).length - 1;
    }
    if (brokenRow === undefined) break;
    const [broken = '', following] = splitLines(rest, line - start);
    records.push({ line, cells: [broken], broken: true });
    rest = following ?? '';
    line += 1;
  }
  return records;
}

/** The line after so many others, and what follows it. */
function splitLines(text: string, skip: number): [string, string] {
  const ends = /\r\n|\r|\n/g;
  let begin = 0;
  for (let i = 0; i < skip; i++) {
    if (ends.exec(text) === null) break;
    begin = ends.lastIndex;
  }
  const end = ends.exec(text);
  return end === null
    ? [text.slice(begin), '']
    : [text.slice(begin, end.index), text.slice(ends.lastIndex)];
}

import fc from 'fast-check';
import Papa from 'papaparse';
import { csvRecords } from '../../../../shared/import/csv-records';
import { toCsv, withoutGuard } from '../../../../shared/import/csv-safe';

/** Cells of every awkward kind; not blank, since a line of blank cells says nothing. */
const cell = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('=1+1', "'", '"', '""', 'a,b', 'a;b', ' ñ ', 'dos\nlíneas', '12"', "'=x"),
);
const says = (row: readonly string[]): boolean => row.some((text) => text.trim() !== '');
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }).filter(says), { minLength: 1 }),
  );
const plainEnds = (text: string): string => text.replaceAll(/\r\n|\r/g, '\n');
const cellsOf = (text: string, delimiter = ',') =>
  csvRecords(text, delimiter).map(({ cells }) => cells);

test('what our own export writes is read back, cell by cell', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const read = cellsOf(toCsv(rows)).map((cells) => cells.map(withoutGuard));
      expect(read).toEqual(rows.map((row) => row.map(plainEnds)));
    }),
  );
});

test('a well-formed file is read as an independent reader reads it', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t'), (rows, delimiter) => {
      const text = Papa.unparse(
        rows.map((row) => row.map(plainEnds)),
        { delimiter, newline: '\n' },
      );
      const theirs = Papa.parse<string[]>(text, { delimiter, newline: '\n' }).data;
      expect(cellsOf(text, delimiter)).toEqual(theirs.filter(says));
    }),
  );
});

test('each record knows its line, blank lines and line ends inside cells counted', () => {
  const text = 'a,b\r\n\r\n"uno\r\ndos",x\r\n , \r\n3,4';
  expect(csvRecords(text, ',')).toEqual([
    { line: 1, cells: ['a', 'b'], broken: false },
    { line: 3, cells: ['uno\ndos', 'x'], broken: false },
    { line: 6, cells: ['3', '4'], broken: false },
  ]);
});

test.each([
  ['a quote that never closes', 'a,b\n"x,1\ny,2\nz,3'],
  ['a quote that another line closes by chance', 'a,b\n"x,1\ny,2"\nz,3'],
  ['text behind a closing quote', 'a,b\n"x"x,1\ny,2\nz,3'],
])('%s costs its own line only', (_, text) => {
  const records = csvRecords(text, ',');
  expect(records.map(({ line, broken }) => [line, broken])).toEqual([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
  ]);
});

test('a quote inside an unquoted cell is a quote: 12" are twelve inches', () => {
  expect(cellsOf('a,b\nregla 12",5')).toEqual([
    ['a', 'b'],
    ['regla 12"', '5'],
  ]);
});

test('no text makes it lose a line, or end', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' ') }), (text) => {
      const records = csvRecords(text, ',');
      const lines = records.map(({ line }) => line);
      expect([...lines].sort((a, b) => a - b)).toEqual(lines);
      expect(new Set(lines).size).toBe(lines.length);
      const first = text.split(/\r\n|\r|\n/).findIndex((line) => /[^\s,"]/.test(line));
      if (first >= 0) expect(records.length).toBeGreaterThan(0);
    }),
  );
});

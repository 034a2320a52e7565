/** One line of the table: what was measured, and against what. */
export interface Figure {
  name: string;
  /** What `values` are: ms unless a name says otherwise. */
  unit: 'ms' | 'pages/s' | 'reads' | 'MB' | 'frames';
  values: readonly number[];
  /** Name of the yardstick, measured in turn with it, and its values. */
  base?: { name: string; values: readonly number[] };
  /** What must hold; said in the table, and the exit code follows it. */
  limit?: { most: number };
}

export interface Line {
  name: string;
  unit: Figure['unit'];
  median: number;
  least: number;
  most: number;
  repetitions: number;
  base: string;
  baseMedian: number | null;
  /** Median of the ratios of each repetition to the yardstick beside it. */
  ratio: number | null;
  holds: boolean | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function toLine({ name, unit, values, base, limit }: Figure): Line {
  const ratios = base?.values.flatMap((of, index) => {
    const value = values[index];
    return value === undefined ? [] : [value / of];
  });
  const middle = median(values);
  return {
    name,
    unit,
    median: middle,
    least: Math.min(...values),
    most: Math.max(...values),
    repetitions: values.length,
    base: base?.name ?? '',
    baseMedian: base === undefined ? null : median(base.values),
    ratio: ratios === undefined || ratios.length === 0 ? null : median(ratios),
    holds: limit === undefined ? null : middle <= limit.most,
  };
}

const number = (value: number | null): string => {
  if (value === null) return '';
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
};

/** The table as text, one line a figure. */
export function toTable(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.name,
    `${number(line.median)} ${line.unit}`,
    `${number(line.least)} - ${number(line.most)}`,
    String(line.repetitions),
    line.base === '' ? '' : `${number(line.baseMedian)} ${line.unit} (${line.base})`,
    line.ratio === null ? '' : `x ${number(line.ratio)}`,
    line.holds === null ? '' : line.holds ? 'holds' : 'MISSED',
  ]);
  const table = [['', 'median', 'spread', 'n', 'against', 'ratio', ''], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? '').length)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

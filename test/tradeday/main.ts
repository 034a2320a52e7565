import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Figures } from './figures';
import { hasData } from './read-data';
import { runDay } from './run-day';

/* npm run tradeday -- --data ../shared/data --date 2010-12-01 --terminals 3 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    date: { type: 'string', default: '2010-12-01' },
    terminals: { type: 'string', default: '3' },
  },
});
const folder = path.resolve(values.data);
const terminals = Number(values.terminals);
if (!hasData(folder)) {
  console.error(`There is no sales data in ${folder}.`);
  process.exit(1);
}
if (
  !/^\d{4}-\d{2}-\d{2}$/.test(values.date) ||
  !Number.isInteger(terminals) ||
  terminals < 1 ||
  terminals > 8
) {
  console.error('Usage: npm run tradeday -- --data FOLDER --date YYYY-MM-DD --terminals 1..8');
  process.exit(1);
}

const report = await runDay({ data: folder, date: values.date, terminals });
const row = (label: string, figures: Figures): string =>
  [
    label.padEnd(22),
    String(figures.invoices).padStart(9),
    String(figures.notes).padStart(9),
    String(figures.lines).padStart(9),
    String(figures.units).padStart(10),
    (figures.amount / 100).toFixed(2).padStart(14),
  ].join('');
const word = (ok: boolean): string => (ok ? 'equal' : 'DIFFERENT');

console.log(
  `Trading day ${report.date}: real sales; barcodes and CABYS codes are joined synthetically`,
);
console.log(
  `${report.products} products (${report.priceChanges} price changes before that day), ${report.clients} clients`,
);
console.log(`${'\n'.padEnd(23)} invoices    notes    lines     units    net amount`);
report.terminals.forEach((figures, index) => {
  console.log(row(`terminal ${index + 1}`, figures));
});
console.log(row('all terminals', report.total));
console.log(row('sales file', report.expected));
console.log(`\nstock = opening + movements, as the file has them: ${word(report.stockEqual)}`);
console.log(`digests of every terminal and the server:          ${word(report.digestsEqual)}`);
console.log(
  `stock adjustments: ${report.adjustments}, rejected: ${report.rejected}, conflicts: ${report.conflicts}`,
);
console.log(`lines of that day that were refused: ${report.refusedOfDay.length}`);
for (const { line, code, field, value } of report.refusedOfDay.slice(0, 20)) {
  console.log(`  line ${line}: ${code} (${field} ${value})`);
}
const { build, issue, sync } = report.seconds;
console.log(
  `seconds: build ${build.toFixed(1)}, issue ${issue.toFixed(1)}, sync ${sync.toFixed(1)}`,
);
console.log(report.ok ? 'OK' : 'NOT OK');
process.exit(report.ok ? 0 : 1);

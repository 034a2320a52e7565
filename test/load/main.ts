import path from 'node:path';
import { parseArgs } from 'node:util';
import { runLoad } from './run-load';

/*
 * npm run load -- [--terminals 200] [--invoices 50] [--batch 10] [--stores 4] [--database sqlite|postgres] [--nodes 1]
 * [--seed 1] [--minutes 10]; limits of the server as it takes them from the environment (SYNC_AT_WORK=2 npm run load ...).
 */
const { values } = parseArgs({
  options: {
    terminals: { type: 'string', default: '200' },
    invoices: { type: 'string', default: '50' },
    batch: { type: 'string', default: '10' },
    stores: { type: 'string', default: '4' },
    nodes: { type: 'string', default: '1' },
    database: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
  },
});
const { database } = values;
const asked = {
  terminals: Number(values.terminals),
  invoices: Number(values.invoices),
  batch: Number(values.batch),
  stores: Number(values.stores),
  nodes: Number(values.nodes),
  seed: Number(values.seed),
  minutes: Number(values.minutes),
};
const isKnown = database === 'sqlite' || database === 'postgres';
const isWhole = Object.values(asked).every((value) => Number.isInteger(value) && value >= 1);
const isPossible =
  asked.batch <= 500 &&
  asked.terminals >= asked.stores &&
  asked.terminals <= 2000 &&
  (database === 'postgres' || asked.nodes === 1);
if (!isKnown || !isWhole || !isPossible) {
  console.error(
    'Usage: npm run load -- --terminals N --invoices N --batch N --stores N --nodes N --database sqlite|postgres --seed S --minutes M\n' +
      '(whole, above 0; at most 2000 terminals, one at least a store; several nodes over postgres only)',
  );
  process.exit(1);
}
const { minutes, ...counts } = asked;
const report = await runLoad({
  ...counts,
  root: path.resolve(import.meta.dirname, '..', '..'),
  database,
  maxSeconds: minutes * 60,
  onProgress: (line) => console.log(line),
});

const at = (times: readonly number[], share: number): string => {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
};
const spread = (times: readonly number[]): string =>
  `${at(times, 0.5)} / ${at(times, 0.99)} ms (${times.length})`;
const times = (...statuses: number[]): number =>
  statuses.reduce((sum, status) => sum + (report.statuses.get(status) ?? 0), 0);
const requests = [...report.statuses.values()].reduce((sum, count) => sum + count, 0);
const other5xx = [...report.statuses].filter(([status]) => status >= 500 && status !== 503);
const { start, peak, end } = report.memory;
const stores = report.storeMs.map((ms) => ms / 1000);
const rows: [string, string | number][] = [
  ['database, nodes, stores', `${database}, ${asked.nodes}, ${asked.stores}`],
  ['terminals x invoices', `${asked.terminals} x ${asked.invoices}, ${asked.batch} a batch`],
  ['logins, one by one', `${report.loginSeconds.toFixed(0)} s`],
  ['burst', `${report.seconds.toFixed(1)} s`],
  ['requests a second', (requests / report.seconds).toFixed(0)],
  ['invoices a second', (report.acknowledged / report.seconds).toFixed(0)],
  ['push p50 / p99', spread(report.pushes)],
  ['pull p50 / p99', spread(report.pulls)],
  ['batch until acknowledged', spread(report.batches)],
  ['503, 429 (obeyed)', `${times(503)}, ${times(429)}`],
  ['waited as told, a terminal', `${(report.waitedMs / 1000 / asked.terminals).toFixed(1)} s`],
  ['other 5xx', other5xx.reduce((sum, [, count]) => sum + count, 0)],
  [
    'server memory',
    `${[start, peak, end].map((mib) => mib.toFixed(0)).join(', ')} MiB (start, peak, end)`,
  ],
  ['stores finished after', stores.map((seconds) => `${seconds.toFixed(1)} s`).join(', ')],
  ['slowest : fastest store', (Math.max(...stores) / Math.min(...stores)).toFixed(2)],
  ['acknowledged', `${report.acknowledged} of ${report.sent}`],
  ['lost, twice', `${report.lost}, ${report.twice}`],
];
console.log('');
for (const [label, value] of rows) console.log(`${label.padEnd(28)}${value}`);
for (const problem of report.problems) console.log(`PROBLEM ${problem.slice(0, 500)}`);
const ok =
  report.problems.length === 0 && report.lost === 0 && report.twice === 0 && other5xx.length === 0;
console.log(ok ? 'OK' : 'NOT OK');
process.exit(ok ? 0 : 1);

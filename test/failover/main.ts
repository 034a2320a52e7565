import path from 'node:path';
import { parseArgs } from 'node:util';
import { runFailover } from './run-failover';

/*
 * npm run failover [-- --failovers N] [--seed S] [--nodes N] [--minutes M] [--asynchronous]: the primary is killed under load
 * and its standby takes over. With --asynchronous rows must get lost, else the run could not see it.
 */
const { values } = parseArgs({
  options: {
    asynchronous: { type: 'boolean', default: false },
    failovers: { type: 'string', default: '20' },
    nodes: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(1 + (Date.now() % 999_999)) },
    minutes: { type: 'string', default: '30' },
  },
});
const { asynchronous } = values;
const failovers = asynchronous ? 1 : Number(values.failovers);
const [seed, nodes, minutes] = [values.seed, values.nodes, values.minutes].map(Number) as [
  number,
  number,
  number,
];
if (![failovers, seed, nodes, minutes].every((value) => Number.isInteger(value) && value >= 1)) {
  console.error(
    'Usage: npm run failover -- [--asynchronous] --failovers N --nodes N --seed S --minutes M (whole, above 0)',
  );
  process.exit(1);
}
console.log(
  `seed ${seed}: ${nodes} nodes, four terminals, the primary is killed ${failovers} times`,
);
const report = await runFailover({
  root: path.resolve(import.meta.dirname, '..', '..'),
  failovers,
  seed,
  nodes,
  synchronous: !asynchronous,
  maxSeconds: minutes * 60,
  onFailover: ({ failovers: done, acknowledged, lost, pauses, seconds }) =>
    console.log(
      `${done} failovers, ${acknowledged} acknowledged, lost ${lost}, last pause ${(pauses.at(-1) ?? 0).toFixed(1)} s, ${seconds.toFixed(0)} s`,
    ),
});
const pauses = [...report.pauses].sort((a, b) => a - b);
const figures: [string, number | string][] = [
  ['failovers', report.failovers],
  ['acknowledged rows', report.acknowledged],
  ['lost', report.lost],
  ['half transactions', report.half],
  ['batches in doubt at the end', `${report.inDoubt} (${report.inDoubtStored} were stored)`],
  ['changed when sent once more', report.twice],
  ['refused, or answered wrongly', report.refused],
  [
    'pause, median and longest, s',
    `${(pauses[Math.floor(pauses.length / 2)] ?? 0).toFixed(1)}, ${(pauses.at(-1) ?? 0).toFixed(1)}`,
  ],
  ['seconds', report.seconds.toFixed(0)],
];
for (const [label, value] of figures) console.log(`${label.padEnd(32)}${value}`);
for (const problem of asynchronous ? [] : report.problems) console.log(problem);
const ok = asynchronous
  ? report.lost > 0
  : report.failovers === failovers && report.problems.length === 0;
console.log(
  ok
    ? 'OK'
    : `NOT OK; again with: npm run failover -- --failovers ${failovers} --seed ${seed} --nodes ${nodes}`,
);
process.exit(ok ? 0 : 1);

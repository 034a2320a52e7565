import path from 'node:path';
import { parseArgs } from 'node:util';
import { startCluster } from '../kit/postgres-cluster';
import { runAttack } from './run-attack';

/* npm run attack [-- --requests N] [--seed S] [--minutes M] [--database postgres] */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    database: { type: 'string', default: 'sqlite' },
  },
});
const [requests, seed, minutes] = [values.requests, values.seed, values.minutes].map(Number);
const isCount = (value: number | undefined): value is number =>
  Number.isInteger(value) && Number(value) >= 1;
const { database } = values;
if (
  !['sqlite', 'postgres'].includes(database) ||
  !isCount(requests) ||
  !isCount(seed) ||
  !isCount(minutes)
) {
  console.error(
    'Usage: npm run attack -- [--database sqlite|postgres] --requests N --seed S --minutes M (whole, above 0)',
  );
  process.exit(1);
}
const cluster = database === 'postgres' ? await startCluster({ durable: true }) : null;
const report = await runAttack({
  databaseUrl: cluster?.url(),
  root: path.resolve(import.meta.dirname, '..', '..'),
  requests,
  seed,
  maxSeconds: minutes * 60,
  onProgress: (sent, memory) => console.log(`${sent} sent, ${memory.toFixed(0)} MiB`),
}).finally(() => cluster?.remove());

console.log(`\n${'kind'.padEnd(22)}${'sent'.padStart(8)}  status: times`);
for (const [kind, statuses] of [...report.table].sort()) {
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
  console.log(`${kind.padEnd(22)}${String(sent).padStart(8)}  ${counts.join(', ')}`);
}
const { early, late, highest } = report.memory;
console.log(`\nsent ${report.sent} in ${report.seconds.toFixed(0)} s, seed ${seed}`);
console.log(
  `memory of the server: ${early.toFixed(0)} MiB early, ${late.toFixed(0)} late, ${highest.toFixed(0)} at most`,
);
for (const problem of report.problems.slice(0, 40)) console.log(`PROBLEM ${problem}`);
for (const defect of report.defects.slice(0, 10)) console.log(`DEFECT ${defect.slice(0, 1500)}`);
const ok = report.problems.length === 0 && report.defects.length === 0 && report.sent >= requests;
console.log(
  ok
    ? 'OK'
    : `NOT OK; again with: npm run attack -- --database ${database} --requests ${requests} --seed ${seed}`,
);
process.exit(ok ? 0 : 1);

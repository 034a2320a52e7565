import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PLANNED_FAULTS } from '../faults';
import { scenarioText } from '../scenario/scenario-text';
import { type FoundFailure, runHistories } from './run-histories';
import { shrink } from './shrink';

/* npm run fuzz -- [--histories N] [--seed S] [--terminals N] [--time-limit SECONDS] [--keep-going] */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '100' },
    seed: { type: 'string' },
    terminals: { type: 'string', default: '5' },
    'time-limit': { type: 'string', default: '0' },
    'keep-going': { type: 'boolean', default: false },
    /** Runs that shrinking a failure may take; 0: the history is written down as it is. */
    shrink: { type: 'string', default: '200' },
  },
});
const FOUND = path.join('test', 'scenarios', 'found');
const number = (text: string, low: number, high: number, name: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= low && value <= high) return value;
  console.error(`--${name} must be a whole number from ${low} to ${high}, and is ${text}`);
  process.exit(2);
};
const histories = number(values.histories, 1, 1_000_000, 'histories');
const terminals = number(values.terminals, 2, 8, 'terminals');
const limit = number(values['time-limit'], 0, 1_000_000, 'time-limit');
const shrinkRuns = number(values.shrink, 0, 100_000, 'shrink');
const seed = number(values.seed ?? String(Date.now() % 4_000_000_000), 0, 4_294_967_295, 'seed');

console.log(`histories from seed ${seed}, up to ${terminals} terminals each`);
const begun = performance.now();
const report = await runHistories({
  histories,
  seed,
  minTerminals: Math.min(3, terminals),
  maxTerminals: terminals,
  ...(limit > 0 ? { timeLimitMs: limit * 1000 } : {}),
  stopAtFailure: !values['keep-going'],
  onHistory: (index) => {
    if ((index + 1) % 50 === 0) console.log(`  ${index + 1} ...`);
  },
});
const seconds = (performance.now() - begun) / 1000;
console.log(
  `${report.ran} histories, ${report.steps} steps in ${seconds.toFixed(1)} s: ` +
    `${(report.ran / seconds).toFixed(2)} histories per second`,
);
console.log(
  `slowest sync once the network was well: ${(report.slowestMs / 1000).toFixed(1)} virtual seconds`,
);
const { counts } = report.faults;
console.log('faults met:');
for (const name of new Set([...PLANNED_FAULTS, ...counts.keys()])) {
  console.log(`  ${String(counts.get(name) ?? 0).padStart(6)}  ${name}`);
}
for (const failure of report.failures) await tell(failure);
console.log(`${report.failures.length} of ${report.ran} histories broke an invariant`);
process.exit(report.failures.length > 0 ? 1 : 0);

/** Says what was found and how to see it again, and keeps it as a file. */
async function tell(failure: FoundFailure): Promise<void> {
  console.log(`\nseed ${failure.seed}:`);
  for (const violation of failure.violations.slice(0, 5)) {
    console.log(`  ${JSON.stringify(violation)}`);
  }
  console.log(
    `replay: npm run fuzz -- --histories 1 --seed ${failure.seed} --terminals ${terminals}`,
  );
  const { scenario, violations } =
    shrinkRuns === 0
      ? failure
      : await shrink(failure.scenario, failure.violations, { maxRuns: shrinkRuns });
  const [first] = violations;
  const text = scenarioText(
    {
      ...scenario,
      name: `${first?.where}: ${first?.message}`.slice(0, 200),
      about: `Found by npm run fuzz, seed ${failure.seed}: ${JSON.stringify(first)}`.slice(0, 2000),
    },
    '../',
  );
  const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
  mkdirSync(FOUND, { recursive: true });
  const file = path.join(FOUND, `${name}.yaml`);
  writeFileSync(file, text);
  console.log(`shrunk to ${scenario.steps.length} steps: npm run scenario -- ${file}`);
}

import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCrashes } from './run-crashes';

/* npm run crash [-- --kills N] [--seed S] [--minutes M] */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: '60' },
  },
});
const [kills, seed, minutes] = [values.kills, values.seed, values.minutes].map(Number);
const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value >= 1 && value <= 1_000_000;
if (!isCount(kills) || !isCount(seed) || !isCount(minutes)) {
  console.error('Usage: npm run crash -- --kills 1..1000000 --seed 1..1000000 --minutes M');
  process.exit(1);
}

console.log(`seed ${seed}: the server is killed ${kills} times while four terminals push to it`);
const report = await runCrashes({
  root: path.resolve(import.meta.dirname, '..', '..'),
  kills,
  seed,
  maxSeconds: minutes * 60,
  onKill: ({ kills: done, acknowledged, lost, half, seconds }) => {
    if (done % 10 === 0 || done === kills) {
      console.log(
        `${done} kills, ${acknowledged} acknowledged, lost ${lost}, half ${half}, ${seconds.toFixed(0)} s`,
      );
    }
  },
});
for (const problem of report.problems) console.log(problem);
const { acknowledged, lost, half, twice, refused, inDoubt, inDoubtStored, seconds } = report;
console.log(`
seed                          ${seed}
kills                         ${report.kills}
acknowledged rows             ${acknowledged}
lost                          ${lost}
half transactions             ${half}
answers that never came       ${inDoubt} (${inDoubtStored} of these batches were stored)
changed when sent once more   ${twice}
rows refused                  ${refused}
seconds                       ${seconds.toFixed(0)}`);
const whole = report.kills === kills;
if (!whole) console.log(`the time was up after ${report.kills} of ${kills} kills`);
const ok = whole && lost + half + twice + refused === 0;
console.log(ok ? 'OK' : `NOT OK; again with: npm run crash -- --kills ${kills} --seed ${seed}`);
process.exit(ok ? 0 : 1);

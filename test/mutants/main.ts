import path from 'node:path';
import { parseArgs } from 'node:util';
import { huntMutant } from './hunt-mutant';
import { MUTANTS } from './mutants';

/* npm run mutants -- [--only NAME,NAME] [--histories N] [--seed S]: each defect put back must be caught, by a history or a kept scenario. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    histories: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
});
const root = path.resolve('.');
const wanted = values.only?.split(',');
const mutants = MUTANTS.filter(({ name }) => wanted?.includes(name) ?? true);
const unknown = wanted?.filter((name) => !MUTANTS.some((mutant) => mutant.name === name)) ?? [];
if (unknown.length > 0 || mutants.length === 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${MUTANTS.map(({ name }) => name)}`);
  process.exit(2);
}

const histories = wholeNumber('histories', values.histories);
const seed = wholeNumber('seed', values.seed);

console.log(`${'defect put back'.padEnd(26)} caught after  by`);
let missed = 0;
for (const mutant of mutants) {
  const { ran, kept, first, withoutDefect } = await huntMutant(mutant, { root, histories, seed });
  const isCaught = first !== null && withoutDefect === null;
  if (!isCaught) missed += 1;
  const [after, by] =
    first === null
      ? ['NOT CAUGHT', mutant.defect]
      : [
          withoutDefect === null ? (kept === null ? `${ran}` : 'kept') : 'WITHOUT IT',
          `${kept === null ? '' : `${path.basename(kept)}: `}${first.invariant} at ${first.where}: ${first.message}`,
        ];
  console.log(`${mutant.name.padEnd(26)} ${after.padEnd(13)} ${by.split('\n')[0]?.slice(0, 110)}`);
}
console.log(`${mutants.length - missed} of ${mutants.length} caught within ${histories} histories`);
process.exit(missed > 0 ? 1 : 0);

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} must be a whole number, and is ${text}`);
  process.exit(2);
}

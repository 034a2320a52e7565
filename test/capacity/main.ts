import path from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './measure';
import { type Line, onPaper } from './paper';

/*
 * npm run capacity -- [--database sqlite|postgres] [--invoices 5000] [--stores 1000] [--terminals 10] [--years 3]
 * [--a-day 150] [--rush 30] [--keep-days 90]: what single operations cost here, and what a chain would come to.
 */
const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'sqlite' },
    invoices: { type: 'string', default: '5000' },
    stores: { type: 'string', default: '1000' },
    terminals: { type: 'string', default: '10' },
    years: { type: 'string', default: '3' },
    'a-day': { type: 'string', default: '150' },
    rush: { type: 'string', default: '30' },
    'keep-days': { type: 'string', default: '90' },
  },
});
const whole = (name: Exclude<keyof typeof values, 'database'>, most: number): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  console.error(`--${name} must be a whole number from 1 to ${most}, and is ${values[name]}`);
  process.exit(2);
};
const { database } = values;
if (database !== 'sqlite' && database !== 'postgres') {
  console.error(`--database must be sqlite or postgres, and is ${database}`);
  process.exit(2);
}
const shape = {
  stores: whole('stores', 1_000_000),
  terminals: whole('terminals', 1000),
  years: whole('years', 100),
  invoices: whole('a-day', 100_000),
  rushMinutes: whole('rush', 1440),
  keepDays: whole('keep-days', 3650),
};
const costs = await measure({
  root: path.resolve(import.meta.dirname, '..', '..'),
  database,
  invoices: whole('invoices', 1_000_000),
  times: 200,
});
const ms = (value: number): string => `${value.toPrecision(3)} ms of CPU`;
print(`measured here, ${database}`, [
  ['an invoice pushed, ten a batch', ms(costs.pushMs)],
  ['the same, with as many again there', ms(costs.pushLaterMs)],
  ['a pull with nothing new', ms(costs.idlePullMs)],
  ['a page of 1000 invoices', ms(costs.fullPageMs)],
  ['a login', ms(costs.loginMs)],
  ['an invoice stored', `${costs.storedBytes.toFixed(0)} bytes`],
  ['an invoice in a pull', `${costs.sentBytes.toFixed(0)} bytes`],
  ['one store, by the clock', `${costs.storePerSecond.toFixed(0)} invoices a second`],
]);
const { stores, terminals, years, invoices } = shape;
print(
  `on paper: ${stores} stores of ${terminals} terminals, ${invoices} invoices each a day, ${years} years`,
  onPaper(costs, shape),
);

function print(title: string, lines: readonly Line[]): void {
  console.log(`\n${title}`);
  for (const [what, value] of lines) console.log(`  ${what.padEnd(50)} ${value}`);
}

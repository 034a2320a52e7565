import { NETWORK_FAULTS, SERVER_CRASHES } from '../faults';
import { runHistories } from './run-histories';

/*
 * Random histories from a fixed seed, in each run: `npm run fuzz` runs as many as one likes. A failure prints its seed;
 * npm run fuzz -- --histories 1 --seed SEED --terminals 5   shows it again, shrinks it and keeps it as a scenario.
 */
const HISTORIES = 60;
const SEED = 50_000;

jest.setTimeout(600_000);

test('random histories hold every invariant, and meet the faults', async () => {
  const report = await runHistories({
    histories: HISTORIES,
    seed: SEED,
    minTerminals: 3,
    maxTerminals: 5,
  });
  const failed = report.failures.map(({ seed, violations }) => ({ seed, first: violations[0] }));
  expect(failed).toEqual([]);
  expect(report.ran).toBe(HISTORIES);
  const never = [...NETWORK_FAULTS, ...SERVER_CRASHES].filter(
    (name) => !report.faults.counts.has(name),
  );
  expect(never).toEqual([]);
});

test('the same seed gives the same traces', async () => {
  const options = { histories: 2, seed: SEED, minTerminals: 3, maxTerminals: 5 };
  const first = await runHistories(options);
  expect((await runHistories(options)).digests).toEqual(first.digests);
});

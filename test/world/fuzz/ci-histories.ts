import { PLANNED_FAULTS } from '../faults';
import { type FuzzReport, runHistories } from './run-histories';
import { USUAL_BOUNDS } from './usual-bounds';

/** Histories of each of the two files; Jest runs them side by side. `npm run fuzz` runs as many as one likes. */
const FIXED = 250;

/** A failure in words: which history, what it broke, and how to see it again. */
const words = ({ failures }: FuzzReport): string[] =>
  failures.map(
    ({ seed, violations: [first] }) =>
      `${first?.where}: ${first?.message}; npm run fuzz -- --histories 1 --seed ${seed} --terminals ${USUAL_BOUNDS.maxTerminals}`,
  );

/** Tests of one file: histories of a fixed seed, and what they must have met. */
export function testHistories(seed: number): void {
  let fixed: FuzzReport | null = null;

  test(`${FIXED} random histories from seed ${seed} hold every invariant`, async () => {
    fixed = await runHistories({ histories: FIXED, seed, ...USUAL_BOUNDS });
    expect(words(fixed)).toEqual([]);
    expect(fixed.ran).toBe(FIXED);
  }, 1_200_000);

  test('every fault of network, server and terminals was met on the way', () => {
    expect(PLANNED_FAULTS.filter((name) => !fixed?.faults.counts.has(name))).toEqual([]);
  });
}

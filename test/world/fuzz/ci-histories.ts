import { NETWORK_FAULTS, SERVER_CRASHES, SERVER_FAULTS, TERMINAL_CRASHES } from '../faults';
import { type FuzzReport, runHistories } from './run-histories';

/** Histories of each of the two files; Jest runs them side by side. */
const FIXED = 225;
const TODAYS = 25;

const BOUNDS = { minTerminals: 3, maxTerminals: 5 };

/** A failure in words: which history, what it broke, and how to see it again. */
const words = ({ failures }: FuzzReport): string[] =>
  failures.map(
    ({ seed, violations: [first] }) =>
      `${first?.where}: ${first?.message}; npm run fuzz -- --histories 1 --seed ${seed} --terminals ${BOUNDS.maxTerminals}`,
  );

/** Tests of one file: histories of a fixed seed, of a seed that is another one each day, and what they must have met. */
export function testHistories(seed: number): void {
  const day = Math.floor(Date.now() / 86_400_000);
  let fixed: FuzzReport | null = null;

  test(`${FIXED} random histories from seed ${seed} hold every invariant`, async () => {
    fixed = await runHistories({ histories: FIXED, seed, ...BOUNDS });
    expect(words(fixed)).toEqual([]);
    expect(fixed.ran).toBe(FIXED);
  }, 1_200_000);

  test('every fault that a world can make was met on the way', () => {
    const planned = [...NETWORK_FAULTS, ...SERVER_CRASHES, ...SERVER_FAULTS, ...TERMINAL_CRASHES];
    expect(planned.filter((name) => !fixed?.faults.counts.has(name))).toEqual([]);
  });

  test(`${TODAYS} random histories of this day hold every invariant`, async () => {
    const todays = await runHistories({
      histories: TODAYS,
      seed: ((seed + day) * 1_000_003) >>> 0,
      ...BOUNDS,
    });
    expect(words(todays)).toEqual([]);
  }, 600_000);
}

import { type RunResult, runScenario } from '../../world/scenario/run-scenario';
import { REPORT_SCENARIO } from './report-scenario';

let result: RunResult;
beforeAll(async () => {
  result = await runScenario(REPORT_SCENARIO);
}, 60_000);

const sidesAfter = (step: number) => result.states.find((state) => state.step === step)?.sides;

test('all sides are equal after the set-up', () => {
  const digests = Object.values(sidesAfter(0) ?? {}).map(({ digest }) => digest);
  expect(digests).toHaveLength(3);
  expect(new Set(digests).size).toBe(1);
});

test('what is written at a terminal is pending there, and nothing elsewhere changes', () => {
  expect(sidesAfter(1)?.['T1']?.standings).toMatchObject({ pending: 1, behind: 0, diverged: 0 });
  expect(sidesAfter(1)?.['T2']?.digest).toBe(sidesAfter(0)?.['T2']?.digest);
  expect(sidesAfter(1)?.['server']?.digest).toBe(sidesAfter(0)?.['server']?.digest);
});

test('what one terminal sent, the other is behind with until it syncs', () => {
  expect(sidesAfter(6)?.['T1']?.digest).toBe(sidesAfter(6)?.['server']?.digest);
  expect(sidesAfter(6)?.['T2']?.standings.behind).toBeGreaterThan(0);
  expect(sidesAfter(7)?.['T2']?.digest).toBe(sidesAfter(7)?.['server']?.digest);
});

test('what the server refused differs at the end, since the step that wrote it', () => {
  expect(result.divergences).toEqual([
    expect.objectContaining({
      terminal: 'T2',
      collection: 'products',
      standing: 'pending',
      step: 12,
      standingStep: 12,
    }),
  ]);
});

test('without checks step by step nothing is recorded', async () => {
  const quick = await runScenario(REPORT_SCENARIO, { recordStates: false });
  expect(quick.states).toEqual([]);
  expect(quick.divergences).toEqual([]);
});

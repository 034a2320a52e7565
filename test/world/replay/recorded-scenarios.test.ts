import path from 'node:path';
import type { Case } from '../../../client/trace/case-schema';
import { readScenarioFile } from '../scenario/read-scenario';
import type { Scenario } from '../scenario/schema';
import { failuresOfCase } from './print-case';
import { recordCase } from './record-case';
import { runCase } from './run-case';

jest.setTimeout(120_000);

/** A field has pages of one size, and a file does not say which; scenarios have small ones. */
function scenarioOf(name: string): Scenario {
  const file = path.join(__dirname, '..', '..', 'scenarios', `${name}.yaml`);
  const { scenario } = readScenarioFile(file);
  const { pullPage, pushRows, ...given } = scenario.given;
  return { ...scenario, given };
}

/** Scenarios with faults that a trace shows each in its own way. */
const FILES = [
  ['f03-others-build-on-lost-answer', 'T1'],
  ['f05-terminal-dies-in-mid-sync', 'T1'],
  ['f08-old-program', 'T1'],
  ['f13-lost-logins', 'T1'],
  ['f15-full-disk-of-a-terminal', 'T1'],
  ['f20-session-expires', 'T1'],
  ['f22-revoked-terminal', 'T1'],
  ['f26-last-item-three-times', 'T1'],
  ['f30-server-away', 'T1'],
  /* The third terminal of its store takes numbers of its own series. */
  ['f30-server-away', 'T3'],
  ['f30-busy-server', 'T1'],
  /* Copies of one profile. */
  ['f13-copied-profile', 'T1'],
  ['f24-same-number-twice', 'T1'],
  /* What the store has archived, and when. */
  ['growth-drop-and-crash', 'T1'],
  ['growth-drop-and-crash', 'T3'],
  ['found/back-after-a-restore-and-archived', 'T1'],
  /* What a restored backup lost. */
  ['f12-restored-server', 'T1'],
  ['f12-restored-server', 'T2'],
  ['growth-restore', 'T1'],
  ['found/built-on-what-came-back-first', 'T2'],
  ['found/older-than-the-life-began', 'T2'],
  ['found/flags-of-the-life-before', 'T1'],
  /* Operations at once; an answer that nobody heard, to a role that had come back. */
  ['found/sales-of-one-moment', 'T1'],
  ['found/accepted-after-a-refusal-and-a-crash', 'T1'],
] as const;

test.each(FILES)(
  'T52 what %s: %s did and heard is answered again as it was',
  async (name, terminal) => {
    const { file: recorded } = await recordCase(scenarioOf(name), { terminal });
    const result = await runCase(recorded);
    expect(failuresOfCase(result, name)).toEqual([]);
    expect(result.compared.length).toBeGreaterThan(25);
  },
);

const happened = ({ run }: Awaited<ReturnType<typeof runCase>>, what: string) =>
  run.trace.filter((event) => event.who === 'server' && event.what === what);

/** A file in which answers do not say some of what they said. */
const withoutNotes = (file: Case, fields: readonly ('cut' | 'epoch')[]): Case => ({
  ...file,
  entries: file.entries.map((entry) => {
    const rest = { ...entry };
    if (rest.kind === 'heard') for (const field of fields) delete rest[field];
    return rest;
  }),
});

test('T52 a case says what was archived, and a replay of another cut differs', async () => {
  const { file } = await recordCase(scenarioOf('growth-drop-and-crash'));
  const cuts = file.entries.flatMap((entry) =>
    entry.kind === 'heard' && entry.cut !== undefined ? [entry.cut] : [],
  );
  expect(cuts.length).toBeGreaterThan(0);
  expect(happened(await runCase(file), 'cuts').length).toBeGreaterThan(0);
  const without = withoutNotes(file, ['cut']);
  const { divergence, run } = await runCase(without);
  expect(run.ok).toBe(false);
  expect(divergence).not.toBeNull();
});

test.each([0.4, 0.6, 0.8])(
  'T52 a trace that begins (%s) with a store that is cut is replayed',
  async (forgotten) => {
    const { file } = await recordCase(scenarioOf('growth-drop-and-crash'), { forgotten });
    expect(failuresOfCase(await runCase(file), 'case')).toEqual([]);
  },
);

test('T52 a restored backup is found among the states that the server had, by what the terminal then read', async () => {
  const { file } = await recordCase(scenarioOf('f12-restored-server'));
  const [restored] = happened(await runCase(file), 'is as before');
  expect(restored?.details).toMatchObject({ misfits: 0 });
});

test.each([
  ['f12-restored-server', 0.2],
  ['f12-restored-server', 0.6],
  ['found/flags-of-the-life-before', 0.6],
  ['f13-copied-profile', 0.4],
] as const)(
  'T52 a trace of %s that begins in the middle (%s) is replayed',
  async (name, forgotten) => {
    const { file } = await recordCase(scenarioOf(name), { forgotten });
    expect(file.base.isEnrolled).toBe(true);
    expect(failuresOfCase(await runCase(file), 'case')).toEqual([]);
  },
);

test('T53 a backup that is older than the trace is said to be so', async () => {
  const { file } = await recordCase(scenarioOf('f12-restored-server'), { forgotten: 0.4 });
  const [first] = failuresOfCase(await runCase(file), 'case');
  expect(first).toContain('no state of this trace fits the restored backup');
});

test('T52 a file from before lives and cuts were noted is replayed as it is', async () => {
  const { file } = await recordCase(scenarioOf('f12-restored-server'));
  const old: Case = { ...withoutNotes(file, ['epoch', 'cut']), version: 1 };
  expect(failuresOfCase(await runCase(old), 'old')).toEqual([]);
});

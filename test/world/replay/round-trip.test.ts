import type { TraceEntry } from '../../../client/trace/trace-entry';
import { HARD_MORNING, history } from './histories';
import { failuresOfCase } from './print-case';
import { recordCase } from './record-case';
import { runCase } from './run-case';

jest.setTimeout(120_000);

const faults = (outcomes: readonly string[]): string[] =>
  [...new Set(outcomes)].filter((word) => word !== '' && word !== 'ok');

test('T52 a morning of lost answers, a conflict, refusals, an expired session and crashes is answered again as it was', async () => {
  const { file, outcomes } = await recordCase(history('mañana difícil', HARD_MORNING));
  expect(faults(outcomes)).toEqual(['NETWORK', 'crashed', 'TIMEOUT']);
  const rows = file.entries.flatMap((entry) => (entry.kind === 'heard' ? (entry.rows ?? []) : []));
  expect(new Set(rows.map(({ result }) => result))).toEqual(
    new Set(['accepted', 'conflict', 'rejected']),
  );
  const result = await runCase(file);
  expect(failuresOfCase(result, 'case')).toEqual([]);
  expect(result.compared.length).toBeGreaterThan(100);
});

test.each([0.2, 0.4, 0.6, 0.8])(
  'T52 a trace of which the oldest part (%s) was dropped is replayed from what was there then',
  async (forgotten) => {
    const { file } = await recordCase(history('mañana difícil', HARD_MORNING), { forgotten });
    expect(file.base.isEnrolled).toBe(true);
    const result = await runCase(file);
    expect(failuresOfCase(result, 'case')).toEqual([]);
    expect(result.compared.length).toBeGreaterThan(20);
  },
);

test('T52 a trace whose terminal got its key on the way is replayed: the first login asks for no challenge there', async () => {
  const { file } = await recordCase(history('mañana difícil', HARD_MORNING));
  const isChallenge = (entry: TraceEntry): boolean =>
    entry.kind === 'sent' && entry.path === '/api/session/challenge';
  expect(file.entries.filter(isChallenge).length).toBeGreaterThan(1);
  const first = file.entries.find(isChallenge);
  const entries = file.entries.filter(
    (entry) =>
      !('message' in entry) || !first || !('message' in first) || entry.message !== first.message,
  );
  expect(entries).toHaveLength(file.entries.length - 2);
  expect(failuresOfCase(await runCase({ ...file, entries }), 'case')).toEqual([]);
});

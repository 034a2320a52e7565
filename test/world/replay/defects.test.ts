import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Case } from '../../../client/trace/case-schema';
import type { TraceEntry } from '../../../client/trace/trace-entry';
import * as rules from '../../../server/sync/check-row';
import { failuresOfCase } from './print-case';
import { readCaseFile } from './read-case';
import { runCase } from './run-case';

jest.setTimeout(120_000);
jest.mock('../../../server/sync/check-row', () => ({
  __esModule: true,
  ...jest.requireActual('../../../server/sync/check-row'),
}));

const root = path.join(__dirname, '..', '..', '..');
const CASE = path.join(root, 'test/scenarios/cases/hard-morning.json');
const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-case-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The entry, from 1, of the first answer that has a row with this result. */
const entryWith = ({ entries }: Case, result: string): number =>
  entries.findIndex(
    (entry) => entry.kind === 'heard' && entry.rows?.some((row) => row.result === result),
  ) + 1;

const altered = (file: Case, number: number, change: (entry: TraceEntry) => TraceEntry): Case => ({
  ...file,
  entries: file.entries.map((entry, index) => (index + 1 === number ? change(entry) : entry)),
});

test('T53 a server that refuses nothing is told apart at the entry of the first refusal', async () => {
  const file = readCaseFile(CASE);
  const sound = jest.spyOn(rules, 'checkNewState').mockResolvedValue(null);
  const { divergence, run } = await runCase(file);
  sound.mockRestore();
  expect(run.ok).toBe(false);
  expect(divergence?.entry).toBe(entryWith(file, 'rejected'));
  expect(JSON.stringify(divergence?.expected)).toContain('ROLE_NOT_ALLOWED');
  expect(JSON.stringify(divergence?.actual)).toContain('accepted');
});

test('T53 a recorded version that the server would not give is named with its entry', async () => {
  const file = readCaseFile(CASE);
  const number = entryWith(file, 'accepted');
  const wrong = altered(file, number, (entry) =>
    entry.kind === 'heard'
      ? { ...entry, rows: entry.rows?.map((row) => ({ ...row, ver: 7 })) ?? [] }
      : entry,
  );
  const result = await runCase(wrong);
  expect(result.divergence?.entry).toBe(number);
  expect(failuresOfCase(result, 'case')[0]).toContain(`first divergence: entry ${number}, POST`);
});

test('T53 an operation that ended otherwise is named with its entry', async () => {
  const file = readCaseFile(CASE);
  const call = file.entries.find(
    (entry) => entry.kind === 'call' && entry.call.service === 'sales',
  );
  const op = call?.kind === 'call' ? call.op : '';
  const number = file.entries.findIndex((entry) => entry.kind === 'done' && entry.op === op) + 1;
  const wrong = altered(file, number, (entry) => ({ ...entry, code: 'FORBIDDEN' }) as TraceEntry);
  const { divergence } = await runCase(wrong);
  expect(divergence).toMatchObject({ entry: number, expected: 'FORBIDDEN', actual: 'ok' });
});

const command = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'test/world/scenario/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });

test('T53 the command names the entry and ends with 1; a file that is no case ends with 2', () => {
  const file = readCaseFile(CASE);
  const number = entryWith(file, 'conflict');
  const wrong = path.join(folder, 'wrong.json');
  const bad = altered(file, number, (entry) =>
    entry.kind === 'heard'
      ? { ...entry, rows: entry.rows?.map((row) => ({ ...row, ver: 9 })) ?? [] }
      : entry,
  );
  writeFileSync(wrong, JSON.stringify(bad));
  const told = command(wrong, '--report', folder);
  expect(told.stdout).toContain(`${wrong}: first divergence: entry ${number}, POST`);
  expect(told.status).toBe(1);

  const none = path.join(folder, 'none.json');
  writeFileSync(none, JSON.stringify({ ...file, version: 99 }));
  const refused = command(none);
  expect(refused.stderr).toContain(`${none}:1: this is no case for QA: /version`);
  expect(refused.status).toBe(2);
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median, toLine, toTable } from './figures';

test('a median, a ratio repetition by repetition, and a limit that is missed', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  const line = toLine({
    name: 'idle',
    unit: 'ms',
    values: [10, 40, 30],
    base: { name: 'raw', values: [10, 20, 10] },
    limit: { most: 29 },
  });
  expect(line).toMatchObject({ median: 30, least: 10, most: 40, ratio: 2, holds: false });
  expect(toTable([line])).toMatch(/idle .*30.0 ms .*raw.* x 2.00 +MISSED/);
});

test('the whole bench runs, with tiny sizes, and says what it measured', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-bench-'));
  const file = path.join(folder, 'bench.json');
  const result = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'test/bench/main.ts', '--tiny', '--json', file],
    { cwd: path.join(__dirname, '..', '..'), encoding: 'utf8', timeout: 170_000 },
  );
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    lines: { name: string; median: number; ratio: number | null }[];
  };
  rmSync(folder, { recursive: true, force: true });
  const names = report.lines.map(({ name }) => name.trim());
  for (const name of [
    'first sync of 300 products',
    'idle sync over 300 products',
    'issue of 5 tickets',
    'push of 5 tickets',
    'first sync of 1200 products',
    'pending count, as shown',
    'a scan, until the line shows',
    'server: pull pages of 300',
  ]) {
    expect(names).toContain(name);
  }
  /* What was counted, not timed. */
  const reads = report.lines.filter(({ name }) => name.includes('documents read'));
  expect(reads.map((line) => line.median)).toEqual([0]);
  for (const { median: middle } of report.lines) expect(middle).not.toBeNaN();
  expect(result.stdout).toContain('against');
}, 180_000);

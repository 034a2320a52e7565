// Runs every Jest project and closes with one plain line that a CI can read: "N passed, N failed".
// Browser tests come after the others, two at once: a busy machine makes them slow, not wrong.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const extra = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

const rounds = [
  ['--selectProjects', 'histories', '--maxWorkers=2'],
  ['--selectProjects', 'unit', 'world', 'dom', '--maxWorkers=2'],
  /* By itself: where PostgreSQL cannot be started nothing of it runs, and Jest says why. */
  ['--selectProjects', 'postgres', '--maxWorkers=2'],
  ['--selectProjects', 'e2e', '--maxWorkers=2'],
];
for (const [index, args] of rounds.entries()) {
  const output = path.join(folder, `${index}.json`);
  const result = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--config',
      path.join(root, 'test', 'jest.config.mjs'),
      '--json',
      `--outputFile=${output}`,
      '--passWithNoTests',
      ...args,
      ...extra,
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (!existsSync(output)) {
    totals.failed += 1;
    console.error(`jest ended with ${result.status ?? result.signal} and no report`);
    continue;
  }
  const report = JSON.parse(readFileSync(output, 'utf8'));
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  totals.skipped += report.numPendingTests;
}
rmSync(folder, { recursive: true, force: true });

const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

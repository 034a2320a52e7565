import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { junitXml } from './junit-xml';

const root = path.join(__dirname, '..', '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-scenario-'));
afterAll(() => rmSync(folder, { recursive: true }));

function command(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'test/world/scenario/main.ts', ...args],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

test('what is not as expected, and a fault that is never met, are said with their lines; exit code 1', () => {
  const good = readFileSync(path.join(root, 'test/scenarios/f03-lost-answers.yaml'), 'utf8');
  const file = path.join(folder, 'wrong.yaml');
  writeFileSync(
    file,
    good
      .replace('CAFE: 36', 'CAFE: 37')
      .replace(
        '  - { do: settle }',
        '  - { do: crashAt, terminal: T2, point: terminal.beforeSale }\n  - { do: settle }',
      ),
  );
  const json = path.join(folder, 'out.json');
  const junit = path.join(folder, 'out.xml');
  const { status, output } = command(file, '--json', json, '--junit', junit, '--report', folder);
  expect(output).toContain(`${file}:26: stock: expected {"CAFE":37}, found {"CAFE":36}`);
  expect(output).toContain(`${file}:22: the fault "terminal.beforeSale" of step 7 is never met`);
  expect(output).toContain('0 passed, 1 failed');
  expect(status).toBe(1);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject([
    { ok: false, unused: [{ step: 7, fault: 'terminal.beforeSale' }] },
  ]);
  expect(readFileSync(path.join(folder, 'wrong.html'), 'utf8')).toContain('<title>Failed: ');
  expect(readFileSync(junit, 'utf8')).toContain(
    '<testsuite name="scenarios" tests="1" failures="1"',
  );
}, 60_000);

test('a file that cannot be read as a scenario: exit code 2, and nothing is run', () => {
  const file = path.join(folder, 'broken.yaml');
  writeFileSync(file, 'name: x\n');
  const { status, output } = command(file);
  expect(output).toContain(`${file}:1: "seed" is missing`);
  expect(status).toBe(2);
}, 60_000);

test('a JUnit report takes any text', () => {
  const failures = ['expected "a" & found <b>\u0000'];
  expect(junitXml([{ name: 'n', file: 'f', seconds: 1, failures }])).toContain(
    '<failure message="expected &quot;a&quot; &amp; found &lt;b&gt;?">',
  );
});

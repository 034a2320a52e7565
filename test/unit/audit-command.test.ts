import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command with an `npm` of ours, which answers this and nothing else. */
function audit(answer: string) {
  const npm = path.join(folder, 'npm');
  writeFileSync(path.join(folder, 'answer'), answer);
  writeFileSync(npm, `#!/bin/sh\ncat '${path.join(folder, 'answer')}'\n`);
  chmodSync(npm, 0o755);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(__dirname, '..', '..', '.ci', 'audit.mjs')],
    { encoding: 'utf8', env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` } },
  );
  return { status, said: stdout + stderr };
}
const advisory = { title: 'A defect', url: 'https://example.invalid/GHSA-none-such-0001' };
const report = (via: readonly unknown[]) =>
  JSON.stringify({ vulnerabilities: { some: { name: 'some', severity: 'high', via } } });

/* Windows finds no shell script by the name of a program. */
const onUnix = process.platform === 'win32' ? test.skip : test;

onUnix('an audit that could not be asked for is told from a clean one, and from defects', () => {
  for (const answer of ['', 'no JSON', JSON.stringify({ message: '405 Method Not Allowed' })]) {
    const { status, said } = audit(answer);
    expect(status).toBe(2);
    expect(said).toContain('could not be asked for');
  }
  expect(audit(JSON.stringify({ message: '405 Method Not Allowed' })).said).toContain('405');
  expect(audit(JSON.stringify({ vulnerabilities: {} }))).toMatchObject({ status: 0 });
  const found = audit(report([advisory]));
  expect(found.status).toBe(1);
  expect(found.said).toContain('GHSA-none-such-0001');
  /* What only another package brings along is that one's. */
  expect(audit(report(['another'])).status).toBe(0);
});

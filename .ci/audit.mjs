// npm run audit: asks the registry for known defects of what is installed, and compares the answer with what SECURITY.md
// explains. Not part of CI, which must not depend on a network: 0 clean or explained, 1 something new, 2 no answer.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const { stdout } = spawnSync('npm', ['audit', '--json'], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
let report = {};
try {
  report = JSON.parse(stdout);
} catch {
  /* No JSON is no answer. */
}
if (report.vulnerabilities === undefined) {
  const why = report.error?.summary || report.message || 'no reason given';
  console.error(`The audit could not be asked for: ${why}`);
  console.error(
    'This is neither "clean" nor "defective": nothing is known about the packages from this run. Some registries, mirrors among them, answer no audits (405). Run it where one does.',
  );
  process.exit(2);
}
const explained = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
const advisories = Object.values(report.vulnerabilities).flatMap(({ name, severity, via }) =>
  via
    .filter((entry) => typeof entry === 'object')
    .map(({ title, url }) => ({ name, severity, title, id: url?.split('/').at(-1) ?? '' })),
);
const fresh = advisories.filter(({ id }) => id === '' || !explained.includes(id));
for (const { name, severity, title, id } of fresh)
  console.error(`${severity}  ${name}  ${id}  ${title}`);
console.log(`${advisories.length} known, ${fresh.length} not explained in SECURITY.md`);
process.exit(fresh.length > 0 ? 1 : 0);

// Makes a clone ready to run, with nothing but Node and npm: installs when the lock file is not the installed one,
// and with --build builds the client when a source is newer than the last build. Quiet when there is nothing to do.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const at = (...parts) => path.join(root, ...parts);
const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Mostrador needs Node 20 or newer; this is ${process.version}.`);
  process.exit(1);
}

const stamp = at('node_modules', '.mostrador-lock');
const lock = createHash('sha256')
  .update(readFileSync(at('package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}

/** Time of the newest file below a folder, in ms. */
function newest(target) {
  const stat = statSync(target);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let latest = 0;
  for (const entry of readdirSync(target))
    latest = Math.max(latest, newest(path.join(target, entry)));
  return latest;
}

if (process.argv.includes('--build')) {
  const built = at('dist', 'client', 'index.html');
  const laboratory = at('dist', 'client', 'lab', 'lab.js');
  const sources = ['client', 'shared', 'schemas', 'package-lock.json'];
  const isOlder = (output, names) =>
    !existsSync(output) || names.some((name) => newest(at(name)) > statSync(output).mtimeMs);
  if (isOlder(built, sources)) {
    run('npx', ['vite', 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn']);
  }
  /* It lies in the folder that the client's build has just emptied. */
  const worlds = ['server', 'test/lab', 'test/world', 'test/scenarios'];
  if (isOlder(laboratory, [...sources, ...worlds])) {
    run(process.execPath, ['--import', 'tsx', 'test/lab/build.ts']);
  }
}

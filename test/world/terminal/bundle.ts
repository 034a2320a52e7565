import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import type { RealmCode } from './realm-code';

const ROOT = path.resolve('.');
const SOURCES = ['schemas', 'shared', 'client', 'test/world/terminal', 'package-lock.json'];

function addTo(hash: ReturnType<typeof createHash>, target: string): void {
  if (statSync(target).isDirectory()) {
    for (const entry of readdirSync(target).sort()) addTo(hash, path.join(target, entry));
  } else if (/\.(ts|mjs|json)$/.test(target)) {
    hash.update(path.relative(ROOT, target)).update(readFileSync(target));
  }
}

let realmCode: RealmCode | null = null;

/** The terminal's code, built anew where a source has changed, compiled once a process. */
export function terminalCode(): RealmCode {
  if (realmCode !== null) return realmCode;
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, path.join(ROOT, source));
  const folder = path.join(ROOT, 'node_modules', '.cache', 'mostrador');
  const file = path.join(folder, `terminal-${hash.digest('hex').slice(0, 16)}.js`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    /* Several test processes may build at once: each its own file, then one name. */
    const own = `${file}.${process.pid}`;
    const built = spawnSync(
      process.execPath,
      [path.join(ROOT, 'test/world/terminal/build.mjs'), own],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    if (built.status !== 0) throw new Error(`the terminal could not be built: ${built.stderr}`);
    renameSync(own, file);
  }
  const script = new Script(readFileSync(file, 'utf8'), { filename: file });
  realmCode = script.runInThisContext() as RealmCode;
  return realmCode;
}

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Violation } from '../world/oracle/violation';
import { applyMutant } from './apply-mutant';
import { MUTANTS, type Mutant } from './mutants';

/* npm run mutants -- [--only NAME,NAME] [--histories N] [--seed S]: each defect put back must be caught. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    histories: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
});
const root = path.resolve('.');
const wanted = values.only?.split(',');
const mutants = MUTANTS.filter(({ name }) => wanted?.includes(name) ?? true);
const unknown = wanted?.filter((name) => !MUTANTS.some((mutant) => mutant.name === name)) ?? [];
if (unknown.length > 0 || mutants.length === 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${MUTANTS.map(({ name }) => name)}`);
  process.exit(2);
}

/** What a tree needs to run histories. */
const PARTS = ['schemas', 'shared', 'client', 'server', 'test'];
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json'];

interface Hunt {
  ran: number;
  seed: number | null;
  first: Violation | null;
}

/** Runs the histories in a copy of the tree that has the defect; the working tree is never touched. */
function hunt(mutant: Mutant): Hunt {
  const tree = mkdtempSync(path.join(tmpdir(), `mostrador-mutant-${mutant.name}-`));
  try {
    for (const part of [...PARTS, ...FILES]) {
      cpSync(path.join(root, part), path.join(tree, part), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
    applyMutant(tree, mutant);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'test/mutants/hunt.ts', values.histories, values.seed],
      { cwd: tree, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`${mutant.name}: the hunt itself failed: ${stderr}`);
    return JSON.parse(stdout) as Hunt;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

console.log(`${'defect put back'.padEnd(26)} caught after  by`);
let missed = 0;
for (const mutant of mutants) {
  const { ran, first } = hunt(mutant);
  if (first === null) missed += 1;
  const after = first === null ? 'NOT CAUGHT' : `${ran}`;
  const by =
    first === null ? mutant.defect : `${first.invariant} at ${first.where}: ${first.message}`;
  console.log(`${mutant.name.padEnd(26)} ${after.padEnd(13)} ${by.split('\n')[0]?.slice(0, 110)}`);
}
console.log(
  `${mutants.length - missed} of ${mutants.length} caught within ${values.histories} histories`,
);
process.exit(missed > 0 ? 1 : 0);

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { historyOf, runHistory } from '../world/fuzz/run-histories';
import { USUAL_BOUNDS } from '../world/fuzz/usual-bounds';
import type { Violation } from '../world/oracle/violation';
import { readScenarioFile } from '../world/scenario/read-scenario';
import { runScenario } from '../world/scenario/run-scenario';
import { applyMutant } from './apply-mutant';
import type { Mutant } from './mutants';

/** What a tree needs to run histories. */
const PARTS = ['schemas', 'shared', 'client', 'server', 'test'];
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json'];

export interface HuntOptions {
  /** The working tree, which is never touched. */
  root: string;
  /** How many histories at most, and the seed of the first. */
  histories: number;
  seed: number;
}

export interface Hunted {
  ran: number;
  /** Seed of the history that caught the defect; null where none did. */
  seed: number | null;
  /** The kept scenario that did, where no history did. */
  kept: string | null;
  first: Violation | null;
  /** That very history without the defect breaks something too: then it shows nothing. */
  withoutDefect: Violation | null;
}

/**
 * Runs histories in a copy of the tree that has the defect, until one breaks an invariant, and the kept scenarios where none
 * does; then that one without the defect.
 */
export async function huntMutant(mutant: Mutant, options: HuntOptions): Promise<Hunted> {
  const found = await huntInCopy(mutant, options);
  const { seed, kept } = found;
  if (seed === null && kept === null) return { ...found, withoutDefect: null };
  const { violations } = await (seed === null
    ? runScenario(readScenarioFile(path.join(options.root, kept ?? '')).scenario)
    : runHistory(historyOf(seed, USUAL_BOUNDS)));
  return { ...found, withoutDefect: violations[0] ?? null };
}

async function huntInCopy(
  mutant: Mutant,
  { root, histories, seed }: HuntOptions,
): Promise<Omit<Hunted, 'withoutDefect'>> {
  const tree = mkdtempSync(path.join(tmpdir(), `mostrador-mutant-${mutant.name}-`));
  try {
    for (const part of [...PARTS, ...FILES]) {
      cpSync(path.join(root, part), path.join(tree, part), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
    applyMutant(tree, mutant);
    const given = ['test/mutants/hunt.ts', String(histories), String(seed)];
    return JSON.parse(await outputOf(tree, ['--import', 'tsx', ...given])) as Omit<
      Hunted,
      'withoutDefect'
    >;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** What a program that went well has printed. */
function outputOf(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd });
    let out = '';
    let said = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(out);
      else reject(new Error(`the hunt itself failed (${status}): ${said}`));
    });
  });
}

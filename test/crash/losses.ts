import type { LoadTerminal } from './load-terminal';

/** What a run that kills something found out. */
export interface Losses {
  seed: number;
  /** Rows that the server said it has. */
  acknowledged: number;
  /** Of these, rows that were not there, or not in that state, afterwards. */
  lost: number;
  /** Findings about transactions that were not whole. */
  half: number;
  /** Batches whose answer never came, and how many of them had been stored all the same. */
  inDoubt: number;
  inDoubtStored: number;
  /** Batches that changed something when they were sent once more. */
  twice: number;
  /** Rows that were refused, and answers that were none of a push: the load is made so that there are none. */
  refused: number;
  problems: string[];
  seconds: number;
}

export const noLosses = (seed: number): Losses => ({
  seed,
  acknowledged: 0,
  lost: 0,
  half: 0,
  inDoubt: 0,
  inDoubtStored: 0,
  twice: 0,
  refused: 0,
  problems: [],
  seconds: 0,
});

/** Problems that are told in full. */
const TOLD = 20;

/** Writes problems down, as far as they are told, and returns how many there were. */
export const finderFor =
  ({ problems: told }: Pick<Losses, 'problems'>) =>
  (problems: readonly string[]): number => {
    told.push(...problems.slice(0, Math.max(0, TOLD - told.length)));
    return problems.length;
  };

/** Why terminals stopped sending, those that were not told to. */
export const brokenOff = (ends: readonly PromiseSettledResult<unknown>[]): string[] =>
  ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));

/** What the terminals were refused since they were last asked. */
export const refusalsOf = (terminals: readonly LoadTerminal[]): string[] =>
  terminals
    .flatMap((terminal) => terminal.refused.splice(0))
    .map(({ id, code, message }) => `refused: ${id} ${code} ${message}`);

import fc from 'fast-check';
import { FaultCounts } from '../faults';
import type { Violation } from '../oracle/violation';
import { type RunResult, runScenario } from '../scenario/run-scenario';
import type { Scenario } from '../scenario/schema';
import { type HistoryBounds, histories } from './history';

export interface FuzzOptions extends HistoryBounds {
  /** How many, at most. */
  histories: number;
  /** Of the first history; the next one has the next seed, so that each can be run by itself. */
  seed: number;
  /** No history is begun after this many ms. */
  timeLimitMs?: number;
  /** Stop at the first failure. */
  stopAtFailure?: boolean;
  onHistory?: (index: number) => void;
}

/** A history that broke an invariant, or the run itself. */
export interface FoundFailure {
  seed: number;
  scenario: Scenario;
  violations: readonly Violation[];
}

export interface FuzzReport {
  ran: number;
  steps: number;
  faults: FaultCounts;
  failures: FoundFailure[];
  /** Longest virtual time, ms, that a sync took to end once the network was well. */
  slowestMs: number;
  /** Of all traces, in order: the same options give the same text. */
  digests: string[];
}

/** The history of a seed. */
export function historyOf(seed: number, bounds: HistoryBounds): Scenario {
  const [scenario] = fc.sample(histories(bounds), { seed: seed | 0, numRuns: 1 });
  if (scenario === undefined) throw new Error('no history was made');
  return scenario;
}

/** What one history came to; a run that throws broke something too. */
export async function runHistory(
  scenario: Scenario,
): Promise<Pick<RunResult, 'violations' | 'digest' | 'faults' | 'slowestMs'>> {
  try {
    return await runScenario(scenario, { recordStates: false });
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const violations = [{ invariant: 'run', where: 'world', message }];
    return { violations, digest: '', faults: new Map(), slowestMs: 0 };
  }
}

/** Runs random histories, one after the other. */
export async function runHistories(options: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = {
    ran: 0,
    steps: 0,
    faults: new FaultCounts(),
    failures: [],
    slowestMs: 0,
    digests: [],
  };
  const begun = performance.now();
  for (let index = 0; index < options.histories; index++) {
    if (performance.now() - begun > (options.timeLimitMs ?? Number.POSITIVE_INFINITY)) break;
    const seed = (options.seed + index) >>> 0;
    const scenario = historyOf(seed, options);
    const { violations, digest, faults, slowestMs } = await runHistory(scenario);
    for (const [name, count] of faults) report.faults.met(name, count);
    report.slowestMs = Math.max(report.slowestMs, slowestMs);
    report.ran += 1;
    report.steps += scenario.steps.length;
    report.digests.push(digest);
    if (violations.length > 0) report.failures.push({ seed, scenario, violations });
    options.onHistory?.(index);
    if (violations.length > 0 && options.stopAtFailure === true) break;
  }
  return report;
}

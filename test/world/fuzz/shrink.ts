import type { Violation } from '../oracle/violation';
import type { Scenario, Step } from '../scenario/schema';
import { consistent } from './history';
import { runHistory } from './run-histories';

/** The names of terminals that steps are about. */
const namesIn = (steps: readonly Step[]): Set<string> =>
  new Set(
    steps.flatMap((step) => [
      ...('terminal' in step ? [step.terminal] : []),
      ...('to' in step ? [step.to] : []),
    ]),
  );

/** The same history without the terminals that none of its steps is about. */
function tidied(scenario: Scenario, steps: readonly Step[]): Scenario {
  const used = namesIn(steps);
  const terminals = scenario.given.terminals.filter(({ name }) => used.has(name));
  if (terminals.length === 0) terminals.push(...scenario.given.terminals.slice(0, 1));
  return { ...scenario, given: { ...scenario.given, terminals }, steps: [...steps] };
}

/** Steps of a terminal that is made by an earlier step, without that step, are nobody's. */
function possible(scenario: Scenario, steps: readonly Step[]): Step[] {
  const known = new Set(scenario.given.terminals.map(({ name }) => name));
  return consistent(steps).filter((step) => {
    if (step.do === 'copyProfile') known.add(step.to);
    return !('terminal' in step) || known.has(step.terminal);
  });
}

/**
 * Takes steps away, halves first, then one by one, as long as the same invariant is broken; then plain values for
 * what is left. Returns the smallest history that was found within the number of runs.
 */
export async function shrink(
  scenario: Scenario,
  violations: readonly Violation[],
  { maxRuns = 200, onRun }: { maxRuns?: number; onRun?: (steps: number) => void } = {},
): Promise<{ scenario: Scenario; violations: readonly Violation[] }> {
  const [first] = violations;
  let best = { scenario, violations };
  let runs = 0;
  const fails = async (candidate: Scenario): Promise<boolean> => {
    if (runs >= maxRuns) return false;
    runs += 1;
    const found = await runHistory(candidate);
    const isSame = found.violations.some(({ invariant }) => invariant === first?.invariant);
    if (isSame) best = { scenario: candidate, violations: found.violations };
    onRun?.(best.scenario.steps.length);
    return isSame;
  };
  const body = (): Step[] => best.scenario.steps.filter(({ do: name }) => name !== 'settle');
  const withSteps = (steps: readonly Step[]): Scenario =>
    tidied(best.scenario, [...possible(best.scenario, steps), { do: 'settle' }]);

  for (let size = Math.ceil(body().length / 2); size >= 1 && runs < maxRuns; ) {
    let hasShrunk = false;
    for (let at = 0; at < body().length && runs < maxRuns; ) {
      const steps = body();
      const rest = [...steps.slice(0, at), ...steps.slice(at + size)];
      if (rest.length > 0 && (await fails(withSteps(rest)))) hasShrunk = true;
      else at += size;
    }
    if (!hasShrunk || size > 1) size = Math.floor(size / 2);
  }
  for (const [index] of body().entries()) {
    const steps = body();
    const plain = plainer(steps[index]);
    if (plain !== null)
      await fails(withSteps(steps.map((step, i) => (i === index ? plain : step))));
  }
  const { pullPage, pushRows, ...given } = best.scenario.given;
  if (pullPage !== undefined || pushRows !== undefined) await fails({ ...best.scenario, given });
  return best;
}

/** The step without waiting and without going on in the background; null where it is plain already. */
function plainer(step: Step | undefined): Step | null {
  if (step === undefined) return null;
  const { wait, background, ...plain } = step as Step & { wait?: number; background?: boolean };
  return wait === undefined && background !== true ? null : (plain as Step);
}

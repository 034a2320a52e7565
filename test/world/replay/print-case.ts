import { shown, violationLines } from '../scenario/print-result';
import type { CaseResult, Compared } from './run-case';

const differenceOf = ({ entry, what, expected, actual }: Compared): string =>
  `entry ${entry}, ${what}: recorded ${shown(expected)}, replayed ${shown(actual)}`;

/** What is wrong with a replay, a line each; the first divergence before all that may follow from it. */
export function failuresOfCase({ divergence, run }: CaseResult, file: string): string[] {
  return [
    ...(divergence === null ? [] : unfitRestores(run).map((line) => `${file}: ${line}`)),
    ...(divergence === null ? [] : [`${file}: first divergence: ${differenceOf(divergence)}`]),
    ...violationLines(run.violations, file),
  ];
}

/** A backup that is older than the trace is none of the states that a replay can put back. */
const unfitRestores = ({ trace }: CaseResult['run']): string[] =>
  trace
    .filter(({ what, details }) => what === 'is as before' && Number(details['misfits']) > 0)
    .map(
      ({ details }) =>
        `entry ${details['entry']}: no state of this trace fits the restored backup (${details['misfits']} contradictions); what follows may differ by that alone`,
    );

/** Further differences that are printed. */
const SHOWN = 10;

/** The lines that a person reads after a replay. */
export function printedCase(result: CaseResult, file: string): string[] {
  const { run, compared } = result;
  const different = compared.filter(({ ok }) => !ok);
  return [
    `${run.ok ? 'PASS' : 'FAIL'} ${file}: ${run.scenario.name}`,
    `  ${compared.length - different.length} of ${compared.length} answers and ends as they were recorded`,
    ...failuresOfCase(result, file).map((line) => `  ${line}`),
    ...different.slice(1, SHOWN).map((difference) => `  then ${differenceOf(difference)}`),
    ...(different.length > SHOWN ? [`  and ${different.length - SHOWN} more`] : []),
    `  ${run.trace.length} events, digest ${run.digest}`,
  ];
}

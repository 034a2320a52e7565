import type { Violation } from '../oracle/violation';
import type { ScenarioFile } from './read-scenario';
import type { RunResult } from './run-scenario';

/** A value in a line. */
export const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** Each broken invariant in a line. */
export const violationLines = (violations: readonly Violation[], file: string): string[] =>
  violations.map(
    ({ invariant, where, message, document, expected, actual }) =>
      `${file}: invariant ${invariant} at ${where}: ${message}${
        document === undefined ? '' : ` (${document.collection} ${document.id})`
      }${expected === undefined ? '' : `, expected ${shown(expected)}`}${
        actual === undefined ? '' : `, found ${shown(actual)}`
      }`,
  );

/** What is wrong with a run, a line each: `FILE:LINE: words`. Empty where nothing is. */
export function failuresOf(result: RunResult, source: ScenarioFile): string[] {
  const { file, stepLines, expectLines } = source;
  return [
    ...result.verdicts.flatMap(({ ok, expectation, expected, actual }, index) =>
      ok || 'invariants' in expectation
        ? []
        : [
            `${file}:${expectLines[index]}: ${Object.keys(expectation)[0]}: ` +
              `expected ${shown(expected)}, found ${shown(actual)}`,
          ],
    ),
    ...violationLines(result.violations, file),
    ...result.unused.map(
      ({ step, fault }) =>
        `${file}:${stepLines[step - 1]}: the fault "${fault}" of step ${step} is never met`,
    ),
  ];
}

/** The lines that a person reads after a run. */
export function printed(result: RunResult, source: ScenarioFile): string[] {
  const { scenario, verdicts, digest, ok } = result;
  return [
    `${ok ? 'PASS' : 'FAIL'} ${source.file}: ${scenario.name}`,
    ...verdicts.map(({ ok: isMet, expectation, expected, actual }) => {
      const [key = ''] = Object.keys(expectation);
      if (key === 'invariants') return `  ${isMet ? 'ok  ' : 'FAIL'} invariants`;
      const found = isMet ? '' : `, found ${shown(actual)}`;
      return `  ${isMet ? 'ok  ' : 'FAIL'} ${key}: expected ${shown(expected)}${found}`;
    }),
    ...failuresOf(result, source).map((line) => `  ${line}`),
    `  ${result.trace.length} events, digest ${digest}`,
  ];
}

import { readFileSync } from 'node:fs';
import { type TSchema, Type } from '@sinclair/typebox';
import { LineCounter, parseDocument } from 'yaml';
import { EXPECTATION_SCHEMAS } from './expectation-schema';
import { nameProblems } from './name-problems';
import { type Scenario, scenarioSchema } from './schema';
import { type Problem, problemsOf } from './schema-words';
import { STEP_SCHEMAS } from './step-schema';
import { YamlLines } from './yaml-lines';

/** A scenario, and where in its file its steps and expectations stand (lines, from 1). */
export interface ScenarioFile {
  readonly file: string;
  readonly scenario: Scenario;
  readonly stepLines: readonly number[];
  readonly expectLines: readonly number[];
}

/** A file that is no scenario; the message has a line for each thing that is wrong, `FILE:LINE: words`. */
export class ScenarioFileError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly { line: number; message: string }[],
  ) {
    super(problems.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'));
  }
}

/** Reads a file of test/scenarios. Throws ScenarioFileError. */
export function readScenarioFile(file: string): ScenarioFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ScenarioFileError(file, [{ line: 1, message: 'the file cannot be read' }]);
  }
  return readScenario(text, file);
}

/** Reads the YAML text of a scenario; `file` is for its messages. Throws ScenarioFileError. */
export function readScenario(text: string, file: string): ScenarioFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  if (document.errors.length > 0) {
    throw new ScenarioFileError(
      file,
      document.errors.map(({ message, linePos }) => ({
        line: linePos?.[0].line ?? 1,
        message: message.split('\n')[0] ?? message,
      })),
    );
  }
  const lines = new YamlLines(document, counter);
  const value: unknown = document.toJS();
  const fail = (problems: readonly Problem[]): never => {
    const placed = problems.map(({ path, message }) => ({ line: lines.of(path), message }));
    placed.sort((a, b) => a.line - b.line);
    throw new ScenarioFileError(file, placed);
  };
  const problems = shapeProblems(value);
  if (problems.length > 0) return fail(problems);
  const scenario = value as Scenario;
  const unknown = nameProblems(scenario);
  if (unknown.length > 0) return fail(unknown);
  return {
    file,
    scenario,
    stepLines: scenario.steps.map((_, index) => lines.of(['steps', String(index)])),
    expectLines: scenario.expect.map((_, index) => lines.of(['expect', String(index)])),
  };
}

const OUTLINE = Type.Object(
  {
    ...scenarioSchema.properties,
    steps: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 2000 }),
    expect: Type.Array(Type.Unknown(), { minItems: 1 }),
  },
  { additionalProperties: false },
);

const STEPS = new Map<string, TSchema>(
  STEP_SCHEMAS.map((schema) => [schema.properties.do.const, schema]),
);
const EXPECTATIONS = new Map<string, TSchema>(
  EXPECTATION_SCHEMAS.map((schema): [string, TSchema] => [
    Object.keys(schema.properties)[0] ?? '',
    schema,
  ]),
);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A step is known by its `do`, an expectation by its key: what is wrong is said of that member, not of all of them. */
function shapeProblems(value: unknown): Problem[] {
  const problems = problemsOf(OUTLINE, value);
  if (!isRecord(value)) return problems;
  const { steps, expect } = value;
  for (const [index, step] of (Array.isArray(steps) ? steps : []).entries()) {
    const path = ['steps', String(index)];
    const name = isRecord(step) ? step['do'] : undefined;
    const schema = STEPS.get(String(name));
    if (schema !== undefined) problems.push(...problemsOf(schema, step, path));
    else {
      const what = name === undefined ? 'a step needs a "do"' : `unknown "do: ${String(name)}"`;
      problems.push({ path, message: `${what}; allowed: ${[...STEPS.keys()].join(', ')}` });
    }
  }
  for (const [index, expectation] of (Array.isArray(expect) ? expect : []).entries()) {
    const path = ['expect', String(index)];
    const keys = isRecord(expectation) ? Object.keys(expectation) : [];
    const schema = keys.length === 1 ? EXPECTATIONS.get(keys[0] ?? '') : undefined;
    if (schema !== undefined) problems.push(...problemsOf(schema, expectation, path));
    else {
      const what =
        keys.length === 1 ? `unknown expectation "${keys[0]}"` : 'an expectation has one key';
      problems.push({ path, message: `${what}; allowed: ${[...EXPECTATIONS.keys()].join(', ')}` });
    }
  }
  return problems;
}

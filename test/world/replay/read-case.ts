import { readFileSync } from 'node:fs';
import { type Case, caseSchema } from '../../../client/trace/case-schema';
import { validate } from '../../../schemas/validate';
import { ScenarioFileError } from '../scenario/read-scenario';

/** Reads a file of "Exportar caso para QA". Throws ScenarioFileError. */
export function readCaseFile(file: string): Case {
  const fail = (message: string): never => {
    throw new ScenarioFileError(file, [{ line: 1, message }]);
  };
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return fail(error instanceof SyntaxError ? 'this is no JSON' : 'the file cannot be read');
  }
  const parsed = validate<Case>(caseSchema, value);
  if (!parsed.ok) return fail(`this is no case for QA: ${parsed.path} ${parsed.message}`);
  return parsed.value;
}

/** Files that are cases; all others are scenarios. */
export const isCaseFile = (file: string): boolean => file.endsWith('.json');

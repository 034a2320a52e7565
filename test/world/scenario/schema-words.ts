import type { TSchema } from '@sinclair/typebox';
import { Value, ValueErrorType } from '@sinclair/typebox/value';

/** Something that is wrong at a place of a document: the keys that lead there, and words. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

const bounds = (low: unknown, high: unknown): string => {
  if (low !== undefined && high !== undefined) return ` from ${low} to ${high}`;
  if (low !== undefined) return ` from ${low} on`;
  return high === undefined ? '' : ` up to ${high}`;
};

/** What a schema takes, in words. */
export function allowed(schema: TSchema): string {
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['anyOf'])) return `one of ${schema['anyOf'].map(allowed).join(', ')}`;
  switch (schema['type']) {
    case 'string':
      if (schema['pattern'] !== undefined) return `text like ${schema['pattern']}`;
      return `text${schema['maxLength'] === undefined ? '' : ` of at most ${schema['maxLength']}`}`;
    case 'integer':
      return `a whole number${bounds(schema['minimum'], schema['maximum'])}`;
    case 'number':
      if (schema['exclusiveMinimum'] !== undefined) {
        return `a number greater than ${schema['exclusiveMinimum']}`;
      }
      return `a number${bounds(schema['minimum'], schema['maximum'])}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${bounds(schema['minItems'], schema['maxItems'])}`;
    case 'object': {
      if (schema['properties'] === undefined) return `a list of "name: value", not empty`;
      return `keys of ${Object.keys(schema['properties']).join(', ')}`;
    }
    default:
      return 'something else';
  }
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** All that is wrong with a value, at most one thing a place, with what is allowed there. */
export function problemsOf(schema: TSchema, value: unknown, at: readonly string[] = []): Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of Value.Errors(schema, value)) {
    if (problems.has(error.path)) continue;
    const path = [...at, ...keysOf(error.path)];
    const key = path.at(-1) ?? '';
    problems.set(error.path, { path, message: wordsOf(error, key) });
  }
  return [...problems.values()];
}

function wordsOf(
  { type, schema, value }: { type: ValueErrorType; schema: TSchema; value: unknown },
  key: string,
): string {
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    return `unknown key "${key}"; allowed here: ${Object.keys(schema['properties']).join(', ')}`;
  }
  if (type === ValueErrorType.ObjectRequiredProperty) {
    return `"${key}" is missing; it must be ${allowed(schema)}`;
  }
  return `${key === '' ? 'the file' : `"${key}"`} must be ${allowed(schema)}, and is ${shown(value)}`;
}

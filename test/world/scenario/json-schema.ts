import path from 'node:path';
import { scenarioSchema } from './schema';

/** Where editors find the schema of the scenario files. */
export const SCHEMA_FILE = path.join('test', 'scenarios', 'scenario.schema.json');

/** The JSON Schema of scenario files, as text. TypeBox's schemas are JSON Schema already. */
export const schemaText = (): string =>
  `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...scenarioSchema }, null, 2)}\n`;

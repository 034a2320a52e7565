import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { renderReport } from '../report/render-report';
import { SCHEMA_FILE, schemaText } from './json-schema';
import { type JunitCase, junitXml } from './junit-xml';
import { failuresOf, printed } from './print-result';
import { readScenarioFile, type ScenarioFile, ScenarioFileError } from './read-scenario';
import { runScenario } from './run-scenario';

/* npm run scenario -- FILE... [--json FILE] [--junit FILE] [--report FOLDER]; npm run scenario -- --schema */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    junit: { type: 'string' },
    /** A page for each file: what happened, on a time line. */
    report: { type: 'string' },
    schema: { type: 'boolean', default: false },
  },
});
if (values.schema) {
  writeFileSync(SCHEMA_FILE, schemaText());
  console.log(`wrote ${SCHEMA_FILE}`);
  process.exit(0);
}
if (positionals.length === 0) {
  console.error(
    'Usage: npm run scenario -- FILE.yaml... [--json FILE] [--junit FILE] [--report FOLDER] | --schema',
  );
  process.exit(2);
}

const files: ScenarioFile[] = [];
for (const file of positionals) {
  try {
    files.push(readScenarioFile(file));
  } catch (error) {
    if (!(error instanceof ScenarioFileError)) throw error;
    console.error(error.message);
  }
}
if (files.length < positionals.length) process.exit(2);

const cases: JunitCase[] = [];
const reports: unknown[] = [];
for (const source of files) {
  const begun = performance.now();
  const result = await runScenario(source.scenario);
  const failures = failuresOf(result, source);
  for (const line of printed(result, source)) console.log(line);
  if (values.report !== undefined) {
    mkdirSync(values.report, { recursive: true });
    const page = path.join(values.report, `${path.basename(source.file, '.yaml')}.html`);
    writeFileSync(page, renderReport(result));
    console.log(`  report: ${page}`);
  }
  cases.push({
    name: source.scenario.name,
    file: source.file,
    seconds: (performance.now() - begun) / 1000,
    failures,
  });
  const { ok, verdicts, violations, outcomes, unused, faults, digest } = result;
  const { name, seed } = source.scenario;
  reports.push({
    ...{ file: source.file, name, seed, ok, verdicts, violations, outcomes, unused, digest },
    faults: Object.fromEntries(faults),
  });
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(reports, null, 2)}\n`);
if (values.junit !== undefined) writeFileSync(values.junit, junitXml(cases));
const failed = cases.filter(({ failures }) => failures.length > 0).length;
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

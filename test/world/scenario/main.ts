import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Case } from '../../../client/trace/case-schema';
import { failuresOfCase, printedCase } from '../replay/print-case';
import { isCaseFile, readCaseFile } from '../replay/read-case';
import { runCase } from '../replay/run-case';
import { renderReport } from '../report/render-report';
import { SCHEMA_FILE, schemaText } from './json-schema';
import { type JunitCase, junitXml } from './junit-xml';
import { failuresOf, printed } from './print-result';
import { readScenarioFile, type ScenarioFile, ScenarioFileError } from './read-scenario';
import { type RunResult, runScenario } from './run-scenario';

/* npm run scenario -- FILE.yaml|CASE.json... [--json FILE] [--junit FILE] [--report FOLDER]; npm run scenario -- --schema */
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
    'Usage: npm run scenario -- FILE.yaml|CASE.json... [--json FILE] [--junit FILE] [--report FOLDER] | --schema',
  );
  process.exit(2);
}

/** A scenario that was written, or a case that a terminal exported. */
type Source = { file: string } & (
  | { kind: 'scenario'; source: ScenarioFile }
  | { kind: 'case'; recorded: Case }
);

interface Played {
  result: RunResult;
  failures: string[];
  lines: string[];
}

const files: Source[] = [];
for (const file of positionals) {
  try {
    files.push(
      isCaseFile(file)
        ? { file, kind: 'case', recorded: readCaseFile(file) }
        : { file, kind: 'scenario', source: readScenarioFile(file) },
    );
  } catch (error) {
    if (!(error instanceof ScenarioFileError)) throw error;
    console.error(error.message);
  }
}
if (files.length < positionals.length) process.exit(2);

async function play(played: Source): Promise<Played> {
  const { file } = played;
  if (played.kind === 'case') {
    const result = await runCase(played.recorded);
    const failures = failuresOfCase(result, file);
    return { result: result.run, failures, lines: printedCase(result, file) };
  }
  const result = await runScenario(played.source.scenario);
  const failures = failuresOf(result, played.source);
  return { result, failures, lines: printed(result, played.source) };
}

const cases: JunitCase[] = [];
const reports: unknown[] = [];
for (const source of files) {
  const begun = performance.now();
  const { result, failures, lines } = await play(source);
  for (const line of lines) console.log(line);
  if (values.report !== undefined) {
    mkdirSync(values.report, { recursive: true });
    const { name } = path.parse(source.file);
    const page = path.join(values.report, `${name}.html`);
    writeFileSync(page, renderReport(result));
    console.log(`  report: ${page}`);
  }
  const { ok, verdicts, violations, outcomes, unused, faults, digest, scenario } = result;
  const { name, seed } = scenario;
  cases.push({
    name,
    file: source.file,
    seconds: (performance.now() - begun) / 1000,
    failures,
  });
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

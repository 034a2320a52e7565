import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { failuresOfCase } from '../world/replay/print-case';
import { readCaseFile } from '../world/replay/read-case';
import { runCase } from '../world/replay/run-case';
import { failuresOf } from '../world/scenario/print-result';
import { readScenarioFile } from '../world/scenario/read-scenario';
import { runScenario } from '../world/scenario/run-scenario';

const yamlIn = (folder: string): string[] =>
  readdirSync(path.join(__dirname, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.join(folder, name));

/* What was found by chance runs first. */
const files = [...yamlIn('found'), ...yamlIn('.')];
const idOf = (file: string): string =>
  path
    .basename(file)
    .match(/^f(\d\d)-/)?.[1]
    ?.replace(/^0?/, 'F') ?? 'found';

test.each(files.map((file) => [`${idOf(file)} ${path.basename(file, '.yaml')}`, file]))(
  '%s',
  async (_name, file) => {
    const source = readScenarioFile(path.join(__dirname, file));
    expect(failuresOf(await runScenario(source.scenario), source)).toEqual([]);
  },
  60_000,
);

const cases = readdirSync(path.join(__dirname, 'cases')).filter((name) => name.endsWith('.json'));

test.each(cases)(
  'case %s is answered as it was recorded',
  async (name) => {
    const file = path.join(__dirname, 'cases', name);
    expect(failuresOfCase(await runCase(readCaseFile(file)), name)).toEqual([]);
  },
  60_000,
);

test('each file tells editors where its schema is', () => {
  const without = files.filter((file) => {
    const schema = path.relative(path.dirname(file), 'scenario.schema.json');
    const line = `# yaml-language-server: $schema=${schema.startsWith('.') ? '' : './'}${schema}\n`;
    return !readFileSync(path.join(__dirname, file), 'utf8').startsWith(line);
  });
  expect(without).toEqual([]);
});

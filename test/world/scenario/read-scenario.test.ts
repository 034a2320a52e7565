import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SCHEMA_FILE, schemaText } from './json-schema';
import { readScenario, readScenarioFile, ScenarioFileError } from './read-scenario';

const GOOD = `name: Two sales
seed: 1
given:
  products:
    - { code: P1, price: 10, stock: 5 }
  clients:
    - { name: Ana María }
  users:
    - { name: rosa, role: supervisor }
  terminals:
    - { name: T1, user: rosa }
steps:
  - { do: sell, terminal: T1, lines: { P1: 1.5 }, client: Ana María, as: S1 }
  - do: editProduct
    terminal: T1
    product: P1
    set:
      price: 12.5
  - { do: creditNote, terminal: T1, of: S1 }
expect:
  - stock: { P1: 5 }
  - invariants: hold
`;

/** What is said of the good file with one text replaced by another. */
function complaints(from: string, to: string): string[] {
  expect(GOOD).toContain(from);
  try {
    readScenario(GOOD.replace(from, to), 'x.yaml');
  } catch (error) {
    if (error instanceof ScenarioFileError) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('a scenario is read, with the lines of its steps and expectations', () => {
  const { scenario, stepLines, expectLines } = readScenario(GOOD, 'x.yaml');
  expect(scenario.steps[1]).toEqual({
    do: 'editProduct',
    terminal: 'T1',
    product: 'P1',
    set: { price: 12.5 },
  });
  expect(stepLines).toEqual([13, 14, 19]);
  expect(expectLines).toEqual([21, 22]);
});

test.each([
  [
    'unknown key of the file',
    'seed: 1',
    'seed: 1\nsede: 2',
    'x.yaml:3: unknown key "sede"; allowed',
  ],
  ['unknown key of a step', 'as: S1', 'als: S1', 'x.yaml:13: unknown key "als"; allowed here: do,'],
  [
    'missing key',
    'product: P1',
    'note: x',
    'x.yaml:14: "product" is missing; it must be text like',
  ],
  [
    'unknown do',
    'do: creditNote',
    'do: creditNotes',
    'x.yaml:19: unknown "do: creditNotes"; allowed: login,',
  ],
  ['no do', 'do: creditNote, ', '', 'x.yaml:19: a step needs a "do"; allowed: login,'],
  [
    'wrong value',
    'P1: 1.5',
    'P1: -1',
    'x.yaml:13: "P1" must be a number greater than 0, and is -1',
  ],
  [
    'wrong type',
    'price: 10,',
    'price: ten,',
    'x.yaml:5: "price" must be a number from 0 on, and is "ten"',
  ],
  [
    'wrong word',
    'role: supervisor',
    'role: boss',
    'x.yaml:9: "role" must be one of "owner", "supervisor", "cashier", and is "boss"',
  ],
  [
    'wrong field of a product',
    'price: 12.5',
    'prize: 12.5',
    'x.yaml:18: unknown key "prize"; allowed here: code, barcode,',
  ],
  [
    'wrong value of a field',
    'price: 12.5',
    'unit: boxes',
    'x.yaml:18: "unit" must be one of "Unid"',
  ],
  [
    'empty expect',
    '  - stock: { P1: 5 }\n  - invariants: hold',
    '  []',
    'x.yaml:20: "expect" must be a list from 1 on, and is []',
  ],
  [
    'unknown expectation',
    'stock: {',
    'stok: {',
    'x.yaml:21: unknown expectation "stok"; allowed: invariants, stock,',
  ],
  [
    'two expectations in one',
    'stock: { P1: 5 }',
    '{ stock: { P1: 5 }, count: { invoices: 1 } }',
    'x.yaml:21: an expectation has one key',
  ],
  [
    'empty expectation',
    'stock: { P1: 5 }',
    'stock: {}',
    'x.yaml:21: "stock" must be a list of "name: value", not empty',
  ],
  [
    'unknown collection',
    'stock: { P1: 5 }',
    'count: { invoice: 5 }',
    'x.yaml:21: unknown key "invoice"; allowed here: clients,',
  ],
  [
    'unknown product',
    'P1: 1.5',
    'P2: 1.5',
    'x.yaml:13: no product "P2" is given, or made by an earlier step; known: P1',
  ],
  ['unknown client', 'client: Ana María', 'client: Ana', 'x.yaml:13: no client "Ana" is given'],
  ['unknown user', 'user: rosa', 'user: rosita', 'x.yaml:11: no user "rosita" is given'],
  [
    'unknown terminal',
    'terminal: T1, of',
    'terminal: T9, of',
    'x.yaml:19: no terminal "T9" is given',
  ],
  [
    'unknown sale',
    'of: S1',
    'of: S2',
    'x.yaml:19: no sale "S2" is given, or made by an earlier step; known: S1',
  ],
  [
    'unknown product in expect',
    'stock: { P1',
    'stock: { P7',
    'x.yaml:21: no product "P7" is given',
  ],
  [
    'unknown flag',
    'stock: { P1: 5 }',
    'flags: { SOLD_OUT: 1 }',
    'x.yaml:21: unknown flag "SOLD_OUT"; allowed: DUPLICATE_CONSECUTIVE',
  ],
  [
    'unknown step in expect',
    'stock: { P1: 5 }',
    'outcome: { 4: ok }',
    'x.yaml:21: there is no step 4; they are 1 to 3',
  ],
  [
    'name that is there already',
    '- { name: Ana María }',
    '- { name: Ana María }\n    - { name: Ana María }',
    'x.yaml:8: client "Ana María" is there already',
  ],
  [
    'backup that was never made',
    '- { do: creditNote, terminal: T1, of: S1 }',
    '- { do: restore, name: B }',
    'x.yaml:19: no backup "B" is given',
  ],
  ['no YAML', 'seed: 1', 'seed: [1', 'x.yaml:3: '],
  ['key twice', 'seed: 1', 'seed: 1\nseed: 2', 'x.yaml:3: Map keys must be unique'],
])('%s', (_name, from, to, said) => {
  const found = complaints(from, to);
  expect(found[0]?.slice(0, said.length)).toBe(said);
});

test('everything that is wrong is said at once, line by line', () => {
  const wrong = GOOD.replace('as: S1', 'als: S1').replace('price: 12.5', 'price: "12"');
  expect(() => readScenario(wrong, 'x.yaml')).toThrow(
    /^x\.yaml:13: unknown key "als".*\nx\.yaml:18: "price" must be a number/,
  );
});

test('a file that is not there, or is no mapping, is an error of that file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mostrador-scenario-'));
  try {
    const file = path.join(folder, 'list.yaml');
    writeFileSync(file, '- 1\n');
    expect(() => readScenarioFile(file)).toThrow(`${file}:1: the file must be keys of name, about`);
    expect(() => readScenarioFile(path.join(folder, 'none.yaml'))).toThrow('cannot be read');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the JSON Schema for editors is that of the code; npm run scenario -- --schema writes it', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(schemaText());
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const target = path.join(folder, entry.name);
    if (entry.isDirectory()) return testFiles(target);
    return /(\.test\.tsx?|-contract\.ts)$/.test(entry.name) ? [target] : [];
  });
}

/** Rules by number, as SPEC.md states them. */
const stated = [
  ...readFileSync(path.join(root, 'SPEC.md'), 'utf8').matchAll(/^- \*\*([PT]\d+)\*\*/gm),
].map(([, rule = '']) => rule);

/** Rules that the name of a test quotes. */
const quoted = new Set(
  testFiles(path.join(root, 'test'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^\s*(?:test|['`])[^\n]*$/gm)])
    .flatMap(([line]) => [...line.matchAll(/\b([PT]\d{1,3})\b(?= )/g)])
    .map(([, rule = '']) => rule),
);

test('each rule of the protocol stands once', () => {
  expect(new Set(stated).size).toBe(stated.length);
  expect(stated.length).toBeGreaterThan(20);
});

test('each rule is quoted by a test', () => {
  expect(stated.filter((rule) => !quoted.has(rule))).toEqual([]);
});

test('no test quotes a rule that is not there', () => {
  expect([...quoted].filter((rule) => !stated.includes(rule))).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(__dirname, '..');
const idsFrom = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

function filesBelow(target: string): string[] {
  return readdirSync(target, { withFileTypes: true }).flatMap((entry) => {
    const below = path.join(target, entry.name);
    return entry.isDirectory() ? filesBelow(below) : [below];
  });
}

/** Ids that the name of a test begins with, `F4 F6 row 7 of 20 fails`, or the name of a scenario, `f04-one-bad-row`. */
function idsOf(file: string): string[] {
  const scenario = path.basename(file).match(/^f(\d\d)-.*\.yaml$/);
  if (scenario !== null) return [`F${Number(scenario[1])}`];
  if (!/(\.test\.tsx?|-contract\.ts)$/.test(file)) return [];
  const names = readFileSync(file, 'utf8').matchAll(
    /\btest(?:\.each\([^;]*?\))?\(\s*['"`]((?:[FSPT]\d+ )+)/g,
  );
  return [...names].flatMap(([, ids = '']) => ids.trim().split(' '));
}

const named = new Set(filesBelow(folder).flatMap(idsOf));

test('each fault F1 to F30 has a test or a scenario that is named by it', () => {
  expect(idsFrom('F', 30).filter((id) => !named.has(id))).toEqual([]);
});

test('each attack S1 to S12 has a test that is named by it', () => {
  expect(idsFrom('S', 12).filter((id) => !named.has(id))).toEqual([]);
});

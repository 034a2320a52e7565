import type { Random } from '../world/random';

/** Values that code tends not to expect. Texts are short here: size is a kind of attack of its own. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  0.1,
  -0,
  2 ** 53,
  1e308,
  '',
  ' ',
  'NaN',
  '1e999',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202egpj.exe',
  '\ufeff',
  'İ',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; drop table documents; --",
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://x")',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to be taken for one
  '${process.exit(1)}',
  '2026-02-30T25:61:00.000Z',
  '0000-00-00',
  '99999-12-31T00:00:00.000Z',
  [],
  [[]],
  {},
  { $ne: null },
  { toString: 'x', valueOf: 'y' },
  { length: 1e9 },
  JSON.parse('{"then":"x"}'),
];

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A copy with one place of it, at any depth, missing, added, or replaced by something hostile. */
export function mutated(value: unknown, random: Random): unknown {
  const copy: unknown = structuredClone(value);
  const pick = <T>(list: readonly T[]): T => list[random.between(0, list.length - 1)] as T;
  let branch: unknown = copy;
  while (isBranch(branch)) {
    const keys = Object.keys(branch);
    const key = keys.length === 0 ? 'nuevo' : pick(keys);
    const below: unknown = branch[key];
    if (isBranch(below) && random.unit() < 0.7) {
      branch = below;
      continue;
    }
    const way = random.unit();
    if (way < 0.25) delete branch[key];
    else if (way < 0.45)
      branch[pick(['extra', 'storeId', 'role', '_rev', 'prototype'])] = pick(HOSTILE);
    else branch[key] = structuredClone(pick(HOSTILE));
    return copy;
  }
  return pick(HOSTILE);
}

/** Text of a JSON body, damaged as only text can be: numbers that are none, a key twice, cut, keys of prototypes. */
export function damagedText(text: string, random: Random): string {
  const at = random.between(0, text.length);
  const ways: readonly (() => string)[] = [
    () => text.slice(0, at),
    () => `${text}${text}`,
    () => text.replace(/:\s*\d+/, ':1e999'),
    () => text.replace(/:\s*\d+/, ':NaN'),
    () => text.replace(/:\s*\d+/, ':-00001'),
    () => text.replace('{', '{"__proto__":{"polluted":true},'),
    () => text.replace('{', '{"constructor":{"prototype":{"polluted":true}},'),
    () => text.replace(/"(\w+)":/, '"$1":null,"$1":'),
    () => text.replaceAll('"', "'"),
    () => text.replace(/,/, ',,'),
    () => `${text.slice(0, at)}\u0000${text.slice(at)}`,
    () => `\ufeff${text}`,
    () => `/*${text}*/`,
    () => '['.repeat(random.between(17, 5000)),
    () => `${'{"a":'.repeat(20)}1${'}'.repeat(20)}`,
  ];
  return (ways[random.between(0, ways.length - 1)] as () => string)();
}

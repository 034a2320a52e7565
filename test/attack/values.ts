import { Kind, OptionalKind, type TSchema } from '@sinclair/typebox';
import type { Random } from '../world/random';

const HEX = '0123456789abcdef';

/** Texts of the forms that the schemas' patterns ask for; the first that fits is taken. */
const FORMS: readonly ((random: Random) => string)[] = [
  (random) => random.id(),
  () => '2026-11-24T15:00:00.000Z',
  () => '2026-11-24',
  (random) => random.digits(50),
  (random) => random.digits(20),
  (random) => random.digits(13),
  (random) => random.digits(3),
  (random) => Array.from({ length: 64 }, () => HEX[random.between(0, 15)]).join(''),
  (random) => Array.from({ length: 16 }, () => HEX[random.between(0, 15)]).join(''),
  () => 'CRC',
  (random) => `nombre-${random.between(1, 9999)}`,
  () => 'x',
  () => '',
];

/** A value that fits a schema, another each time: the ground that mutations start from. */
export function sampleOf(schema: TSchema, random: Random): unknown {
  switch (schema[Kind]) {
    case 'Object':
      return Object.fromEntries(
        Object.entries(schema['properties'] as Record<string, TSchema>)
          .filter(([, member]) => member[OptionalKind] === undefined || random.unit() < 0.5)
          .map(([name, member]) => [name, sampleOf(member, random)]),
      );
    case 'Array':
      return Array.from({ length: random.between(schema['minItems'] ?? 0, 2) }, () =>
        sampleOf(schema['items'] as TSchema, random),
      );
    case 'Union': {
      const any = schema['anyOf'] as TSchema[];
      return sampleOf(any[random.between(0, any.length - 1)] as TSchema, random);
    }
    case 'Literal':
      return schema['const'];
    case 'Integer': {
      const low = Number(schema['minimum'] ?? 0);
      const high = Math.min(Number(schema['maximum'] ?? 100_000), 100_000);
      return random.between(Math.max(low, -100_000), high);
    }
    case 'Boolean':
      return random.unit() < 0.5;
    case 'String':
      return textOf(schema, random);
    default:
      return { any: random.id() };
  }
}

function textOf(schema: TSchema, random: Random): string {
  const pattern = new RegExp(String(schema['pattern'] ?? ''));
  const [low, high] = [Number(schema['minLength'] ?? 0), Number(schema['maxLength'] ?? 1000)];
  for (const form of FORMS) {
    const text = form(random);
    if (text.length >= low && text.length <= high && pattern.test(text)) return text;
  }
  return '';
}

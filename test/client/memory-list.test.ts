import fc from 'fast-check';
import { MemoryList } from '../../client/desk/memory-list';
import { normalize } from '../../client/desk/normalize';

interface Item {
  id: string;
  title: string;
  keys: string;
  active: boolean;
}

const words = fc.constantFrom('pan', 'Pan dulce', 'pañal', 'JABÓN', 'jabon azul', 'Ñame', 'z', '');
const item = fc.record({
  id: fc.constantFrom(...Array.from('abcdefghij')),
  title: words,
  keys: fc.constantFrom('B1', 'b2', '7441'),
  active: fc.boolean(),
});
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('put' as const, 'fill' as const), item }),
  fc.record({ kind: fc.constant('remove' as const), item }),
  fc.record({ kind: fc.constant('look' as const), text: fc.constantFrom('pan', 'B1', 'jabon a') }),
);

const haystack = ({ title, keys }: Item): string => `${normalize(title)} ${normalize(keys)}`;
const sorted = (items: Iterable<Item>): Item[] =>
  [...items].sort((a, b) => {
    const [one, two] = [normalize(a.title), normalize(b.title)];
    if (one === two) return a.id < b.id ? -1 : 1;
    return one < two ? -1 : 1;
  });

test('the list is in order, and found in, whatever came in, was changed or taken out between two looks', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const list = new MemoryList<Item>(({ title, keys }) => ({ title, keys }));
      const model = new Map<string, Item>();
      for (const taken of steps) {
        if (taken.kind === 'look') {
          expect(list.documents()).toEqual(sorted(model.values()));
          const asked = normalize(taken.text).split(' ');
          const hits = sorted(model.values()).filter(
            (one) => one.active && asked.every((word) => haystack(one).includes(word)),
          );
          const first = asked[0] ?? '';
          const begins = (one: Item): boolean => normalize(one.title).startsWith(first);
          const best = [...hits.filter(begins), ...hits.filter((one) => !begins(one))];
          expect(list.search(taken.text, 3, false)).toEqual(best.slice(0, 3));
          continue;
        }
        const { id } = taken.item;
        if (taken.kind === 'remove') {
          list.remove(id);
          model.delete(id);
        } else if (taken.kind === 'put' || !model.has(id)) model.set(id, taken.item);
        if (taken.kind === 'put') list.put(taken.item);
        if (taken.kind === 'fill') list.fill(taken.item);
        expect(list.get(id)).toEqual(model.get(id) ?? null);
      }
    }),
    { numRuns: 500 },
  );
});

test('the list of documents is the same array until something changes', () => {
  const list = new MemoryList<Item>(({ title, keys }) => ({ title, keys }));
  list.put({ id: 'a', title: 'pan', keys: '', active: true });
  const before = list.documents();
  expect(list.documents()).toBe(before);
  list.put({ id: 'b', title: 'sal', keys: '', active: true });
  expect(list.documents()).toHaveLength(2);
});

test('accents and case do not count, in whatever way a letter is written', () => {
  const slowly = (text: string): string =>
    text
      .normalize('NFD')
      .replaceAll(/[\u0300-\u036f]/g, '')
      .toLowerCase();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(normalize(text)).toBe(slowly(text));
    }),
    { numRuns: 1000 },
  );
  expect(normalize('CAFÉ Ñandú')).toBe('cafe nandu');
});

test('S7 a search text built to be slow costs a few looks at each entry, whatever its length, and is no pattern', () => {
  const list = new MemoryList<Item>(({ title, keys }) => ({ title, keys }));
  const evil = '(a+)+$';
  for (let i = 0; i < 200; i++) {
    list.put({ id: String(i), title: 'a'.repeat(160), keys: '', active: true });
  }
  list.put({ id: 'evil', title: evil, keys: '', active: true });
  expect(list.search(evil, 50, false).map(({ id }) => id)).toEqual(['evil']);
  const texts = [
    'a '.repeat(500_000),
    `${'a'.repeat(159)}b`,
    `${'a'.repeat(1_000_000)}!`,
    '\ufdfa'.repeat(1000),
  ];
  for (const text of texts) {
    const looks = jest.spyOn(String.prototype, 'includes');
    list.search(text, 50, false);
    const asked = looks.mock.calls.map(([word]) => String(word));
    looks.mockRestore();
    expect(asked.length).toBeLessThanOrEqual(201 * 10);
    expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(200 * 18);
  }
});

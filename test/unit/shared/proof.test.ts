import fc from 'fast-check';
import { classify, type LocalVersion, type ServerVersion } from '../../../shared/proof/classify';
import { EQUALITIES, worstOf } from '../../../shared/proof/equality';
import {
  addVersion,
  contentsOf,
  EMPTY_TALLY,
  removeVersion,
  sameContents,
  tallyOf,
} from '../../../shared/proof/tally';

const IDS = ['a', 'b', 'c', 'd', 'e'];
const id = fc.constantFrom(...IDS);
const versions = fc.array(fc.tuple(id, fc.integer({ min: 1, max: 5 })), { maxLength: 8 });

test('a tally does not depend on the order, and what is taken away leaves no trace', () => {
  fc.assert(
    fc.property(versions, versions, (first, second) => {
      const add = (tally = EMPTY_TALLY, list: typeof first) =>
        list.reduce((sum, [key, ver]) => addVersion(sum, key, ver), tally);
      const both = add(add(EMPTY_TALLY, first), second);
      expect(add(add(EMPTY_TALLY, second), first)).toEqual(both);
      const back = second.reduce((sum, [key, ver]) => removeVersion(sum, key, ver), both);
      expect(back).toEqual(add(EMPTY_TALLY, first));
      expect(tallyOf(contentsOf(both))).toEqual(both);
    }),
  );
});

test('contents are the same only where number and digest are', () => {
  const one = contentsOf(addVersion(EMPTY_TALLY, 'a', 1));
  expect(sameContents(one, contentsOf(addVersion(EMPTY_TALLY, 'a', 1)))).toBe(true);
  expect(sameContents(one, contentsOf(addVersion(EMPTY_TALLY, 'a', 2)))).toBe(false);
  expect(sameContents(one, contentsOf(addVersion(EMPTY_TALLY, 'b', 1)))).toBe(false);
  expect(sameContents(one, { ...one, count: 2 })).toBe(false);
});

test('the worst of several comparisons counts, in whatever order they come', () => {
  for (const a of [null, ...EQUALITIES]) {
    for (const b of [null, ...EQUALITIES]) expect(worstOf(a, b)).toBe(worstOf(b, a));
  }
  expect(worstOf('equal', 'behind')).toBe('behind');
  expect(worstOf('behind', 'unknown')).toBe('unknown');
  expect(worstOf('unknown', 'different')).toBe('different');
  expect(worstOf(null, 'equal')).toBe('equal');
});

const local = fc
  .array(
    fc.tuple(
      id,
      fc.record<LocalVersion>({ ver: fc.integer({ min: 0, max: 3 }), pending: fc.nat(1) }),
    ),
    { maxLength: 5 },
  )
  .map((entries) => new Map(entries));
const server = fc.uniqueArray(
  fc.record<ServerVersion>({
    id,
    ver: fc.integer({ min: 1, max: 3 }),
    seq: fc.integer({ min: 1, max: 10 }),
  }),
  { selector: (version) => version.id },
);

test('T12 every document is in one place: the same, different, pending here, or newer there', () => {
  fc.assert(
    fc.property(local, server, fc.nat(10), (here, there, seq) => {
      const { differences, pending, newer } = classify(here, there, seq);
      const different = new Set(differences.map((difference) => difference.id));
      expect(different.size).toBe(differences.length);
      const counts = { pending: 0, newer: 0 };
      for (const key of IDS) {
        const mine = here.get(key);
        const theirs = there.find((version) => version.id === key);
        const same =
          (mine?.ver ?? 0) === (theirs?.ver ?? 0) &&
          (mine !== undefined) === (theirs !== undefined);
        const unsent = theirs === undefined && mine?.ver === 0 && mine.pending === 1;
        if (same || unsent || (mine === undefined && theirs === undefined)) {
          expect(different).not.toContain(key);
        } else if (mine?.pending === 1) {
          counts.pending += 1;
          expect(different).not.toContain(key);
        } else if (theirs !== undefined && theirs.seq > seq) {
          counts.newer += 1;
          expect(different).not.toContain(key);
        } else {
          expect(differences.find((difference) => difference.id === key)).toEqual({
            id: key,
            kind:
              mine === undefined
                ? 'missingHere'
                : theirs === undefined
                  ? 'missingThere'
                  : 'otherVersion',
            localVer: mine?.ver ?? 0,
            serverVer: theirs?.ver ?? 0,
          });
        }
      }
      expect({ pending, newer }).toEqual(counts);
    }),
  );
});

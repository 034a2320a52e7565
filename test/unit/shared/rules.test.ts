import fc from 'fast-check';
import type { Client } from '../../../schemas/clients';
import { CONFLICT_RULES } from '../../../shared/conflict/rules';
import {
  addToDigest,
  digestText,
  documentHash,
  EMPTY_DIGEST,
  removeFromDigest,
} from '../../../shared/digest';
import { formatClave, parseClave } from '../../../shared/fiscal/clave';
import { formatConsecutive, parseConsecutive } from '../../../shared/fiscal/consecutive';
import { gtinCheckDigit, isValidGtin } from '../../../shared/fiscal/gtin';
import { csvCell } from '../../../shared/import/csv-safe';
import { invoiceTotals } from '../../../shared/money/invoice-totals';
import { lineAmounts } from '../../../shared/money/line-amounts';
import { parseMoney } from '../../../shared/money/money';
import { addSerial, containsSerial } from '../../../shared/stock/serial-ranges';
import { shownStock } from '../../../shared/stock/shown-stock';

const FIELDS = ['name', 'email', 'phone', 'address', 'notes'] as const;
const BASE: Client = {
  id: '00000000-0000-4000-8000-000000000000',
  ver: 1,
  edit: 'e',
  pending: 0,
  name: 'base',
  identificationType: '',
  identification: '',
  email: 'base',
  phone: 'base',
  address: 'base',
  notes: 'base',
  active: true,
  updatedAt: '',
  editedBy: '',
};
const change = fc.dictionary(fc.constantFrom(...FIELDS), fc.constantFrom('uno', 'dos', 'tres'));
const business = (client: Client) => FIELDS.map((field) => client[field]);

test('a field of mine is kept, or listed as a conflict: none is dropped', () => {
  fc.assert(
    fc.property(change, change, (mineChange, theirsChange) => {
      const mine = { ...BASE, ...mineChange };
      const theirs = { ...BASE, ...theirsChange };
      const { winner, conflicts } = CONFLICT_RULES.clients({ base: BASE, mine, theirs });
      for (const field of FIELDS) {
        if (mine[field] === BASE[field] || winner[field] === mine[field]) continue;
        expect(conflicts.map((conflict) => conflict.field)).toContain(field);
        expect(winner[field]).toBe(theirs[field]);
      }
    }),
  );
});

test('T13 what the server has from this terminal itself is no conflict, arrived or not', () => {
  fc.assert(
    fc.property(change, change, change, fc.boolean(), (sent, later, theirChange, hasArrived) => {
      const earlier = { ...BASE, ...sent };
      const mine = { ...earlier, ...later };
      /* Others touch what this terminal did not. */
      const others = Object.fromEntries(
        Object.entries(theirChange).filter(([field]) => !(field in sent) && !(field in later)),
      );
      const theirs = { ...(hasArrived ? earlier : BASE), ...others };
      const outcome = CONFLICT_RULES.clients({ base: BASE, earlier: [earlier], mine, theirs });
      expect(outcome.conflicts).toEqual([]);
      expect(business(outcome.winner)).toEqual(business({ ...mine, ...others }));
    }),
  );
});

test('T13 of a new client that arrived unheard, what others added since stays', () => {
  const earlier = { ...BASE, ver: 0 };
  const { winner, conflicts } = CONFLICT_RULES.clients({
    base: undefined,
    earlier: [earlier],
    mine: { ...earlier, phone: 'uno' },
    theirs: { ...BASE, address: 'dos' },
  });
  expect(conflicts).toEqual([]);
  expect(business(winner)).toEqual(['base', 'base', 'uno', 'dos', 'base']);
});

test('merging again changes nothing, and asks for nothing', () => {
  fc.assert(
    fc.property(change, change, (mineChange, theirsChange) => {
      const theirs = { ...BASE, ...theirsChange };
      const { winner } = CONFLICT_RULES.clients({
        base: BASE,
        mine: { ...BASE, ...mineChange },
        theirs,
      });
      const again = CONFLICT_RULES.clients({ base: theirs, mine: winner, theirs: winner });
      expect(again).toMatchObject({ conflicts: [], sendAgain: false });
    }),
  );
});

test('edits of different fields meet in one state whichever is accepted first', () => {
  fc.assert(
    fc.property(change, change, (a, b) => {
      const disjoint = Object.fromEntries(Object.entries(b).filter(([field]) => !(field in a)));
      const one = { ...BASE, ...a };
      const two = { ...BASE, ...disjoint };
      const aFirst = CONFLICT_RULES.clients({ base: BASE, mine: two, theirs: one });
      const bFirst = CONFLICT_RULES.clients({ base: BASE, mine: one, theirs: two });
      expect(business(aFirst.winner)).toEqual(business(bFirst.winner));
      expect([...aFirst.conflicts, ...bFirst.conflicts]).toEqual([]);
    }),
  );
});

test('a set of serials is a set, whatever the order of arrival', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 })), (serials) => {
      let ranges: readonly number[] = [];
      for (const serial of serials) ranges = addSerial(ranges, serial);
      const wanted = new Set(serials);
      for (let n = 1; n <= 60; n++) expect(containsSerial(ranges, n)).toBe(wanted.has(n));
      const sorted = [...wanted].sort((x, y) => x - y);
      const runs = sorted.filter((n) => !wanted.has(n - 1)).length;
      expect(ranges).toHaveLength(runs * 2);
    }),
  );
});

test('shown stock counts each own sale once, whatever of it the server has taken in', () => {
  const sales = fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.boolean()), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(fc.integer({ min: -5000, max: 50_000 }), sales, (opening, list) => {
      let ranges: readonly number[] = [];
      let onHand = opening;
      const own = list.map(([quantity], index) => ({ serial: index + 1, quantity: -quantity }));
      list.forEach(([quantity, arrived], index) => {
        if (!arrived) return;
        ranges = addSerial(ranges, index + 1);
        onHand -= quantity;
      });
      const sold = list.reduce((sum, [quantity]) => sum + quantity, 0);
      const stock = { onHand, seen: [{ terminalId: 't', ranges: [...ranges] }] };
      expect(shownStock(stock, own, 't')).toBe(opening - sold);
    }),
  );
});

test('a digest does not depend on the order, and what is removed is gone', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uuid(), fc.nat()), { maxLength: 30 }), (documents) => {
      const sum = (list: typeof documents) =>
        list.reduce(
          (digest, [id, ver]) => addToDigest(digest, documentHash(id, ver)),
          EMPTY_DIGEST,
        );
      expect(sum([...documents].reverse())).toEqual(sum(documents));
      let digest = sum(documents);
      for (const [id, ver] of documents) digest = removeFromDigest(digest, documentHash(id, ver));
      expect(digestText(digest)).toBe('0000000000000000');
    }),
  );
});

test('amounts of a line are rounded once each, and add up', () => {
  expect(
    lineAmounts({ quantity: 1500, unitPrice: 333, discountRate: 1000, taxRate: 1300 }),
  ).toEqual({
    gross: 500,
    discount: 50,
    net: 450,
    tax: 59,
    total: 509,
  });
  const amount = fc.record({
    quantity: fc.integer({ min: 1, max: 10_000_000 }),
    unitPrice: fc.integer({ min: 0, max: 1_000_000_000 }),
    discountRate: fc.integer({ min: 0, max: 10_000 }),
    taxRate: fc.constantFrom(0, 100, 200, 400, 800, 1300),
  });
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 20 }), (lines) => {
      const amounts = lines.map(lineAmounts);
      const totals = invoiceTotals(amounts);
      expect(totals.net + totals.tax).toBe(totals.total);
      expect(totals.gross - totals.discount).toBe(totals.net);
    }),
  );
});

test('consecutive and clave are read back as they were made', () => {
  const parts = { branch: '001', terminalNumber: 17, type: '04' as const, number: 123 };
  const consecutive = formatConsecutive(parts);
  expect(consecutive).toBe('00100017040000000123');
  expect(parseConsecutive(consecutive)).toEqual(parts);
  const clave = formatClave({
    businessDate: '2026-11-24',
    issuerId: '3101123456',
    consecutive,
    situation: '3',
    securityCode: '00000042',
  });
  expect(clave).toBe('50624112600310112345600100017040000000123300000042');
  expect(parseClave(clave)).toMatchObject({
    businessDate: '2026-11-24',
    consecutive,
    situation: '3',
  });
});

test('a GTIN with any one digit changed is noticed', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{12}$/),
      fc.nat(12),
      fc.integer({ min: 1, max: 9 }),
      (body, at, by) => {
        const code = `${body}${gtinCheckDigit(body)}`;
        expect(isValidGtin(code)).toBe(true);
        const changed = [...code].map((digit, index) =>
          index === at ? String((Number(digit) + by) % 10) : digit,
        );
        expect(isValidGtin(changed.join(''))).toBe(false);
      },
    ),
  );
});

test('amounts as people type them', () => {
  expect(['1 234,50', '1.234,50', '1234.5', '1234', '0,05'].map(parseMoney)).toEqual([
    123_450, 123_450, 123_450, 123_400, 5,
  ]);
  expect(['abc', '', '1,2,3.4.5', '--1'].map(parseMoney)).toEqual([null, null, null, null]);
});

test('S8 a cell that would be a formula is text', () => {
  expect(csvCell('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
  expect(['+1', '-1', '@a', 'Café'].map(csvCell)).toEqual(["'+1", "'-1", "'@a", 'Café']);
});

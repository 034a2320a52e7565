import { same } from '../oracle/same';
import type { Violation } from '../oracle/violation';
import type { TerminalState } from '../terminal/operations';
import type { SaleFacts } from './expectation-schema';
import { type Names, NotMade } from './names';
import type { Expectation, Scenario } from './schema';
import { toMinor } from './spec-of';
import { minorPrice } from './to-operation';

/** One expectation, and what was found. */
export interface Verdict {
  expectation: Expectation;
  ok: boolean;
  expected: unknown;
  actual: unknown;
}

interface Found {
  terminals: Record<string, TerminalState>;
  server: Record<string, Record<string, unknown>[]>;
  journal: { audits: ReadonlyMap<string, number>; keptAside: number };
  outcomes: readonly string[];
  requests: readonly string[];
  violations: readonly Violation[];
  names: Names;
}

/** Compares what was expected with what was found, expectation by expectation. */
export function judge({ expect }: Scenario, found: Found): Verdict[] {
  return expect.map((expectation) => {
    const { expected, actual } = compare(expectation, found);
    return { expectation, ok: same(expected, actual), expected, actual };
  });
}

type Compared = { expected: unknown; actual: unknown };

/** Looks up what is there under each of the names that an expectation has. */
const perName = <T>(names: Record<string, T>, look: (name: string) => unknown): Compared => ({
  expected: names,
  actual: Object.fromEntries(
    Object.keys(names).map((name) => {
      try {
        return [name, look(name)];
      } catch (error) {
        if (!(error instanceof NotMade)) throw error;
        return [name, 'was never made'];
      }
    }),
  ),
});

function compare(expectation: Expectation, found: Found): Compared {
  const { terminals, server, journal, names } = found;
  const document = (collection: string, id: string) =>
    server[collection]?.find((candidate) => candidate['id'] === id);
  const fieldsOf = (collection: string, id: string, wanted: Record<string, unknown>) => {
    const stored = document(collection, id);
    return Object.fromEntries(Object.keys(wanted).map((field) => [field, stored?.[field] ?? null]));
  };

  if ('invariants' in expectation) return { expected: [], actual: found.violations };
  if ('stock' in expectation) {
    return perName(expectation.stock, (code) =>
      units(document('stock', names.product(code))?.['onHand']),
    );
  }
  if ('shownStock' in expectation) {
    const { shownStock } = expectation;
    return perName(
      shownStock,
      (terminal) =>
        perName(shownStock[terminal] ?? {}, (code) =>
          units(terminals[terminal]?.shownStock[names.product(code)]),
        ).actual,
    );
  }
  if ('pending' in expectation) {
    return perName(expectation.pending, (terminal) =>
      sum(Object.values(terminals[terminal]?.pending ?? { unknown: null })),
    );
  }
  if ('conflicts' in expectation) {
    return perName(expectation.conflicts, (terminal) => {
      const records = terminals[terminal]?.conflicts;
      return records?.filter((record) => record['status'] === 'open').length ?? null;
    });
  }
  if ('rejected' in expectation) {
    return perName(expectation.rejected, (name) => terminals[name]?.rejected.length ?? null);
  }
  if ('invoicesHeld' in expectation) {
    return perName(
      expectation.invoicesHeld,
      (name) => terminals[name]?.documents['invoices']?.length ?? null,
    );
  }
  if ('incomplete' in expectation) {
    return perName(expectation.incomplete, (name) => terminals[name]?.incomplete?.length ?? null);
  }
  if ('session' in expectation) {
    return perName(expectation.session, (name) => terminals[name]?.session ?? null);
  }
  if ('count' in expectation) {
    return perName(expectation.count, (collection) => server[collection]?.length ?? null);
  }
  if ('product' in expectation) {
    const { product } = expectation;
    const expected = Object.entries(product).map(([code, set]) => [code, minorPrice(set)]);
    const { actual } = perName(product, (code) =>
      fieldsOf('products', names.product(code), product[code] ?? {}),
    );
    return { expected: Object.fromEntries(expected), actual };
  }
  if ('client' in expectation) {
    const { client } = expectation;
    return perName(client, (name) => fieldsOf('clients', names.client(name), client[name] ?? {}));
  }
  if ('sale' in expectation) {
    const { sale } = expectation;
    const expected = Object.entries(sale).map(([label, facts]) => [label, minorFacts(facts)]);
    const { actual } = perName(sale, (label) =>
      saleFacts(sale[label] ?? {}, document('invoices', names.sale(label))),
    );
    return { expected: Object.fromEntries(expected), actual };
  }
  if ('flags' in expectation) {
    return perName(
      expectation.flags,
      (flag) =>
        (server['invoices'] ?? []).filter((invoice) =>
          (invoice['flags'] as string[]).includes(flag),
        ).length,
    );
  }
  if ('audit' in expectation) {
    return perName(expectation.audit, (action) => journal.audits.get(action) ?? 0);
  }
  if ('keptAside' in expectation) {
    return { expected: expectation.keptAside, actual: journal.keptAside };
  }
  if ('requests' in expectation) {
    return perName(
      expectation.requests,
      (prefix) => found.requests.filter((request) => request.startsWith(prefix)).length,
    );
  }
  return perName(
    expectation.outcome,
    (step) => found.outcomes[Number(step) - 1] ?? 'there is no such step',
  );
}

const units = (value: unknown): number | null => (typeof value === 'number' ? value / 1000 : null);

/** Null is unknown, and so is any sum that it is part of. */
const sum = (counts: readonly (number | null)[]): number | null =>
  counts.includes(null) ? null : counts.reduce<number>((total, count) => total + (count ?? 0), 0);

const minorFacts = ({ total, price, ...others }: SaleFacts): Record<string, unknown> => ({
  ...others,
  ...(total === undefined ? {} : { total: toMinor(total) }),
  ...(price === undefined ? {} : { price: toMinor(price) }),
});

/** The facts that are asked for, as the server holds the sale. */
function saleFacts(
  wanted: SaleFacts,
  invoice: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const lines = (invoice?.['lines'] ?? []) as Record<string, unknown>[];
  const member = (value: unknown, key: string): unknown =>
    (value as Record<string, unknown> | undefined)?.[key] ?? null;
  const facts: Record<keyof SaleFacts, unknown> = {
    stored: invoice !== undefined,
    total: member(invoice?.['totals'], 'total'),
    price: member(lines[0], 'unitPrice'),
    description: member(lines[0], 'description'),
    client: member(invoice?.['client'], 'name'),
    number: invoice === undefined ? null : Number(String(invoice['consecutive']).slice(10)),
    flags: member(invoice, 'flags'),
  };
  return Object.fromEntries(
    Object.keys(wanted).map((fact) => [fact, facts[fact as keyof SaleFacts]]),
  );
}

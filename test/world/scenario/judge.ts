import { same } from '../oracle/same';
import type { Violation } from '../oracle/violation';
import type { TerminalState } from '../terminal/operations';
import type { Expectation, Scenario } from './schema';
import type { ScenarioIds } from './spec-of';
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
  outcomes: readonly string[];
  violations: readonly Violation[];
  ids: ScenarioIds;
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
  actual: Object.fromEntries(Object.keys(names).map((name) => [name, look(name)])),
});

function compare(expectation: Expectation, found: Found): Compared {
  const { terminals, server, ids } = found;
  const document = (collection: string, id: string) =>
    server[collection]?.find((candidate) => candidate['id'] === id);
  const units = (value: unknown): number | null =>
    typeof value === 'number' ? value / 1000 : null;
  const fieldsOf = (collection: string, id: string, wanted: Record<string, unknown>) => {
    const stored = document(collection, id);
    return Object.fromEntries(Object.keys(wanted).map((field) => [field, stored?.[field] ?? null]));
  };

  if ('invariants' in expectation) {
    return { expected: [], actual: found.violations };
  }
  if ('stock' in expectation) {
    return perName(expectation.stock, (code) =>
      units(document('stock', ids.product(code))?.['onHand']),
    );
  }
  if ('shownStock' in expectation) {
    const { shownStock } = expectation;
    return perName(
      shownStock,
      (terminal) =>
        perName(shownStock[terminal] ?? {}, (code) =>
          units(terminals[terminal]?.shownStock[ids.product(code)]),
        ).actual,
    );
  }
  if ('pending' in expectation) {
    return perName(expectation.pending, (terminal) =>
      sum(Object.values(terminals[terminal]?.pending ?? { unknown: null })),
    );
  }
  if ('conflicts' in expectation) {
    return perName(
      expectation.conflicts,
      (terminal) =>
        terminals[terminal]?.conflicts.filter((record) => record['status'] === 'open').length ??
        null,
    );
  }
  if ('rejected' in expectation) {
    return perName(
      expectation.rejected,
      (terminal) => terminals[terminal]?.rejected.length ?? null,
    );
  }
  if ('count' in expectation) {
    return perName(expectation.count, (collection) => server[collection]?.length ?? null);
  }
  if ('product' in expectation) {
    const wanted = Object.entries(expectation.product);
    return {
      expected: Object.fromEntries(wanted.map(([code, fields]) => [code, minorPrice(fields)])),
      actual: perName(expectation.product, (code) =>
        fieldsOf('products', ids.product(code), expectation.product[code] ?? {}),
      ).actual,
    };
  }
  if ('client' in expectation) {
    return perName(expectation.client, (name) =>
      fieldsOf('clients', ids.client(name), expectation.client[name] ?? {}),
    );
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
  return perName(
    expectation.outcome,
    (step) => found.outcomes[Number(step) - 1] ?? 'there is no such step',
  );
}

/** Null is unknown, and so is any sum that it is part of. */
const sum = (counts: readonly (number | null)[]): number | null =>
  counts.includes(null) ? null : counts.reduce<number>((total, count) => total + (count ?? 0), 0);

import { same } from '../../oracle/same';
import type { Verdict } from '../../scenario/judge';
import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { badge, lead, section, wordTable } from '../page/parts';
import { counted, valueCell } from '../words/value-words';

const TITLES: Readonly<Record<string, string>> = {
  invariants: 'Every invariant holds',
  stock: 'Stock at the server, units',
  shownStock: 'Stock on screen, units',
  pending: 'Documents still pending',
  conflicts: 'Open conflicts',
  rejected: 'Refused documents',
  count: 'Documents at the server',
  product: 'Product at the server',
  client: 'Client at the server',
  flags: 'Invoices with a flag',
  outcome: 'How a step ended',
};

/** What an expectation is about, for people. */
export function titleOfExpectation(expectation: object): string {
  const key = Object.keys(expectation)[0] ?? '';
  return TITLES[key] ?? key;
}

interface Leaf {
  path: readonly string[];
  expected: unknown;
  actual: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The single values that an expectation compares. */
export function* leavesOf(
  expected: unknown,
  actual: unknown,
  path: string[] = [],
): Generator<Leaf> {
  if (!isRecord(expected) || Object.keys(expected).length === 0) {
    yield { path, expected, actual };
    return;
  }
  for (const [key, value] of Object.entries(expected)) {
    yield* leavesOf(value, isRecord(actual) ? actual[key] : undefined, [...path, key]);
  }
}

/** What was expected, what was found, value by value. */
export function expectationsSection({ verdicts }: RunResult): Html {
  const met = verdicts.filter(({ ok }) => ok).length;
  const rows = verdicts.flatMap((verdict) => rowsOf(verdict));
  return section(
    'expectations',
    'Expectations',
    lead(`${met} of ${counted(verdicts.length, 'expectation')} met.`),
    wordTable(['Verdict', 'What', 'Where', 'Expected', 'Found'], rows, 'Expectations'),
  );
}

function rowsOf(verdict: Verdict) {
  const { expectation, ok, expected, actual } = verdict;
  const title = titleOfExpectation(expectation);
  if ('invariants' in expectation) {
    const count = Array.isArray(actual) ? actual.length : 0;
    const found =
      count === 0 ? 'no violation' : html`<a href="#violations">${counted(count, 'violation')}</a>`;
    return [row(ok, [title, '', 'no violation', found])];
  }
  return [...leavesOf(expected, actual)].map(({ path, expected: wanted, actual: found }, index) => {
    const field = path.at(-1) ?? '';
    const isOutcome = 'outcome' in expectation;
    const where = isOutcome
      ? html`<a href="#timeline" data-step="${field}">step ${field}</a>`
      : path.join(' · ');
    const cells = [
      index === 0 ? title : html`<span class="repeat">${title}</span>`,
      where,
      valueCell(field, wanted),
      valueCell(field, found),
    ];
    return row(same(wanted, found), cells);
  });
}

const row = (ok: boolean, cells: readonly (Html | string)[]) => ({
  grade: ok ? ('none' as const) : ('bad' as const),
  cells: [badge(ok ? 'ok' : 'bad', ok ? 'met' : 'not met'), ...cells],
});

import { same } from '../../oracle/same';
import type { Verdict } from '../../scenario/judge';
import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { badge, lead, section, wordTable } from '../page/parts';
import { counted, valueCell } from '../words/value-words';

/** Expectations about fields of documents, whose money stands in minor units. */
const OF_FIELDS = new Set(['product', 'client', 'sale']);

/** Name by which a value of an expectation is formatted; empty: as it is. */
export const fieldOf = (expectation: object, path: readonly string[]): string =>
  OF_FIELDS.has(Object.keys(expectation)[0] ?? '') ? (path.at(-1) ?? '') : '';

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
  sale: 'Sale at the server',
  incomplete: 'Collections never complete',
  session: 'Who is logged in',
  audit: 'Entries in the owner’s journal',
  keptAside: 'Kept aside of revoked terminals',
  requests: 'Requests that reached the server',
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
    const field = fieldOf(expectation, path);
    const step = path.at(-1) ?? '';
    const where =
      'outcome' in expectation
        ? html`<a href="#timeline" data-step="${step}">step ${step}</a>`
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

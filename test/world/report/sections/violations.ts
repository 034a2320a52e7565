import { ordered, same } from '../../oracle/same';
import type { Violation } from '../../oracle/violation';
import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { lead, section, stepLink, wordTable } from '../page/parts';
import type { Names } from '../words/names';
import { counted, valueCell } from '../words/value-words';

/** What each number of the design means, in a few words. */
const INVARIANTS: Readonly<Record<string, string>> = {
  1: 'what was acknowledged is durable',
  2: 'the pending count is exact',
  3: 'all terminals hold what the server holds',
  4: 'stock is opening plus movements',
  5: 'consecutives are unique and without gaps',
  6: 'nothing is dropped silently',
  sequence: 'sequence numbers are unique and counted',
  liveness: 'a sync ends once the network is well',
};

export interface Found {
  violation: Violation;
  /** Steps after which it was found. */
  steps: number[];
}

/** The same finding after several steps is told once. */
export function distinct(violations: readonly Violation[]): Found[] {
  const found = new Map<string, Found>();
  for (const violation of violations) {
    const { step = 0, ...rest } = violation;
    const key = ordered(rest);
    const known = found.get(key);
    if (known === undefined) found.set(key, { violation, steps: [step] });
    else if (known.steps.at(-1) !== step) known.steps.push(step);
  }
  return [...found.values()];
}

type Doc = Readonly<Record<string, unknown>>;

const isDocument = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && 'id' in value;

/** What was expected and what was found; of two documents only the fields that differ. */
function sidesOf({ expected, actual, document, message }: Violation): Html[] {
  if (isDocument(expected) && isDocument(actual)) {
    const fields = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].filter(
      (field) => !same(expected[field], actual[field]),
    );
    return [expected, actual].map(
      (side) =>
        html`${fields.map((field) => html`<div>${field}: ${valueCell(field, side[field])}</div>`)}`,
    );
  }
  /* A message about a field begins with its name. */
  const field = document?.collection === 'stock' ? 'onHand' : message.replace(/:.*/, '');
  return [expected, actual].map((side) => (side === undefined ? html`` : valueCell(field, side)));
}

export const invariantWords = (invariant: string): string =>
  INVARIANTS[invariant] === undefined ? invariant : `${invariant}: ${INVARIANTS[invariant]}`;

/** Everything that must hold and did not; nothing at all where there is none. */
export function violationsSection({ violations }: RunResult, names: Names): Html | null {
  if (violations.length === 0) return null;
  const found = distinct(violations);
  const rows = found.map(({ violation, steps }) => {
    const { invariant, where, document, message } = violation;
    const [first = 0, ...later] = steps;
    const again = `and after ${counted(later.length, 'later step')}`;
    const when = html`${stepLink(first)}${later.length > 0 && html` <small>${again}</small>`}`;
    const about =
      document === undefined
        ? ''
        : html`${document.collection} · ${names.of(document.collection, document.id)}`;
    return {
      grade: 'bad' as const,
      cells: [invariantWords(invariant), when, where, about, message, ...sidesOf(violation)],
    };
  });
  return section(
    'violations',
    'Violations',
    lead(`${counted(found.length, 'thing')} that must hold and did not.`),
    wordTable(
      ['Invariant', 'Found after', 'Where', 'Document', 'What', 'Expected', 'Found'],
      rows,
      'Violations',
    ),
  );
}

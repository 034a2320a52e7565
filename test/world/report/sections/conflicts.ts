import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { badge, card, type Grade, lead, nothing, section, wordTable } from '../page/parts';
import { timeText } from '../timeline/axis';
import type { Names } from '../words/names';
import { counted, valueCell } from '../words/value-words';
import { type Collision, collisionsOf, type FieldFate, fateOf } from './collisions';

const BY_FIELD =
  'Field by field: what one side changed is kept; where both changed one field, the value first accepted stays and ' +
  'the other is kept for a person.';
const IMMUTABLE = 'Immutable: what was first accepted stays whole; any difference is shown.';

/** The documented rule of each collection, in one sentence. */
const RULES: Readonly<Record<string, string>> = {
  clients: BY_FIELD,
  products: BY_FIELD,
  invoices: IMMUTABLE,
  movements: IMMUTABLE,
  shifts: 'One writer: the terminal’s own state stands, but a closed shift never opens again.',
};

const FATES: Readonly<Record<FieldFate, string>> = {
  mine: 'changed here only: taken from here',
  theirs: 'changed there only: taken from there',
  both: 'the same change on both sides',
  clash: 'changed on both sides: the first accepted stays, the other is kept',
};

/** Each meeting of two changes: base, both sides, what stands now, and by which rule. */
export function conflictsSection(result: RunResult, names: Names): Html {
  const collisions = collisionsOf(result);
  return section(
    'conflicts',
    'Conflicts',
    collisions.length === 0
      ? nothing('No document was changed on two sides at once.')
      : lead(sentence(collisions)),
    collisions.map((collision) => collisionCard(collision, result, names)),
  );
}

function sentence(collisions: readonly Collision[]): string {
  const recorded = collisions.filter(({ record }) => record !== null);
  const open = recorded.filter(({ record }) => record?.['status'] === 'open').length;
  const times = counted(collisions.length, 'time');
  const merged = collisions.length - recorded.length;
  const waiting = open === 0 ? 'none waits any more' : `${open} still waiting`;
  return (
    `Two sides had changed the same document ${times}: ${merged} merged without loss, ` +
    `${recorded.length} with a conflict that was written down for a person${recorded.length > 0 ? `, ${waiting}` : ''}.`
  );
}

function collisionCard(collision: Collision, { server }: RunResult, names: Names): Html {
  const { terminal, collection, id, at, fields } = collision;
  const now = server[collection]?.find((document) => document['id'] === id);
  const rows = fields.map((states) => {
    const { field, base, mine, theirs } = states;
    const fate = fateOf(states);
    return {
      grade: fate === 'clash' ? ('warn' as const) : ('none' as const),
      cells: [
        field,
        valueCell(field, base),
        valueCell(field, mine),
        valueCell(field, theirs),
        html`<strong>${valueCell(field, now?.[field])}</strong>`,
        RULES[collection] === BY_FIELD ? FATES[fate] : '',
      ],
    };
  });
  const [grade, words] = stateOf(collision);
  const sent = at === null ? '' : ` at ${timeText(at)}`;
  const title = names.of(collection, id);
  return card(
    { title, note: `${collection} · sent by ${terminal}${sent}`, badges: badge(grade, words) },
    wordTable(
      ['Field', 'Base', `Mine (${terminal})`, 'Theirs (server)', 'Result now', 'Why'],
      rows,
      `Three states of ${title}`,
    ),
    html`<p class="rule"><strong>Rule.</strong> ${RULES[collection] ?? ''}</p>`,
  );
}

function stateOf({ record }: Collision): readonly [Grade, string] {
  if (record === null) return ['ok', 'merged, nothing lost'];
  const by = typeof record['decidedBy'] === 'string' ? record['decidedBy'] : '';
  if (record['status'] === 'applied') return ['ok', `own value applied by ${by}`];
  if (record['status'] === 'kept') return ['ok', `server’s value kept by ${by}`];
  return ['warn', 'waits for a person'];
}

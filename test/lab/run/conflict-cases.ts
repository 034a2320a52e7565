import type { FieldStates } from '../../world/message-content';
import type { Doc, Moment, Shown } from './moment';

/** A document that the server answered with another state of, and what became of each field. */
export interface ConflictCase {
  readonly key: string;
  readonly step: number;
  readonly terminal: string;
  readonly collection: Shown;
  readonly id: string;
  readonly fields: readonly FieldStates[];
}

const SYNC = '/api/sync/';

/** The conflicts that came up in the step of a moment. */
export function casesIn({ step, messages }: Moment): ConflictCase[] {
  return messages.flatMap(({ number, terminal, path, arrivals }) =>
    arrivals.flatMap(({ content }) =>
      (content.rows ?? [])
        .filter(({ result }) => result === 'conflict')
        .map(({ id, fields = [] }) => ({
          key: `${terminal}/${number}/${id}`,
          step,
          terminal,
          collection: path.slice(SYNC.length) as Shown,
          id,
          fields,
        })),
    ),
  );
}

export type CaseState = 'merged' | 'open' | 'applied' | 'kept';

/** How a case stands at a moment: what the terminal now has, and whether somebody has to decide. */
export function standingOf(
  { terminal: name, collection, id }: ConflictCase,
  { terminals }: Moment,
): { state: CaseState; document: Doc | undefined } {
  const terminal = terminals.find((other) => other.name === name);
  const document = terminal?.documents[collection]?.find((other) => other.id === id);
  const record = terminal?.conflicts.find(({ documentId }) => documentId === id);
  return { state: (record?.['status'] as CaseState | undefined) ?? 'merged', document };
}

export type FieldRule = 'mineOnly' | 'theirsOnly' | 'same' | 'both' | 'immutable';

/** The rule by which a field was decided, as people are told it. */
export function ruleOf(collection: Shown, { base, mine, theirs }: FieldStates): FieldRule {
  const [before, here, there] = [base, mine, theirs].map((value) => JSON.stringify(value));
  if (collection === 'invoices' || collection === 'movements') return 'immutable';
  if (here === there) return 'same';
  if (before === here) return 'theirsOnly';
  return before === there ? 'mineOnly' : 'both';
}

import type { FieldStates } from '../../message-content';
import { same } from '../../oracle/same';
import type { RunResult } from '../../scenario/run-scenario';
import { messagesOf } from '../timeline/messages';

type Doc = Readonly<Record<string, unknown>>;

/** A document that two sides had changed, as a push met it, and what was written down of it. */
export interface Collision {
  terminal: string;
  collection: string;
  id: string;
  /** Virtual ms; null where only the record is known. */
  at: number | null;
  fields: readonly FieldStates[];
  /** The terminal's record for a person, where two values met in one field. */
  record: Doc | null;
}

/** What became of one field of three states. */
export type FieldFate = 'mine' | 'theirs' | 'clash' | 'both';

export function fateOf({ base, mine, theirs }: FieldStates): FieldFate {
  if (same(mine, theirs)) return 'both';
  if (same(base, theirs)) return 'mine';
  return same(base, mine) ? 'theirs' : 'clash';
}

/** Every meeting of two changes in a run, in order: those on the wire, and records that none of them explains. */
export function collisionsOf({ trace, terminals }: RunResult): Collision[] {
  const records = new Map<string, { terminal: string; record: Doc }>();
  for (const [terminal, { conflicts }] of Object.entries(terminals)) {
    for (const record of conflicts) {
      records.set(`${terminal}/${String(record['id'])}`, { terminal, record });
    }
  }
  const met: Collision[] = [];
  for (const { terminal, path, arrivals } of messagesOf(trace)) {
    const collection = path.slice('/api/sync/'.length);
    for (const { at, content } of arrivals) {
      for (const { id, result, edit, fields = [] } of content.rows ?? []) {
        if (result !== 'conflict') continue;
        const key = `${terminal}/${collection}:${id}:${edit ?? ''}`;
        const record = records.get(key)?.record ?? null;
        records.delete(key);
        met.push({ terminal, collection, id, at, fields, record });
      }
    }
  }
  const unexplained = [...records.values()].map(({ terminal, record }) => ({
    terminal,
    collection: String(record['collectionName']),
    id: String(record['documentId']),
    at: null,
    fields: record['fields'] as FieldStates[],
    record,
  }));
  return [...met, ...unexplained];
}

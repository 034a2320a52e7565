import { isLocal } from '../../../client/trace/record-changes';
import type { TraceEntry } from '../../../client/trace/trace-entry';
import { WRITING } from './replay-items';

export interface Made {
  collection: string;
  id: string;
}

/**
 * Documents that each operation made, as they were recorded. Where several were under way at once nobody noted whose write
 * it was: the first of them that ended made the first.
 */
export function madeBy(entries: readonly TraceEntry[]): ReadonlyMap<string, readonly Made[]> {
  const made = new Map<string, Made[]>();
  const unclaimed: Made[] = [];
  const writing = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'call' && WRITING.has(entry.call.service)) writing.add(entry.op);
    if (entry.kind === 'stored') {
      const { by, collection, context } = entry;
      const born = entry.rows
        .filter(({ before }) => before === null)
        .map(({ id }) => ({ collection, id }));
      if (by !== null) made.set(by, [...(made.get(by) ?? []), ...born]);
      else if (isLocal(context) && context !== 'found') unclaimed.push(...born);
    } else if (
      entry.kind === 'done' &&
      writing.has(entry.op) &&
      !made.has(entry.op) &&
      entry.code === ''
    ) {
      const [first] = unclaimed.splice(0, 1);
      if (first !== undefined) made.set(entry.op, [first]);
    }
  }
  return made;
}

/** Invoices that a cut had taken away when an entry (from 1) was written, and that had not come back. */
export function droppedBefore(entries: readonly TraceEntry[], entry: number): ReadonlySet<string> {
  const dropped = new Set<string>();
  for (const earlier of entries.slice(0, entry)) {
    if (earlier.kind !== 'stored' || earlier.collection !== 'invoices') continue;
    for (const { id } of earlier.rows) {
      if (earlier.context === 'cut') dropped.add(id);
      else dropped.delete(id);
    }
  }
  return dropped;
}

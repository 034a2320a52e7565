import { isLocal } from '../../../client/trace/record-changes';
import type { EntryOf, TraceEntry } from '../../../client/trace/trace-entry';
import type { ReplayedMessage } from './conductor';

/** What a replay does, or waits for, in the order of the trace. `entry` counts from 1. */
export type ReplayItem = { place: number; entry: number } & (
  | { kind: 'call'; recorded: EntryOf<'call'> }
  | { kind: 'done'; recorded: EntryOf<'done'> }
  | { kind: 'run'; recorded: EntryOf<'run'> }
  | { kind: 'put'; recorded: EntryOf<'stored'> }
  | { kind: 'start'; recorded: EntryOf<'start'> }
  | { kind: 'serve'; message: ReplayedMessage }
  | { kind: 'hear'; message: ReplayedMessage }
);

/** Services whose calls write documents. */
export const WRITING: ReadonlySet<string> = new Set([
  'sales',
  'clients',
  'products',
  'stock',
  'shifts',
  'attention',
]);
const BOOKKEEPING = new Set(['updatedAt', 'editedBy']);

export function replayItems(
  entries: readonly TraceEntry[],
  messages: readonly ReplayedMessage[],
): ReplayItem[] {
  const items = messages.flatMap((message): ReplayItem[] => {
    const { place, servedAt, entry } = message.recorded;
    return [
      { kind: 'serve', place: servedAt, entry, message },
      { kind: 'hear', place, entry, message },
    ];
  });
  const starts = new Set(startsOf(entries));
  let writing = 0;
  entries.forEach((entry, index) => {
    const at = { place: index, entry: index + 1 };
    switch (entry.kind) {
      case 'call':
        if (WRITING.has(entry.call.service)) writing += 1;
        items.push({ kind: 'call', ...at, recorded: entry });
        return;
      case 'done':
        writing = Math.max(0, writing - 1);
        items.push({ kind: 'done', ...at, recorded: entry });
        return;
      case 'run':
        items.push({ kind: 'run', ...at, recorded: entry });
        return;
      case 'stored':
        /* Found after a crash, without a note of what made it: it lay there when the page went. */
        if (entry.context === 'found' && entry.by === null) {
          const start = entries.findLastIndex(
            (other, before) => before < index && other.kind === 'start',
          );
          items.push({ kind: 'put', place: start - 0.2, entry: index + 1, recorded: entry });
        } else if (writing === 0 && isByNobody(entry))
          items.push({ kind: 'put', ...at, recorded: entry });
        return;
      case 'start':
        writing = 0;
        if (starts.has(index)) items.push({ kind: 'start', ...at, recorded: entry });
        return;
      default:
        return;
    }
  });
  return items.sort((a, b) => a.place - b.place);
}

/**
 * Indexes at which the page was opened again. The page that the trace begins with is open already; one more tab beside
 * others is no reload.
 */
export function startsOf(entries: readonly TraceEntry[]): number[] {
  const lastOf = new Map(entries.map(({ page }, index) => [page, index]));
  let openUntil = -1;
  return entries.flatMap((entry, index) => {
    const isReload = entry.kind === 'start' && index > 0 && openUntil < index;
    openUntil = Math.max(openUntil, lastOf.get(entry.page) ?? index);
    return isReload ? [index] : [];
  });
}

/** A document that was changed here, and neither by a service of the desk nor by syncing. */
function isByNobody({ by, context, rows }: EntryOf<'stored'>): boolean {
  if (by !== null || context === 'found' || !isLocal(context)) return false;
  return rows.some(
    ({ pending, set }) =>
      pending === 1 && Object.keys(set ?? {}).some((field) => !BOOKKEEPING.has(field)),
  );
}

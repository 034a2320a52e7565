import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { lead, nothing, section, wordTable } from '../page/parts';
import { timeText } from '../timeline/axis';
import { messagesOf } from '../timeline/messages';
import type { Names } from '../words/names';
import { counted } from '../words/value-words';

/** A document that the server refused, for one reason, however often it was sent. */
export interface Refusal {
  terminal: string;
  collection: string;
  id: string;
  code: string;
  message: string;
  /** Virtual ms, in order. */
  times: number[];
  /** The terminal still keeps it for a person. */
  stands: boolean;
}

/** Every refusal that the server spoke, in order. */
export function refusalsOf({ trace, terminals }: RunResult): Refusal[] {
  const standing = new Set(
    Object.entries(terminals).flatMap(([terminal, { rejected }]) =>
      rejected.map((record) => `${terminal}/${String(record['id'])}/${String(record['code'])}`),
    ),
  );
  const refusals = new Map<string, Refusal>();
  for (const { terminal, path, arrivals } of messagesOf(trace)) {
    const collection = path.slice('/api/sync/'.length);
    for (const { at, content } of arrivals) {
      for (const { id, result, code = '', message = '' } of content.rows ?? []) {
        if (result !== 'rejected') continue;
        const key = `${terminal}/${collection}:${id}/${code}`;
        const known = refusals.get(key);
        if (known !== undefined) known.times.push(at);
        else {
          const stands = standing.has(key);
          refusals.set(key, { terminal, collection, id, code, message, times: [at], stands });
        }
      }
    }
  }
  return [...refusals.values()];
}

/** What the server refused and why, and whether it still waits for a person. */
export function rejectedSection(result: RunResult, names: Names): Html {
  const refusals = refusalsOf(result);
  const waiting = refusals.filter(({ stands }) => stands).length;
  const rows = refusals.map(({ terminal, collection, id, code, message, times, stands }) => ({
    grade: stands ? ('warn' as const) : ('none' as const),
    cells: [
      timeText(times[0] ?? 0),
      counted(times.length, 'time'),
      terminal,
      collection,
      names.of(collection, id),
      html`<code>${code}</code>`,
      message,
      stands ? 'waits for a person' : 'settled since',
    ],
  }));
  const sentence = `${counted(rows.length, 'document')} refused, ${waiting} still on a terminal for a person to act upon.`;
  const heads = ['First at', 'Sent', 'Terminal', 'Collection', 'Document', 'Code', 'Reason', 'Now'];
  return section(
    'rejected',
    'Refused documents',
    rows.length === 0
      ? nothing('The server refused no document.')
      : [lead(sentence), wordTable(heads, rows, 'Refused documents')],
  );
}

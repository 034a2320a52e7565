import type { EntryOf, TraceEntry } from '../../../client/trace/trace-entry';
import { ERRORS, type ErrorCode } from '../../../shared/errors/registry';
import type { Fate } from '../network';
import type { WireReply } from '../world-server';

/** A message as the trace has it. Numbers of entries count from 1. */
export interface RecordedMessage {
  /** The entry that a person is pointed to: the answer, or the request where none was heard. */
  readonly entry: number;
  /** Place in the order of what happened: where it was heard, or where it is known that it never will be. */
  readonly place: number;
  /** Place at which the server did it. */
  readonly servedAt: number;
  readonly sent: EntryOf<'sent'>;
  readonly heard: EntryOf<'heard'> | null;
  /** `METHOD path`. */
  readonly key: string;
}

/** Messages that a replay judges; all others are screens that only look. */
const isJudged = ({ method, path }: EntryOf<'sent'>): boolean =>
  path.startsWith('/api/sync/') ||
  path === '/api/session' ||
  (method === 'POST' && path === '/api/terminals');

export function recordedMessages(entries: readonly TraceEntry[]): RecordedMessage[] {
  const answers = new Map<string, { index: number; entry: EntryOf<'heard'> }>();
  entries.forEach((entry, index) => {
    if (entry.kind === 'heard') answers.set(entry.message, { index, entry });
  });
  const messages = entries.flatMap((entry, index): Asked[] => {
    if (entry.kind !== 'sent' || !isJudged(entry)) return [];
    const answer = answers.get(entry.message);
    const later = entries.findIndex((other, at) => at > index && other.kind === 'start');
    const end = later < 0 ? entries.length : later;
    return [
      {
        entry: (answer?.index ?? index) + 1,
        asked: index,
        place: answer?.index ?? end - 0.5,
        sent: entry,
        heard: answer?.entry ?? null,
        key: `${entry.method} ${entry.path}`,
      },
    ];
  });
  return messages.map((message) => ({ ...message, servedAt: servedAt(message, messages) }));
}

type Asked = Omit<RecordedMessage, 'servedAt'> & { asked: number };

/**
 * Pull and push run side by side, and answers may overtake each other. Whether the server read before it wrote, the page
 * itself says: it has what was pushed, or it has not.
 */
function servedAt(pull: Asked, messages: readonly Asked[]): number {
  const documents = pull.heard?.documents;
  if (pull.sent.method !== 'GET' || documents === undefined) return pull.place;
  const edits = new Set(documents.map(({ edit }) => edit));
  let place = pull.place;
  for (const push of messages) {
    const isBeside =
      push.sent.rows !== undefined &&
      push.sent.collection === pull.sent.collection &&
      push.asked < pull.place &&
      pull.asked < push.place;
    if (!isBeside) continue;
    const taken = new Set(
      (push.heard?.rows ?? []).filter(({ result }) => result === 'accepted').map(({ id }) => id),
    );
    const rows = (push.sent.rows ?? []).filter(({ id }) => taken.has(id));
    if (rows.length === 0) continue;
    const hasIt = rows.some(({ edit }) => edits.has(edit));
    if (hasIt && push.place > place) place = push.place + 0.1;
    if (!hasIt && push.place < place) place = push.place - 0.1;
  }
  return place;
}

const LINE_BROKE: ReadonlySet<string> = new Set(['NETWORK', 'TIMEOUT', 'CANCELLED']);

/** Whether nobody knows what the server did with it: it was not answered, or not so that it could be read. */
export const isUnheard = ({ heard }: RecordedMessage): boolean =>
  heard === null || LINE_BROKE.has(heard.code);

/**
 * Whether the server did it, as what came later shows: a row that was in it was built on (`superseded`), or came back with
 * its own edit, or met a conflict when it was sent again. Null: both would have looked the same.
 */
export function wasDone(
  message: RecordedMessage,
  messages: readonly RecordedMessage[],
): boolean | null {
  const rows = message.sent.rows;
  if (rows === undefined) return false;
  const later = messages
    .filter(({ place, heard }) => place > message.place && heard?.code === '')
    .filter(({ sent }) => sent.collection === message.sent.collection)
    .sort((a, b) => a.place - b.place);
  for (const { id, edit } of rows) {
    for (const { sent, heard } of later) {
      const isBack = (heard?.documents ?? []).some(
        (document) => document['id'] === id && document['edit'] === edit,
      );
      if (isBack) return true;
      const wasSame = (sent.rows ?? []).some((row) => row.id === id && row.edit === edit);
      if (!wasSame) continue;
      const result = heard?.rows?.find((row) => row.id === id)?.result;
      if (result === 'superseded') return true;
      if (result === 'conflict' || result === 'rejected') return false;
      break;
    }
  }
  return null;
}

/** What the line does with the message. `done` counts where it was not heard. */
export function fateOf({ heard }: RecordedMessage, done: boolean): Fate {
  if (heard === null || heard.code === 'TIMEOUT' || heard.code === 'CANCELLED') {
    return done ? 'silentDone' : 'silent';
  }
  if (heard.code === 'NETWORK') return done ? 'answerLost' : 'requestLost';
  if (heard.code === 'BAD_RESPONSE') return 'cut';
  const problem = heard.code in ERRORS ? ERRORS[heard.code as ErrorCode] : null;
  const status = problem?.status ?? 200;
  /* What was wrong with the server's machine cannot be made again: it says what it said. */
  if (status >= 500 || status === 429) return { given: problemReply(heard.code, status) };
  return 'pass';
}

const problemReply = (code: string, status: number): WireReply => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', title: code, status, code }),
});

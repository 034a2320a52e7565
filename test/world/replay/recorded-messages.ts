import type { EntryOf, TracedDocument, TraceEntry } from '../../../client/trace/trace-entry';
import { ERRORS, type ErrorCode } from '../../../shared/errors/registry';
import type { Fate } from '../network';
import type { WireReply } from '../world-server';

/** Name of the recorded terminal in the replay. */
export const RECORDED = 'T1';

/** A message as the trace has it. Numbers of entries count from 1. */
export interface RecordedMessage {
  /** The entry that a person is pointed to: the answer, or the request where none was heard. */
  readonly entry: number;
  /** Place in the order of what happened: where it was heard, or where it is known that it never will be. */
  readonly place: number;
  /** Place at which it was sent. */
  readonly asked: number;
  /** Place at which the server did it. */
  readonly servedAt: number;
  readonly sent: EntryOf<'sent'>;
  readonly heard: EntryOf<'heard'> | null;
  /** `METHOD path`. */
  readonly key: string;
}

/** By `METHOD path`: logging in and out, and enrolling. */
const JUDGED: ReadonlySet<string> = new Set([
  'POST /api/session',
  'POST /api/session/challenge',
  'DELETE /api/session',
  'POST /api/terminals',
]);

/** Messages that a replay judges; all others are screens that only look, notes for the log, and what an owner does. */
export const isJudged = (key: string): boolean => JUDGED.has(key) || /^\w+ \/api\/sync\//.test(key);

export function recordedMessages(entries: readonly TraceEntry[]): RecordedMessage[] {
  const answers = new Map<string, { index: number; entry: EntryOf<'heard'> }>();
  entries.forEach((entry, index) => {
    if (entry.kind === 'heard') answers.set(entry.message, { index, entry });
  });
  const messages = entries.flatMap((entry, index): Asked[] => {
    const key = entry.kind === 'sent' ? `${entry.method} ${entry.path}` : '';
    if (entry.kind !== 'sent' || !isJudged(key)) return [];
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
        key,
      },
    ];
  });
  return messages.map((message) => ({ ...message, servedAt: servedAt(message, messages) }));
}

type Asked = Omit<RecordedMessage, 'servedAt'>;

/**
 * Pull and push run side by side, and answers may overtake each other. Whether the server read before it wrote, the page
 * itself says: it has what was pushed, or it has not. Then the one that came first is served first, and heard when it was.
 */
function servedAt(message: Asked, messages: readonly Asked[]): number {
  const isBeside = (other: Asked): boolean =>
    other.sent.collection === message.sent.collection &&
    other.asked < message.place &&
    message.asked < other.place;
  const places = messages.filter(isBeside).flatMap((other): number[] => {
    const isPush = message.sent.rows !== undefined;
    const [push, pull] = isPush ? [message, other] : [other, message];
    if (push.sent.rows === undefined || pull.heard?.documents === undefined) return [];
    const has = hasPushed(pull.heard.documents, push);
    if (isPush) return has === true ? [other.place - 0.1] : [];
    return has === false ? [other.place - 0.1] : [];
  });
  return Math.min(message.place, ...places);
}

/** Whether a page has what a push brought; null where the push brought nothing, or nobody knows whether it did. */
function hasPushed(page: readonly TracedDocument[], { sent, heard }: Asked): boolean | null {
  const edits = new Set(page.map(({ edit }) => edit));
  const versions = new Map(page.map(({ id, ver }) => [id, Number(ver)]));
  if ((sent.rows ?? []).some(({ edit }) => edits.has(edit))) return true;
  const taken = (heard?.rows ?? []).filter(({ result }) => result === 'accepted');
  if (taken.length === 0) return null;
  return taken.some(({ id, ver = 0 }) => (versions.get(id) ?? 0) >= ver);
}

/** Codes of the terminal's own: the line broke, or it gave up. */
export const LINE_BROKE: ReadonlySet<string> = new Set(['NETWORK', 'TIMEOUT', 'CANCELLED']);

/** Whether nobody knows what the server did with it: it was not answered, or not so that it could be read. */
export const isUnheard = ({ heard }: RecordedMessage): boolean =>
  heard === null || LINE_BROKE.has(heard.code);

/** What became of a message whose answer is not in the trace. `heard`: the terminal died before it could note it. */
export type Unheard = 'done' | 'notDone' | 'heard';

/**
 * What became of it, as what came later shows: a row that was in it was built on (`superseded`), or came back with its own
 * edit, or did not with all that was new, or met a conflict when it was sent again, or was never sent again; a pull went on where this one had ended. Null:
 * more than one would have looked the same.
 */
export function whatBecameOf(
  message: RecordedMessage,
  messages: readonly RecordedMessage[],
): Unheard | null {
  const { rows, collection, seq } = message.sent;
  const beside = messages
    .filter(({ sent }) => sent.collection === collection)
    .filter((other) => other !== message && other.place > message.asked)
    .sort((a, b) => a.place - b.place);
  const after = beside.filter(({ asked }) => asked > message.place);
  if (rows === undefined) {
    const next = after.find(({ sent }) => sent.method === 'GET' && sent.seq !== undefined);
    const wentOn = message.heard === null && (next?.sent.seq ?? 0) > (seq ?? Number.MAX_VALUE);
    return wentOn ? 'heard' : 'notDone';
  }
  const ids = new Set(rows.map(({ id }) => id));
  const isSentAgain = after.some(({ sent }) => sent.rows?.some(({ id }) => ids.has(id)));
  const wentOn = after.some(({ heard }) => heard?.code === '');
  if (message.heard === null && wentOn && !isSentAgain) return 'heard';
  for (const { id, edit } of rows) {
    let isOpen = true;
    for (const { sent, heard, asked } of beside) {
      if (heard?.code === 'EPOCH_CHANGED') break;
      if (heard?.code !== '') continue;
      const read = heard.documents?.find((document) => document['id'] === id);
      if (read?.['edit'] === edit) return 'done';
      const isPage =
        sent.seq !== undefined && heard.documents !== undefined && asked > message.place;
      /* All that was new was asked for, and this was not among it: neither restored away nor archived. */
      const isMissing = isPage && read === undefined && heard.remaining === 0 && !heard.cut;
      if (isMissing && isOpen) return 'notDone';
      /* Others changed it, before this was done or after: pages to come say no more. */
      if (isPage && read !== undefined) isOpen = false;
      const wasSame = (sent.rows ?? []).some((row) => row.id === id && row.edit === edit);
      if (!wasSame) continue;
      const result = heard.rows?.find((row) => row.id === id)?.result;
      if (result === 'superseded') return 'done';
      if (result === 'conflict' || result === 'rejected') return 'notDone';
      break;
    }
  }
  return null;
}

/** The age of the program, another key than the terminal's, where an owner lets somebody work: the file has none of it. */
const GIVEN: ReadonlySet<string> = new Set([
  'PROTOCOL_MISMATCH',
  'TERMINAL_PROOF_FAILED',
  'TERMINAL_NOT_ALLOWED',
]);

/** What the line does with the message. `unheard` counts where it was not heard. */
export function fateOf({ heard }: RecordedMessage, unheard: Unheard): Fate {
  if (heard === null && unheard === 'heard') return 'pass';
  const done = unheard === 'done';
  if (heard === null || heard.code === 'TIMEOUT' || heard.code === 'CANCELLED') {
    return done ? 'silentDone' : 'silent';
  }
  if (heard.code === 'NETWORK') return done ? 'answerLost' : 'requestLost';
  if (heard.code === 'BAD_RESPONSE') return 'cut';
  const problem = heard.code in ERRORS ? ERRORS[heard.code as ErrorCode] : null;
  const status = problem?.status ?? 200;
  /* What was wrong with the server's machine, or is in `GIVEN`, cannot be made again: it says what it said. */
  const isGiven = status >= 500 || status === 429 || GIVEN.has(heard.code);
  if (isGiven) return { given: problemReply(heard.code, status) };
  return 'pass';
}

const problemReply = (code: string, status: number): WireReply => ({
  status,
  headers: {
    'content-type': 'application/problem+json',
    /* How long it asked to wait is not in the file, and nothing hangs on it. */
    ...(code === 'SERVER_BUSY' ? { 'retry-after': '1' } : {}),
  },
  body: JSON.stringify({ type: 'about:blank', title: code, status, code }),
});

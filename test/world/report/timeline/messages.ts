import type { MessageContent } from '../../message-content';
import type { TraceEvent } from '../../trace';

/** A request as it came to the server; `event` is its place in the trace. */
export interface Arrival {
  at: number;
  event: number;
  /** Null: there was no answer. */
  status: number | null;
  /** Why there was none. */
  what: string;
  content: MessageContent;
}

/** A request of a terminal and all that became of it. */
export interface Message {
  number: number;
  terminal: string;
  method: string;
  path: string;
  fault: string | null;
  sentAt: number;
  sentEvent: number;
  arrivals: Arrival[];
  /** How the terminal was told of its end, if it was. */
  ending: 'hears' | 'line breaks' | 'gives up' | null;
  endedAt: number | null;
  endedEvent: number | null;
  /** The answer came to a terminal that had died since it asked. */
  isDeaf: boolean;
}

const ENDINGS: ReadonlySet<string> = new Set(['hears', 'line breaks', 'gives up']);
/** After these a terminal or the server is gone, whatever it was doing. */
export const DEATHS: ReadonlySet<string> = new Set([
  'crashes',
  'reloads',
  'is wiped',
  'stops',
  'closes',
]);
/** What the trace says where a request ended at a wall. */
const WALLS: Readonly<Record<string, string>> = {
  lost: 'lost, the line is down',
  'is down': 'the server is down',
  'no answer': 'the server dies before it answers',
};

/** The messages of a run, in the order in which they were sent. */
export function messagesOf(trace: readonly TraceEvent[]): Message[] {
  const messages = new Map<number, Message>();
  const deaths = new Map<string, number>();
  for (const [event, { at, who, what, details }] of trace.entries()) {
    if (DEATHS.has(what)) deaths.set(who, event);
    const number = details['message'];
    if (typeof number !== 'number') continue;
    if (what === 'sends') {
      messages.set(number, {
        number,
        terminal: who,
        method: String(details['method']),
        path: String(details['path']),
        fault: typeof details['fault'] === 'string' ? details['fault'] : null,
        sentAt: at,
        sentEvent: event,
        arrivals: [],
        ending: null,
        endedAt: null,
        endedEvent: null,
        isDeaf: false,
      });
      continue;
    }
    const message = messages.get(number);
    if (message === undefined) continue;
    if (what === 'answers') {
      const { status, rows, documents, since, remaining, code } =
        details as unknown as MessageContent & { status: number };
      const content = { rows, documents, since, remaining, code } as MessageContent;
      message.arrivals.push({ at, event, status, what: '', content });
    } else if (WALLS[what] !== undefined) {
      message.arrivals.push({ at, event, status: null, what: WALLS[what], content: {} });
    } else if (ENDINGS.has(what)) {
      message.ending = what as NonNullable<Message['ending']>;
      message.endedAt = at;
      message.endedEvent = event;
      message.isDeaf = (deaths.get(message.terminal) ?? -1) > message.sentEvent;
    }
  }
  return [...messages.values()];
}

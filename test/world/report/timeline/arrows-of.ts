import { titleOfMessage } from '../words/message-words';
import type { Draft } from './build-model';
import type { Arrival, Message } from './messages';
import type { Arrow, Kind, Tone } from './model';

/** Where a message that nobody ever hears of seems to end, units after it was sent. */
const STUB = 40;

const SERVER = 0;

/** Both halves of every message. */
export function arrowsOf(
  messages: readonly Message[],
  draft: Draft,
  detailsOf: (message: Message) => number,
): Arrow[] {
  return messages.flatMap((message) => {
    const { arrivals } = message;
    const common = { kind: kindOf(message), details: detailsOf(message) };
    const lane = draft.laneOf(message.terminal);
    const from = draft.placeOf(message.sentEvent);
    const ended = message.endedEvent === null ? null : draft.placeOf(message.endedEvent);
    const up = { ...common, fromLane: lane, toLane: SERVER, from };
    const down = { ...common, fromLane: SERVER, toLane: lane };
    const title = titleOfMessage(message);
    if (arrivals.length === 0) {
      const to = ended ?? from + STUB;
      return [{ ...up, to, isCut: true, label: title, tone: 'bad' }];
    }
    /* Of a request that arrives twice the first answer is the one that is heard. */
    return arrivals.flatMap((arrival, index): Arrow[] => {
      const at = draft.placeOf(arrival.event);
      const isFirst = index === 0;
      const request: Arrow = {
        ...up,
        to: at,
        isCut: arrival.what.startsWith('lost'),
        label: isFirst ? title : '',
        tone: arrival.status === null ? 'bad' : isFirst ? toneOfKind(common.kind) : 'warn',
      };
      if (arrival.status === null) return [request];
      const isHeard = isFirst && message.ending === 'hears' && !message.isDeaf;
      const to = isFirst && ended !== null && ended > at ? ended : at + STUB;
      const reply: Arrow = {
        ...down,
        from: at,
        to,
        isCut: !isHeard,
        label: answerLabel(arrival),
        tone: isHeard ? toneOfAnswer(arrival, common.kind) : isFirst ? 'bad' : 'quiet',
      };
      return [request, reply];
    });
  });
}

export const kindOf = ({ method, path }: Message): Kind =>
  !path.startsWith('/api/sync/') || path === '/api/sync/status'
    ? 'other'
    : method === 'POST'
      ? 'push'
      : 'pull';

const toneOfKind = (kind: Kind): Tone =>
  kind === 'push' ? 'push' : kind === 'pull' ? 'plain' : 'quiet';

function toneOfAnswer({ status, content }: Arrival, kind: Kind): Tone {
  if (status === null || status >= 400) return 'bad';
  const results = new Set(content.rows?.map(({ result }) => result));
  if (results.has('rejected')) return 'bad';
  return results.has('conflict') ? 'warn' : toneOfKind(kind);
}

/** `2 accepted, 1 conflict`, `3 received`, or the status. */
function answerLabel({ status, content }: Arrival): string {
  if (content.rows !== undefined) {
    const counts = new Map<string, number>();
    for (const { result } of content.rows) counts.set(result, (counts.get(result) ?? 0) + 1);
    return [...counts].map(([result, count]) => `${count} ${result}`).join(', ');
  }
  if (content.documents !== undefined) {
    return content.documents.length === 0 ? 'nothing new' : `${content.documents.length} received`;
  }
  return content.code ?? String(status);
}

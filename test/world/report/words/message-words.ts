import type { MessageContent, PushedRow } from '../../message-content';
import { timeText } from '../timeline/axis';
import type { Message } from '../timeline/messages';
import type { Names } from './names';

/** `push products`, `pull stock`, `log in`. */
export function titleOfMessage({ method, path }: Pick<Message, 'method' | 'path'>): string {
  if (path === '/api/sync/status') return 'compare state';
  if (path.startsWith('/api/sync/')) {
    return `${method === 'POST' ? 'push' : 'pull'} ${path.slice('/api/sync/'.length)}`;
  }
  if (path === '/api/terminals' && method === 'POST') return 'enrol';
  if (path === '/api/session') {
    return { POST: 'log in', DELETE: 'log out' }[method] ?? 'who is logged in';
  }
  return `${method} ${path}`;
}

/** What is told of a message when somebody points at it. */
export function detailsOfMessage(message: Message, names: Names): string {
  const { number, terminal, method, path, sentAt, fault } = message;
  const lines = [
    `${terminal}: ${titleOfMessage(message)}`,
    `message ${number} · ${method} ${path}`,
    `sent at ${timeText(sentAt)}`,
  ];
  if (fault !== null) lines.push(`fault: ${fault}`);
  for (const arrival of message.arrivals) {
    const at = timeText(arrival.at);
    if (arrival.status === null) lines.push(`at the server ${at}: ${arrival.what}`);
    else
      lines.push(
        `at the server ${at}: status ${arrival.status}`,
        ...contentLines(message, arrival.content, names),
      );
  }
  if (message.endedAt !== null) {
    lines.push(`${terminal} ${timeText(message.endedAt)}: ${endingOf(message)}`);
  }
  return lines.join('\n');
}

const endingOf = ({ ending, endedAt, isDeaf }: Message): string => {
  if (isDeaf) return 'the answer finds nobody: the terminal had died';
  if (ending === 'hears') return 'hears the answer';
  return endedAt === null
    ? ''
    : ending === 'gives up'
      ? 'gives up waiting'
      : 'hears that the line broke';
};

/** Documents that are named before the rest is only counted. */
const SHOWN = 8;

function contentLines({ path }: Message, content: MessageContent, names: Names): string[] {
  const collection = path.slice('/api/sync/'.length);
  const few = <T>(list: readonly T[], line: (entry: T) => string): string[] => [
    ...list.slice(0, SHOWN).map(line),
    ...(list.length > SHOWN ? [`  and ${list.length - SHOWN} more`] : []),
  ];
  if (content.code !== undefined) return [`  ${content.code}`];
  if (content.rows !== undefined) {
    return few(content.rows, (row) => `  ${names.of(collection, row.id)}: ${resultOf(row)}`);
  }
  if (content.documents === undefined) return [];
  const { documents, since = 0, remaining = 0 } = content;
  const more = remaining > 0 ? `, ${remaining} more to come` : '';
  return [
    `  ${documents.length === 0 ? 'nothing new' : `${documents.length} documents`} after ${since}${more}`,
    ...few(documents, ({ id, ver }) => `  ${names.of(collection, id)} v${ver}`),
  ];
}

function resultOf({ result, ver, code, message }: PushedRow): string {
  if (result === 'rejected') return `refused, ${code ?? ''}: ${message ?? ''}`;
  if (result === 'none') return 'not named in the answer';
  return `${result}, v${ver ?? '?'}`;
}

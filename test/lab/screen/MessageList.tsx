import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { MessageContent, PushedRow } from '../../world/message-content';
import type { Message } from '../../world/report/timeline/messages';
import { titleOf } from '../run/document-facts';
import type { Moment, Shown } from '../run/moment';
import type { LabWords } from '../words/es';
import { useLabWords } from '../words/use-lab-words';
import { Panel, PanelTitle } from './Panel';

const SYNC = '/api/sync/';
/** Rows and documents of a message that are named before the rest is counted. */
const NAMED = 4;

const COLORS: Record<PushedRow['result'], string> = {
  accepted: 'success.main',
  superseded: 'text.secondary',
  conflict: 'warning.main',
  rejected: 'error.main',
  none: 'text.secondary',
};

/** What went between the terminals and the server in this step; what got lost is struck through. */
export function MessageList({ moment }: { moment: Moment }) {
  const words = useLabWords();
  const telling = moment.messages.filter(isTelling);
  const others = moment.messages.length - telling.length;
  return (
    <Panel>
      <PanelTitle>{words.messages}</PanelTitle>
      {moment.messages.length === 0 && (
        <Typography color="textSecondary">{words.noMessages}</Typography>
      )}
      {telling.map((message) => (
        <MessageRow key={message.number} message={message} moment={moment} />
      ))}
      {others > 0 && (
        <Typography color="textSecondary" sx={{ fontSize: 13.5, mt: 0.5 }}>
          {words.otherMessages(others)}
        </Typography>
      )}
    </Panel>
  );
}

/** Whether a message says more than that nothing is new. */
const isTelling = ({ method, ending, arrivals }: Message): boolean =>
  method !== 'GET' ||
  ending !== 'hears' ||
  arrivals.some(({ status, content }) => status !== 200 || (content.documents?.length ?? 0) > 0);

function MessageRow({ message, moment }: { message: Message; moment: Moment }) {
  const words = useLabWords();
  const [arrival] = message.arrivals;
  const content = arrival?.content ?? {};
  const lost = lossOf(message, words);
  const isLostThere = arrival === undefined || arrival.status === null;
  const isBad = (arrival?.status ?? 200) >= 400;
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: '38px minmax(0, 1fr)',
        py: 0.4,
        fontSize: 14.5,
        lineHeight: 1.4,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <strong>{message.terminal}</strong>
      <div>
        <Box component={isLostThere ? 's' : 'span'}>{titleOfMessage(message, words)}</Box>
        {arrival !== undefined && arrival.status !== null && (
          <>
            {' → '}
            <Box component={lost === '' ? 'span' : 's'} sx={isBad ? { color: 'error.main' } : {}}>
              <Answer message={message} content={content} moment={moment} />
              {isBad && ` ${content.code ?? arrival.status}`}
            </Box>
          </>
        )}
        {lost !== '' && (
          <Box component="em" sx={{ color: 'warning.main', fontWeight: 600, ml: 0.75 }}>
            {lost}
          </Box>
        )}
      </div>
    </Box>
  );
}

function Answer(props: { message: Message; content: MessageContent; moment: Moment }) {
  const words = useLabWords();
  const { message, content, moment } = props;
  const collection = message.path.slice(SYNC.length) as Shown;
  const named = (id: string): string => nameFrom(moment, { collection, id, words });
  if (content.rows !== undefined) {
    return (
      <>
        {content.rows.slice(0, NAMED).map(({ id, result, code }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            {named(id)}{' '}
            <Box component="strong" sx={{ color: COLORS[result] }}>
              {words.results[result]}
            </Box>
            {code !== undefined && ` (${code})`}
          </span>
        ))}
        {content.rows.length > NAMED && ` ${words.more(content.rows.length - NAMED)}`}
      </>
    );
  }
  const documents = content.documents ?? [];
  if (content.documents === undefined) return null;
  if (documents.length === 0) return words.message.nothingNew;
  if (documents.length > NAMED) return words.message.received(documents.length);
  return documents.map(({ id, ver }) => `${named(id)} v${ver}`).join(', ');
}

/** A document's name, from whichever side has it. */
export function nameFrom(
  { server, terminals }: Moment,
  { collection, id, words }: { collection: Shown; id: string; words: LabWords },
): string {
  for (const { documents } of [server, ...terminals]) {
    const document = documents[collection]?.find((other) => other.id === id);
    if (document !== undefined) return titleOf(collection, document, { documents, words });
  }
  return id.slice(0, 8);
}

function titleOfMessage({ method, path }: Message, { message, collections }: LabWords): string {
  if (path === '/api/sync/status') return message.status;
  if (path.startsWith(SYNC)) {
    const name = path.slice(SYNC.length).split('/')[0] as keyof LabWords['collections'];
    const collection = collections[name] ?? name;
    return method === 'POST' ? message.push(collection) : message.pull(collection);
  }
  if (path === '/api/terminals') return message.enrol;
  if (path === '/api/session') {
    return { POST: message.login, DELETE: message.logout }[method] ?? message.session;
  }
  return `${method} ${path}`;
}

/** What went wrong on the way, in words; empty where nothing did. */
function lossOf({ arrivals, ending, isDeaf, fault }: Message, { message }: LabWords): string {
  const [arrival] = arrivals;
  if (isDeaf) return message.deaf;
  if (arrival === undefined) return ending === 'gives up' ? message.gaveUp : message.lostThere;
  if (arrival.status === null)
    return arrival.what.startsWith('lost') ? message.lostThere : message.noAnswer;
  if (ending === 'gives up') return message.gaveUp;
  if (ending === 'line breaks' || ending === null) return message.lostBack;
  return fault === 'duplicate' || arrivals.length > 1 ? message.twice : '';
}

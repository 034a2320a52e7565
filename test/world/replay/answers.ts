import type { TracedCut, TracedRow } from '../../../client/trace/trace-entry';
import type { Cut } from '../../../shared/protocol/messages';
import type { WireReply, WireRequest } from '../world-server';
import type { IdMap } from './id-map';
import type { RecordedMessage } from './recorded-messages';

/** An answer in the words in which two of them are compared. */
export interface Answer {
  code: string;
  /** Push: `id: accepted 2`, in the order of ids. */
  rows?: string[];
  /** Pull: `id 2`. */
  documents?: string[];
  remaining?: number;
  cut?: TracedCut;
}

const rowText = ({ id, result, ver, code }: TracedRow): string =>
  `${id}: ${result}${ver === undefined ? '' : ` ${ver}`}${code === undefined ? '' : ` ${code}`}`;
const documentText = ({ id, ver }: Record<string, unknown>): string => `${id} ${ver}`;

/** A login that moves a user's offline limit on is an edit of the user, whose day is not that of the replay. */
const isComparable = (collection: string | null): boolean => collection !== 'users';

/** What was recorded, with the ids of the replay. Documents that were too many to keep are not compared. */
export function recordedAnswer({ sent, heard }: RecordedMessage, ids: IdMap): Answer {
  if (heard === null) return { code: 'never heard' };
  const answer: Answer = { code: heard.code };
  if (heard.code !== '') return answer;
  const { rows, documents, remaining, cut } = ids.in({
    rows: heard.rows,
    documents: heard.documents,
    remaining: heard.remaining,
    cut: heard.cut,
  });
  if (rows !== undefined) answer.rows = rows.map(rowText).sort();
  else if (documents !== undefined && isComparable(sent.collection)) {
    answer.documents = documents.map(documentText).sort();
    if (remaining !== undefined) answer.remaining = remaining;
  }
  if (cut !== undefined) answer.cut = inOrder(cut);
  return answer;
}

/** What the server of the replay answered, in as many words as the recorded one has. */
export function replayedAnswer(
  request: WireRequest,
  reply: WireReply | null,
  like: Answer,
): Answer {
  if (reply === null) return { code: 'no answer' };
  if (reply.status === 204) return { code: '' };
  const body = JSON.parse(reply.body) as Record<string, unknown>;
  if (reply.status >= 400) return { code: String(body['code']) };
  const answer: Answer = { code: '' };
  if (request.method === 'POST' && 'accepted' in body) answer.rows = rowsOf(body);
  if (like.documents !== undefined) {
    answer.documents = documentsOf(body['documents'] as Record<string, unknown>[]);
    if (like.remaining !== undefined) answer.remaining = Number(body['remaining']);
  }
  /* A server that never had an invoice can have no cut: those of before the trace are not in the file. */
  const isBare = (body['checkpoint'] as { seq?: number } | undefined)?.seq === 0;
  if (like.cut !== undefined && isBare) answer.cut = like.cut;
  else if (like.cut !== undefined && 'cut' in body) {
    const { before, kept } = body['cut'] as Cut;
    answer.cut = inOrder({ issuedBefore: before, kept });
  }
  return answer;
}

const inOrder = ({ issuedBefore, kept }: TracedCut): TracedCut => ({
  issuedBefore,
  kept: kept.toSorted(),
});

function rowsOf(body: Record<string, unknown>): string[] {
  const list = (name: string) => body[name] as Record<string, unknown>[];
  const named = (name: string, result: TracedRow['result']) =>
    list(name).map(({ id, ver }) => rowText({ id: String(id), result, ver: Number(ver) }));
  return [
    ...named('accepted', 'accepted'),
    ...named('superseded', 'superseded'),
    ...named('conflicts', 'conflict'),
    ...list('rejected').map(({ id, code }) =>
      rowText({ id: String(id), result: 'rejected', code: String(code) }),
    ),
  ].sort();
}

/** A pull's documents stand for themselves; those of single ones have their place beside them. */
const documentsOf = (documents: readonly Record<string, unknown>[]): string[] =>
  documents
    .map((item) => documentText((item['document'] ?? item) as Record<string, unknown>))
    .sort();

import type { Response } from 'express';
import { invoiceOfProtocol1 } from '../../schemas/migrations/invoices';
import { userOfProtocol1 } from '../../schemas/migrations/users';
import type { CollectionName } from '../../schemas/registry';
import type { PushReply } from '../../shared/protocol/messages';
import { userAtTerminal } from '../sync/user-at-terminal';

type Document = Record<string, unknown>;

/** Who asks for documents, and of which collection. */
interface Reader {
  response: Response;
  collection: CollectionName;
  terminalId: string;
}

/**
 * How documents of this collection look to whoever asks; null where as they are stored. A terminal of protocol 1 would
 * stop at an invoice or a user with members that it does not know (F8); users come as far as the terminal needs them.
 */
function forReader({
  response,
  collection,
  terminalId,
}: Reader): ((d: Document) => Document) | null {
  const isOld = response.locals['protocol'] === 1;
  if (collection === 'invoices') return isOld ? invoiceOfProtocol1 : null;
  if (collection !== 'users') return null;
  const here = userAtTerminal(terminalId);
  return isOld ? (user) => userOfProtocol1(here(user)) : here;
}

/** The reply of a pull, in pieces, as whoever asks is to see its documents. */
export function pullForReader(reader: Reader, pieces: Uint8Array[]): Uint8Array[] {
  const change = forReader(reader);
  if (change === null) return pieces;
  const reply = JSON.parse(Buffer.concat(pieces).toString()) as { documents: Document[] };
  return [Buffer.from(JSON.stringify({ ...reply, documents: reply.documents.map(change) }))];
}

/** The reply of a request for documents by id. */
export function documentsForReader(reader: Reader, text: string): string {
  const change = forReader(reader);
  if (change === null) return text;
  const reply = JSON.parse(text) as { documents: { document: Document }[] };
  const documents = reply.documents.map((entry) => ({
    ...entry,
    document: change(entry.document),
  }));
  return JSON.stringify({ ...reply, documents });
}

export function pushReplyForReader(reader: Reader, reply: PushReply): PushReply {
  const change = forReader(reader);
  if (change === null) return reply;
  const { superseded, conflicts } = reply;
  return { ...reply, superseded: superseded.map(change), conflicts: conflicts.map(change) };
}

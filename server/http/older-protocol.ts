import type { Response } from 'express';
import { invoiceOfProtocol1 } from '../../schemas/migrations/invoices';
import { userOfProtocol1 } from '../../schemas/migrations/users';
import type { CollectionName } from '../../schemas/registry';
import type { PushReply } from '../../shared/protocol/messages';

type Document = Record<string, unknown>;

/**
 * How documents of this collection look to the program that asks (F8); null where as they are stored. A terminal of
 * protocol 1 would stop at an invoice or a user with members that it does not know.
 */
function forProgram(
  response: Response,
  collection: CollectionName,
): ((d: Document) => Document) | null {
  if (response.locals['protocol'] !== 1) return null;
  if (collection === 'invoices') return invoiceOfProtocol1;
  return collection === 'users' ? userOfProtocol1 : null;
}

/** The reply of a pull, in pieces, as the program knows its documents. */
export function pullForProgram(
  response: Response,
  collection: CollectionName,
  pieces: Uint8Array[],
): Uint8Array[] {
  const change = forProgram(response, collection);
  if (change === null) return pieces;
  const reply = JSON.parse(Buffer.concat(pieces).toString()) as { documents: Document[] };
  return [Buffer.from(JSON.stringify({ ...reply, documents: reply.documents.map(change) }))];
}

/** The reply of a request for documents by id. */
export function documentsForProgram(
  response: Response,
  collection: CollectionName,
  text: string,
): string {
  const change = forProgram(response, collection);
  if (change === null) return text;
  const reply = JSON.parse(text) as { documents: { document: Document }[] };
  const documents = reply.documents.map((entry) => ({
    ...entry,
    document: change(entry.document),
  }));
  return JSON.stringify({ ...reply, documents });
}

export function pushReplyForProgram(
  response: Response,
  collection: CollectionName,
  reply: PushReply,
): PushReply {
  const change = forProgram(response, collection);
  if (change === null) return reply;
  const { superseded, conflicts } = reply;
  return { ...reply, superseded: superseded.map(change), conflicts: conflicts.map(change) };
}

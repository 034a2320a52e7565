import { upgradeDocument } from '../../schemas/migrations/upgrade-document';
import type { CollectionName, Documents } from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import { isRecord } from '../../shared/is-record';
import { LIMITS } from '../../shared/protocol/limits';
import type { PushRequest } from '../../shared/protocol/messages';
import type { Refusal } from './check-invoice';

/** Longest message of a refusal: a path can be as long as the key that somebody sent. */
const MESSAGE_MAX = 300;

/** What a key column holds alike in every database: no NUL, no half of a surrogate pair. */
const PRINTABLE = /^[\x21-\x7e]+$/;

export interface ParsedRow<N extends CollectionName> {
  document: Documents[N];
  /** What the terminal took for the server's state: version and edit, as far as it said. */
  assumed: { ver: number; edit: string } | null;
}

export type RowResult<N extends CollectionName> =
  | { ok: true; row: ParsedRow<N> }
  | { ok: false; id: string; refusal: Refusal };

/** Checks one row by itself; nothing that a row contains can make this throw. */
export function parseRow<N extends CollectionName>(
  collection: N,
  { newDocumentState, assumedMasterState }: PushRequest['rows'][number],
): RowResult<N> {
  const id =
    isRecord(newDocumentState) && typeof newDocumentState['id'] === 'string'
      ? newDocumentState['id'].slice(0, 100)
      : '';
  const refuse = (code: Refusal['code'], message: string): RowResult<N> => ({
    ok: false,
    id,
    refusal: { code, message: message.slice(0, MESSAGE_MAX) },
  });
  if (!isRecord(newDocumentState)) return refuse('INVALID_DOCUMENT', '/: not an object');
  const { _deleted, ...content } = newDocumentState;
  if (_deleted === true) return refuse('DELETE_NOT_ALLOWED', '/_deleted: documents stay');
  const parsed = validateDocument(collection, upgradeDocument(collection, content));
  if (!parsed.ok) return refuse('INVALID_DOCUMENT', `${parsed.path || '/'}: ${parsed.message}`);
  if (!PRINTABLE.test(parsed.value.edit)) {
    return refuse('INVALID_DOCUMENT', '/edit: not printable ASCII');
  }
  if (Buffer.byteLength(JSON.stringify(content)) > LIMITS.documentBytes) {
    return refuse('INVALID_DOCUMENT', `/: larger than ${LIMITS.documentBytes} bytes`);
  }
  const assumed = parseAssumed(assumedMasterState);
  if (assumed !== null && assumed.id !== id)
    return refuse('ID_MISMATCH', '/id: not that of the row');
  return { ok: true, row: { document: parsed.value, assumed } };
}

function parseAssumed(value: unknown): { id: string; ver: number; edit: string } | null {
  if (!isRecord(value)) return null;
  const { id, ver, edit } = value;
  return typeof id === 'string' && typeof ver === 'number' && typeof edit === 'string'
    ? { id, ver, edit }
    : null;
}

import type { CollectionName, Documents } from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import type { PushRequest } from '../../shared/protocol/messages';
import type { Refusal } from './check-invoice';

export interface ParsedRow<N extends CollectionName> {
  document: Documents[N];
  /** What the terminal took for the server's state: version and edit, as far as it said. */
  assumed: { ver: number; edit: string } | null;
}

export type RowResult<N extends CollectionName> =
  | { ok: true; row: ParsedRow<N> }
  | { ok: false; id: string; refusal: Refusal };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
    refusal: { code, message },
  });
  if (!isRecord(newDocumentState)) return refuse('INVALID_DOCUMENT', '/: not an object');
  const { _deleted, ...content } = newDocumentState;
  if (_deleted === true) return refuse('DELETE_NOT_ALLOWED', '/_deleted: documents stay');
  const parsed = validateDocument(collection, content);
  if (!parsed.ok) return refuse('INVALID_DOCUMENT', `${parsed.path || '/'}: ${parsed.message}`);
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

import { businessFields } from './oracle/ledger';
import { same } from './oracle/same';
import type { WireReply, WireRequest } from './world-server';

/** A field as the three states of a push have it. */
export interface FieldStates {
  field: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

/** A pushed document, and what the server said of it. `none`: the answer does not name it. */
export interface PushedRow {
  id: string;
  result: 'accepted' | 'superseded' | 'conflict' | 'rejected' | 'none';
  ver?: number;
  code?: string;
  message?: string;
  /** With a conflict: the edit that was sent, and every business field that is not the same in all three states. */
  edit?: string;
  fields?: FieldStates[];
}

/** What a message carried, for the trace. */
export interface MessageContent {
  rows?: PushedRow[];
  documents?: { id: string; ver: number }[];
  /** Pull: how far the terminal had read. */
  since?: number;
  remaining?: number;
  /** Error code of an answer that is none of those. */
  code?: string;
}

type Doc = Record<string, unknown>;
interface Row {
  newDocumentState: Doc;
  assumedMasterState?: Doc;
}
interface PushAnswer {
  accepted: { id: string; ver: number }[];
  superseded: Doc[];
  conflicts: Doc[];
  rejected: { id: string; code: string; message: string }[];
}

const SYNC = '/api/sync/';

/** Which documents a request and its answer were about, and what became of each. */
export function contentOf(request: WireRequest, reply: WireReply): MessageContent {
  if (!request.path.startsWith(SYNC)) return reply.status < 400 ? {} : codeOf(reply);
  if (reply.status !== 200) return codeOf(reply);
  try {
    return request.method === 'POST'
      ? pushed(JSON.parse(request.body ?? '{}'), JSON.parse(reply.body))
      : pulled(request.path, JSON.parse(reply.body));
  } catch {
    /* Whatever cannot be read carried nothing that can be told. */
    return {};
  }
}

function codeOf({ body }: WireReply): MessageContent {
  try {
    const { code } = JSON.parse(body) as { code?: unknown };
    return typeof code === 'string' ? { code } : {};
  } catch {
    return {};
  }
}

function pulled(path: string, answer: { documents?: Doc[]; remaining?: number }): MessageContent {
  if (answer.documents === undefined) return {};
  return {
    since: Number(new URL(path, 'http://world').searchParams.get('seq') ?? 0),
    documents: answer.documents.map(({ id, ver }) => ({ id: String(id), ver: Number(ver) })),
    remaining: answer.remaining ?? 0,
  };
}

function pushed({ rows }: { rows: Row[] }, answer: PushAnswer): MessageContent {
  return { rows: rows.map((row) => resultOf(row, answer)) };
}

function resultOf({ newDocumentState: mine, assumedMasterState: base }: Row, answer: PushAnswer) {
  const id = String(mine['id']);
  const isMine = (document: { id?: unknown }): boolean => document.id === id;
  const accepted = answer.accepted.find(isMine);
  if (accepted !== undefined) return { id, result: 'accepted', ver: accepted.ver } as const;
  const rejected = answer.rejected.find(isMine);
  if (rejected !== undefined) return { ...rejected, result: 'rejected' } as const;
  const superseded = answer.superseded.find(isMine);
  if (superseded !== undefined) {
    return { id, result: 'superseded', ver: Number(superseded['ver']) } as const;
  }
  const theirs = answer.conflicts.find(isMine);
  if (theirs === undefined) return { id, result: 'none' } as const;
  const fields = businessFields({ ...theirs, ...mine })
    .map((field) => ({
      field,
      base: base?.[field] ?? null,
      mine: mine[field] ?? null,
      theirs: theirs[field] ?? null,
    }))
    .filter(
      ({ base: before, mine: own, theirs: other }) => !same(own, other) || !same(before, own),
    );
  const edit = String(mine['edit']);
  return { id, result: 'conflict', ver: Number(theirs['ver']), edit, fields } as const;
}

import type { TSchema } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import {
  type Cut,
  type DocumentsReply,
  documentsReplySchema,
  type OriginsReply,
  originsReplySchema,
  type PullReply,
  type PushReply,
  type PushRequest,
  pullReplySchema,
  pushReplySchema,
  pushRequestSchema,
} from '../../shared/protocol/messages';
import type { ApiClient, ApiRequest } from '../http/api-client';
import { plainDocument } from './plain-document';
import type { Recorder } from './recorder';
import type { EntryOf, TracedRow } from './trace-entry';

/** Documents of one answer that are kept; a first sync brings tens of thousands. */
export const DOCUMENTS_KEPT = 200;

type Sent = Omit<EntryOf<'sent'>, 'page' | 'at' | 'kind' | 'message'>;
type Heard = Pick<EntryOf<'heard'>, 'rows' | 'documents' | 'count' | 'remaining' | 'epoch' | 'cut'>;

/** The API client, with a note of each message. Of what does not belong to syncing only path and outcome are noted. */
export function recordApi(api: ApiClient, recorder: Recorder, now: () => number): ApiClient {
  return {
    async request<T>(request: ApiRequest, reply: TSchema): Promise<T> {
      const message = recorder.next();
      recorder.add({ kind: 'sent', message, ...sent(request) });
      const begun = now();
      const heard = (code: string, content: Heard = {}): void =>
        recorder.add({ kind: 'heard', message, ms: now() - begun, code, ...content });
      try {
        const answer = await api.request<T>(request, reply);
        heard('', content(reply, answer));
        return answer;
      } catch (error) {
        heard(error instanceof AppError ? error.code : 'UNEXPECTED');
        throw error;
      }
    },
  };
}

function sent({ method, path, body }: ApiRequest): Sent {
  const [plain = '', query = ''] = path.split('?');
  const collection = plain.match(/^\/api\/sync\/(\w+)/)?.[1] ?? null;
  const seq = new URLSearchParams(query).get('seq');
  const push = collection === null ? null : validate<PushRequest>(pushRequestSchema, body);
  return {
    method,
    path: plain,
    collection,
    ...(seq === null ? {} : { seq: Number(seq) }),
    ...(push?.ok === true ? { rows: push.value.rows.map(rowOf) } : {}),
  };
}

function rowOf({ newDocumentState }: PushRequest['rows'][number]) {
  const { id, edit, ver } = newDocumentState as Record<string, unknown>;
  return { id: String(id), edit: String(edit), ver: Number(ver) };
}

function content(schema: TSchema, answer: unknown): Heard {
  if (schema === pushReplySchema) return pushed(answer as PushReply);
  if (schema === pullReplySchema) {
    const { documents, remaining, checkpoint, cut } = answer as PullReply;
    const { epoch } = checkpoint;
    return { ...few(documents), remaining, epoch, ...(cut ? { cut: cutOf(cut) } : {}) };
  }
  if (schema === documentsReplySchema) {
    return few((answer as DocumentsReply).documents.map(({ document }) => document));
  }
  if (schema === originsReplySchema) return few((answer as OriginsReply).documents);
  return {};
}

const few = (documents: readonly object[]): Heard => ({
  count: documents.length,
  ...(documents.length > DOCUMENTS_KEPT ? {} : { documents: documents.map(plainDocument) }),
});

const cutOf = ({ before, kept }: Cut) => ({ issuedBefore: before, kept });

function pushed({ accepted, superseded, conflicts, rejected }: PushReply): Heard {
  const named =
    (result: 'superseded' | 'conflict') =>
    ({ id, ver }: Record<string, unknown>): TracedRow => ({
      id: String(id),
      result,
      ver: Number(ver),
    });
  const documents = [...superseded, ...conflicts].map(plainDocument);
  return {
    rows: [
      ...accepted.map(({ id, ver }): TracedRow => ({ id, result: 'accepted', ver })),
      ...superseded.map(named('superseded')),
      ...conflicts.map(named('conflict')),
      ...rejected.map(({ id, code }): TracedRow => ({ id, result: 'rejected', code })),
    ],
    ...(documents.length === 0 ? {} : { documents }),
  };
}

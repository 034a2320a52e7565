import type { SyncTransport } from '../../shared/ports/sync-transport';
import {
  type DigestsReply,
  type DocumentsReply,
  digestsReplySchema,
  documentsReplySchema,
  type OriginsReply,
  originsReplySchema,
  type PullReply,
  type PushReply,
  pullReplySchema,
  pushReplySchema,
  type StatusReply,
  statusReplySchema,
} from '../../shared/protocol/messages';
import type { ApiClient } from '../http/api-client';

/** The protocol of SPEC.md over HTTP. */
export const httpTransport = (api: ApiClient): SyncTransport => ({
  pull: (collection, { checkpoint, limit }, signal) => {
    const query = new URLSearchParams({
      epoch: checkpoint?.epoch ?? '',
      seq: String(checkpoint?.seq ?? 0),
      limit: String(limit),
    });
    return api.request<PullReply>(
      { method: 'GET', path: `/api/sync/${collection}?${query}`, signal },
      pullReplySchema,
    );
  },
  push: (collection, body, signal) =>
    api.request<PushReply>(
      { method: 'POST', path: `/api/sync/${collection}`, body, signal },
      pushReplySchema,
    ),
  digests: (collection, prefix, signal) =>
    api.request<DigestsReply>(
      { method: 'GET', path: `/api/sync/${collection}/digests?prefix=${prefix}`, signal },
      digestsReplySchema,
    ),
  documents: (collection, ids, signal) =>
    api.request<DocumentsReply>(
      { method: 'GET', path: `/api/sync/${collection}/documents?ids=${ids.join(',')}`, signal },
      documentsReplySchema,
    ),
  origins: (collection, ids, signal) =>
    api.request<OriginsReply>(
      { method: 'GET', path: `/api/sync/${collection}/origins?ids=${ids.join(',')}`, signal },
      originsReplySchema,
    ),
  status: (signal) =>
    api.request<StatusReply>(
      { method: 'GET', path: '/api/sync/status', signal },
      statusReplySchema,
    ),
});

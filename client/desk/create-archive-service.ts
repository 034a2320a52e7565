import type { Observable } from 'rxjs';
import type { Invoice } from '../../schemas/invoices';
import { type ArchivePage, archivePageSchema } from '../../shared/protocol/archive-messages';
import { LIMITS } from '../../shared/protocol/limits';
import { type DocumentsReply, documentsReplySchema } from '../../shared/protocol/messages';
import type { ApiClient } from '../http/api-client';
import type { ArchiveService } from '../services/archive-service';
import { parseServerDocument } from '../sync/pull-handler';

/** The server's invoices to look at: nothing of them is stored here. */
export const createArchiveService = ({
  api,
  heldFrom$,
}: {
  api: ApiClient;
  heldFrom$: Observable<string | null>;
}): ArchiveService => {
  const page: ArchiveService['page'] = async (filter, before) => {
    const query = new URLSearchParams({ ...filter, limit: String(LIMITS.archivePage) });
    if (before !== undefined) query.set('before', before);
    const { documents, next } = await api.request<ArchivePage>(
      { method: 'GET', path: `/api/archive/invoices?${query}` },
      archivePageSchema,
    );
    return { invoices: documents.map((value) => parseServerDocument('invoices', value)), next };
  };
  return {
    heldFrom$,
    page,
    async notesOf(id) {
      const found: Invoice[] = [];
      for (let before: string | undefined; ; ) {
        const { invoices, next } = await page({ notesOf: id }, before);
        found.push(...invoices);
        if (next === null) return found;
        before = next;
      }
    },
    async find(id) {
      const { documents } = await api.request<DocumentsReply>(
        { method: 'GET', path: `/api/sync/invoices/documents?ids=${encodeURIComponent(id)}` },
        documentsReplySchema,
      );
      const [found] = documents;
      return found === undefined ? null : parseServerDocument('invoices', found.document);
    },
  };
};

import {
  type AuditExport,
  type AuditPage,
  auditExportSchema,
  auditPageSchema,
  type Verification,
  verificationSchema,
} from '../../shared/protocol/audit-messages';
import type { ApiClient } from '../http/api-client';
import type { AuditService } from '../services/audit-service';
import type { AuditNotes } from './create-audit-notes';

const PAGE = 100;

/** The owner's log; it lives on the server only. */
export const createAuditService = ({
  api,
  slow,
  notes,
}: {
  api: ApiClient;
  /** For what reads all that the server has. */
  slow: ApiClient;
  notes: AuditNotes;
}): AuditService => ({
  page: (filter, before) => {
    const query = new URLSearchParams({ ...filter, limit: String(PAGE) });
    if (before !== undefined) query.set('before', before);
    return api.request<AuditPage>({ method: 'GET', path: `/api/audit?${query}` }, auditPageSchema);
  },
  export: (filter) =>
    slow.request<AuditExport>(
      { method: 'POST', path: '/api/audit/exports', body: filter },
      auditExportSchema,
    ),
  verify: () =>
    slow.request<Verification>({ method: 'POST', path: '/api/verifications' }, verificationSchema),
  noteExport: (list, count) => notes.add({ action: 'listExported', details: { list, count } }),
});

import {
  type CodeReply,
  codeReplySchema,
  type SetupStatus,
  setupStatusSchema,
} from '../../shared/protocol/messages';
import type { ApiClient } from '../http/api-client';
import type { SetupService } from '../services/setup-service';

export const createSetupService = (api: ApiClient): SetupService => ({
  isNeeded: async () =>
    (await api.request<SetupStatus>({ method: 'GET', path: '/api/setup' }, setupStatusSchema))
      .needed,
  setUp: (body) =>
    api.request<CodeReply>({ method: 'POST', path: '/api/setup', body }, codeReplySchema),
});

import { Type } from '@sinclair/typebox';
import { type FleetReply, fleetReplySchema } from '../../shared/protocol/fleet-messages';
import {
  type CodeReply,
  codeReplySchema,
  type TerminalList,
  terminalListSchema,
} from '../../shared/protocol/messages';
import type { ApiClient } from '../http/api-client';
import type { TerminalsService } from '../services/terminals-service';

/** The owner's view of the store's terminals; lives on the server only. */
export const createTerminalsService = (api: ApiClient): TerminalsService => ({
  board: () => api.request<FleetReply>({ method: 'GET', path: '/api/fleet' }, fleetReplySchema),
  list: async () =>
    (await api.request<TerminalList>({ method: 'GET', path: '/api/terminals' }, terminalListSchema))
      .terminals,
  newCode: () =>
    api.request<CodeReply>(
      { method: 'POST', path: '/api/terminals/codes', body: {} },
      codeReplySchema,
    ),
  rename: async (id, name) => {
    await api.request(
      { method: 'PATCH', path: `/api/terminals/${encodeURIComponent(id)}`, body: { name } },
      Type.Unknown(),
    );
  },
  revoke: async (id) => {
    await api.request(
      { method: 'DELETE', path: `/api/terminals/${encodeURIComponent(id)}` },
      Type.Unknown(),
    );
  },
});

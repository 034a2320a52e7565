import { type Request, Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import {
  type AuditFilter,
  type AuditNotesRequest,
  auditFilterSchema,
  auditNotesRequestSchema,
} from '../../shared/protocol/audit-messages';
import { exportAudit, placeOf, readAudit } from '../audit/read-audit';
import { writeAudit } from '../audit/write-audit';
import type { Caller } from '../auth/sessions';
import type { ServerContext } from '../context';
import type { StoreScope } from '../store/port';
import { requireCaller, requirePermission } from './caller';
import { parseBody, readJson } from './read-json';

const PAGE_MAX = 500;

/**
 * Who told it of somebody else, and whether that person was ever seen at this terminal: a hostile sender may name anybody,
 * and whoever only ever worked there without a connection is no liar, so it is marked, and not refused.
 */
async function toldFor(
  { auth }: StoreScope,
  { userId, terminal, user }: Caller & { userId: string },
): Promise<Record<string, unknown>> {
  const isSeen = await auth.hasLoggedIn(terminal.id, userId);
  return { toldBy: user.id, ...(isSeen ? {} : { neverSeenHere: true }) };
}

/** The log of who did what: the owner reads it, terminals tell what no document shows, nobody changes it. */
export function auditRoutes(context: ServerContext): Router {
  const { store, ports } = context;
  const routes = Router();
  const requireReader = (request: Request): Promise<Caller> =>
    requirePermission(context, request, 'readAudit');

  routes.get('/', async (request, response) => {
    const { terminal } = await requireReader(request);
    const { limit: asked, before, ...rest } = request.query;
    const limit = typeof asked === 'string' && /^[1-9]\d{0,2}$/.test(asked) ? Number(asked) : 0;
    if (limit < 1 || limit > PAGE_MAX) throw new AppError('BAD_REQUEST', { path: '/limit' });
    if (before !== undefined && typeof before !== 'string') throw new AppError('BAD_REQUEST');
    const filter = parseBody<AuditFilter>(auditFilterSchema, { ...rest });
    const scope = store.scope(terminal.storeId);
    response.json(await readAudit(scope, { filter, before: placeOf(before), limit }));
  });

  routes.post('/exports', ...readJson, async (request, response) => {
    const { terminal, user } = await requireReader(request);
    const filter = parseBody<AuditFilter>(auditFilterSchema, request.body);
    const scope = store.scope(terminal.storeId);
    const reply = await exportAudit(scope, filter);
    await writeAudit(scope, ports, {
      actor: user.id,
      terminalId: terminal.id,
      action: 'auditExported',
      details: { ...filter, count: reply.entries.length },
    });
    response.json(reply);
  });

  routes.post('/notes', ...readJson, async (request, response) => {
    const { terminal, user } = await requireCaller(context, request);
    const { notes } = parseBody<AuditNotesRequest>(auditNotesRequestSchema, request.body);
    const at = instant(ports.clock.now());
    await store.transaction(terminal.storeId, async (scope) => {
      for (const { id, userId, action, details, at: there } of notes) {
        const by = userId === user.id ? {} : await toldFor(scope, { userId, terminal, user });
        const told = { ...details, at: there, ...by };
        const entry = { id, at, actor: userId, terminalId: terminal.id, action, details: told };
        await scope.journal.audit(entry);
      }
    });
    response.status(204).end();
  });
  return routes;
}

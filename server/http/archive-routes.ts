import { Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import {
  type ArchiveFilter,
  archiveFilterSchema,
  type StoreChange,
  storeChangeSchema,
} from '../../shared/protocol/archive-messages';
import { LIMITS } from '../../shared/protocol/limits';
import { setKeepDays } from '../archive/keep-days';
import { archivePlaceOf, readArchive } from '../archive/read-archive';
import type { ServerContext } from '../context';
import { requireCaller, requirePermission } from './caller';
import { parseBody, readSmallJson } from './read-json';

/** Invoices of the session's own store, those that terminals no longer hold too; for whoever may pull invoices. */
export function archiveRoutes(context: ServerContext): Router {
  const routes = Router();
  routes.get('/invoices', async (request, response) => {
    const { terminal } = await requireCaller(context, request);
    const { limit: asked, before, ...rest } = request.query;
    const limit = typeof asked === 'string' && /^[1-9]\d{0,2}$/.test(asked) ? Number(asked) : 0;
    if (limit < 1 || limit > LIMITS.archivePage) {
      throw new AppError('BAD_REQUEST', { path: '/limit' });
    }
    if (before !== undefined && typeof before !== 'string') throw new AppError('BAD_REQUEST');
    const filter = parseBody<ArchiveFilter>(archiveFilterSchema, { ...rest });
    const scope = context.store.scope(terminal.storeId);
    const page = await readArchive(scope, { filter, before: archivePlaceOf(before), limit });
    response.type('application/json').send(page);
  });
  return routes;
}

/** What the owner says of the session's own store. */
export function storeRoutes(context: ServerContext): Router {
  const routes = Router();
  routes.patch('/', ...readSmallJson, async (request, response) => {
    const { terminal, user } = await requirePermission(context, request, 'manageTerminals');
    const { keepDays } = parseBody<StoreChange>(storeChangeSchema, request.body);
    const by = { actor: user.id, terminalId: terminal.id };
    response.json({ store: await setKeepDays(context, terminal.storeId, { keepDays, ...by }) });
  });
  return routes;
}

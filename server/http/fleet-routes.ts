import { Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import type { ServerContext } from '../context';
import { keepReport } from '../fleet/keep-report';
import { parseReport } from '../fleet/parse-report';
import { readFleet } from '../fleet/read-fleet';
import { requireCaller, requirePermission } from './caller';
import { readSmallJson } from './read-json';

/** What a terminal says of itself: whoever it is, the request's own cookies say, and nothing in the body. */
export function reportRoutes(context: ServerContext): Router {
  const routes = Router();
  routes.post('/report', ...readSmallJson, async (request, response) => {
    const { terminal } = await requireCaller(context, request);
    await keepReport(context, terminal, parseReport(request.body));
    response.status(204).end();
  });
  return routes;
}

/** The owner's board: the session's own store, never another. */
export function fleetRoutes(context: ServerContext): Router {
  const { store, ports } = context;
  const routes = Router();
  routes.get('/', async (request, response) => {
    const { terminal } = await requirePermission(context, request, 'readFleet');
    const scope = store.scope(terminal.storeId);
    const stored = await scope.self();
    if (stored === null) throw new AppError('SESSION_EXPIRED');
    response.json(await readFleet(scope, stored, ports.clock));
  });
  return routes;
}

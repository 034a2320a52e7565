import { Router } from 'express';
import type { ServerContext } from '../context';

/**
 * live: the process answers. ready: it can do its work, so that a balancer leaves out a node whose database does not
 * answer, takes no writes or is not brought up to date, or that is about to stop. The answer says which.
 */
export function healthRoutes({ store, life }: ServerContext): Router {
  const routes = Router();
  routes.get('/live', (_request, response) => {
    response.setHeader('cache-control', 'no-store').json({ status: 'live' });
  });
  routes.get('/ready', async (_request, response) => {
    const status = life.phase === 'serving' ? await store.readiness() : 'stopping';
    response
      .setHeader('cache-control', 'no-store')
      .status(status === 'ready' ? 200 : 503)
      .json({ status });
  });
  return routes;
}

import { Router } from 'express';
import type { ServerContext } from '../context';

/** live: the process answers. ready: it can do its work, which needs the database. */
export function healthRoutes({ store }: ServerContext): Router {
  const routes = Router();
  routes.get('/live', (_request, response) => {
    response.setHeader('cache-control', 'no-store').json({ status: 'live' });
  });
  routes.get('/ready', async (_request, response) => {
    const ready = await store.ready();
    response
      .setHeader('cache-control', 'no-store')
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ready' : 'unavailable' });
  });
  return routes;
}

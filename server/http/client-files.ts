import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import type { ServerContext } from '../context';

const NONCE = '__CSP_NONCE__';

/**
 * The built client. Files whose name carries a hash never change; the page itself gets the nonce of its response, and,
 * like the service worker, is asked for again each time. Any other path of a person's navigation is the page.
 */
export function clientFiles({ clientDir, store }: ServerContext): Router {
  const routes = Router();
  if (clientDir === null) return routes;
  const template = readFileSync(path.join(clientDir, 'index.html'), 'utf8');
  const page: RequestHandler = (_request, response) => {
    response
      .setHeader('cache-control', 'no-cache')
      .type('html')
      .send(template.replaceAll(NONCE, String(response.locals['nonce'])));
  };
  routes.get(['/', '/index.html'], page);
  /* The laboratory has data of its own only, and is there to be looked at: a server of real stores has no use for it. */
  routes.use('/lab', async (_request, _response, next) => {
    if (!(await store.stores()).some(({ demo }) => demo)) throw new AppError('NOT_FOUND');
    next();
  });
  routes.use(
    express.static(clientDir, {
      index: false,
      setHeaders: (response, file) => {
        const hashed = file.includes(`${path.sep}assets${path.sep}`);
        response.setHeader(
          'cache-control',
          hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    }),
  );
  routes.get(/^\/(?!api\/|health\/|metrics)/, (request, response, next) => {
    if (request.accepts('html') === false || path.extname(request.path) !== '') return next();
    page(request, response, next);
  });
  return routes;
}

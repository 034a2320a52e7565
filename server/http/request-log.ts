import type { RequestHandler } from 'express';
import type { ServerContext } from '../context';

/** One line a request, without bodies, cookies or queries; the id is in the reply and in every error. */
export const requestLog =
  ({ log, ports }: ServerContext): RequestHandler =>
  (request, response, next) => {
    const requestId = ports.ids.newId();
    const started = ports.clock.now();
    response.locals['requestId'] = requestId;
    response.setHeader('x-request-id', requestId);
    const { method, path } = request;
    response.on('finish', () => {
      const ms = ports.clock.now() - started;
      log.info({ requestId, method, path, status: response.statusCode, ms }, 'request');
    });
    next();
  };

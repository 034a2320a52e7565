import type { RequestHandler } from 'express';
import type { ServerContext } from '../context';
import { routeOf } from './route-of';

/** An id that a balancer in front gave: short, and of nothing that a log or a header could take for its own. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/**
 * One line a request, without bodies, cookies or queries; the id is in the reply and in every error. It is that of
 * `X-Request-Id` where that is well-formed, so that a request is found in the logs of all that it went through.
 */
export const requestLog =
  ({ log, ports, metrics }: ServerContext): RequestHandler =>
  (request, response, next) => {
    const given = request.headers['x-request-id'];
    const requestId =
      typeof given === 'string' && REQUEST_ID.test(given) ? given : ports.ids.newId();
    const started = ports.clock.now();
    response.locals['requestId'] = requestId;
    response.setHeader('x-request-id', requestId);
    const { method, path } = request;
    response.on('finish', () => {
      const ms = ports.clock.now() - started;
      const { statusCode: status } = response;
      log.info({ requestId, method, path, status, ms }, 'request');
      const route = routeOf(request, path);
      metrics?.requestEnded({ method, route, status, seconds: Math.max(0, ms) / 1000 });
    });
    next();
  };

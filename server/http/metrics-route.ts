import { type Request, Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import { tokenHash } from '../auth/tokens';
import type { ServerContext } from '../context';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
/** What proxies add: whoever comes through one on this machine is not from this machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** By their hashes: how long that takes says nothing of the token. */
const sameToken = (given: string, wanted: string): boolean =>
  tokenHash(given) === tokenHash(wanted);

/**
 * What the server counts of itself, in Prometheus' format. For whoever shows METRICS_TOKEN (`Authorization: Bearer`), or,
 * where none is set, for this machine itself. Everybody else finds nothing here.
 */
export function metricsRoute({ metrics, metricsToken, trustProxy }: ServerContext): Router {
  const routes = Router();
  const mayRead = (request: Request): boolean => {
    if (metricsToken !== '') {
      const [, given = ''] = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '') ?? [];
      return sameToken(given, metricsToken);
    }
    const isForwarded = trustProxy > 0 || FORWARDED.some((name) => name in request.headers);
    return !isForwarded && LOOPBACK.test(request.socket.remoteAddress ?? '');
  };
  routes.get('/', async (request, response) => {
    if (metrics === null || !mayRead(request)) throw new AppError('NOT_FOUND');
    const { type, body } = await metrics.text();
    response.setHeader('cache-control', 'no-store').setHeader('content-type', type).send(body);
  });
  return routes;
}

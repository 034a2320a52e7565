import type { RequestHandler } from 'express';
import { AppError } from '../../shared/errors/app-error';
import type { ServerContext } from '../context';

/**
 * A node that is about to stop keeps no connection: each answer ends its own, and the next request finds another node. Once
 * it is stopping, what still comes over a connection that was kept is not begun.
 */
export const leaving =
  ({ life }: ServerContext): RequestHandler =>
  (request, response, next) => {
    if (life.phase !== 'serving') response.setHeader('connection', 'close');
    if (life.phase === 'closing' && request.path.startsWith('/api/')) {
      throw new AppError('SHUTTING_DOWN');
    }
    next();
  };

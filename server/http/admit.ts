import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../../shared/errors/app-error';
import type { Admission, Asker, Place } from './admission';

/** A place for this request, given up when its answer is out or its sender is gone. */
export function placeFor(admission: Admission, response: Response, asker: Asker): Place {
  const place = admission.reserve(asker);
  const leave = (): void => place.leave();
  response.once('finish', leave);
  response.once('close', leave);
  return place;
}

const PLACE = 'place';

/**
 * The same before a byte of the body is read, at a route whose earlier handler has found out who asks (`locals.asker`);
 * `admitted` then does the work in its turn. A body that comes slowly holds a place of its own store, and no work.
 */
export const reserved =
  (admission: Admission): RequestHandler =>
  (_request, response, next) => {
    response.locals[PLACE] = placeFor(admission, response, response.locals['asker'] as Asker);
    next();
  };

/** A handler that waits for its turn; `reserved` stands before it. */
export const admitted =
  (handler: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  async (request, response) => {
    const place = response.locals[PLACE] as Place | undefined;
    if (place === undefined) throw new AppError('INTERNAL', { missing: PLACE });
    await place.work(() => handler(request, response));
  };

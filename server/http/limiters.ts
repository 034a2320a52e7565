import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { AppError } from '../../shared/errors/app-error';

const WINDOW_MS = 5 * 60 * 1000;

const refuse: RequestHandler = () => {
  throw new AppError('TOO_MANY_REQUESTS');
};

const address = (request: Request): string => ipKeyGenerator(request.ip ?? '');

/** An account belongs to a store, which is known by its terminal: elsewhere the same name is somebody else. */
const account = (request: Request): string => {
  const body = request.body as { userName?: unknown } | undefined;
  const name = typeof body?.userName === 'string' ? body.userName.trim().toLowerCase() : '';
  const terminal = request.res?.locals['terminal'] as { id: string } | undefined;
  return `${terminal?.id ?? ''}:${name.slice(0, 40)}`;
};

const limiter = (limit: number, keyGenerator: (request: Request) => string): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MS,
    limit,
    keyGenerator,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: refuse,
  });

/** Wrong passwords slow down, per account and per address; the window passes, nobody is locked out for good (S10). */
export const loginLimiters = (): [RequestHandler, RequestHandler] => [
  limiter(10, account),
  limiter(60, address),
];

/** Whoever names a terminal that there is not, from one address; terminals behind one router have room. */
export const strangerLimiter = (): RequestHandler => limiter(120, address);

/** Guessing enrolment codes. */
export const codeLimiter = (): RequestHandler => limiter(20, address);

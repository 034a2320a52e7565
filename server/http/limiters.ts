import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit, type Store as WindowStore } from 'express-rate-limit';
import { AppError } from '../../shared/errors/app-error';
import { tokenHash } from '../auth/tokens';
import type { ServerContext } from '../context';

const WINDOW_MS = 5 * 60 * 1000;

const refuse: RequestHandler = () => {
  throw new AppError('TOO_MANY_REQUESTS');
};

/** Where a response keeps the store that its request's attempts are counted in. */
const ATTEMPT_STORE = 'attemptStore';

/** What is tried at a terminal is counted in that terminal's store; what comes from nobody known, in none. */
export const countFor = (response: Response, storeId: string): void => {
  response.locals[ATTEMPT_STORE] = storeId;
};

/** A window of attempts in the store's database, which all nodes share: a balancer in front multiplies no limit. */
function sharedWindows({ store, ports, log }: ServerContext): WindowStore {
  /* A key is the store, and a hash of who it is: what is kept names nobody. */
  const split = (key: string) => {
    const at = key.indexOf(' ');
    return { limits: store.limits(key.slice(0, at)), hash: key.slice(at + 1) };
  };
  return {
    localKeys: false,
    async increment(key) {
      const { limits, hash } = split(key);
      const window = { now: ports.clock.now(), windowMs: WINDOW_MS };
      const { hits, resetsAt } = await limits.hit(hash, window);
      return { totalHits: hits, resetTime: new Date(resetsAt) };
    },
    async decrement(key) {
      const { limits, hash } = split(key);
      /* Asked for after the answer: nobody is there any more who could hear of an error. */
      await limits.undo(hash).catch((err: unknown) => log.warn({ err }, 'attempt still counted'));
    },
    async resetKey(key) {
      const { limits, hash } = split(key);
      await limits.forget(hash);
    },
  };
}

type KeyOf = (request: Request) => string;

const address: KeyOf = (request) => ipKeyGenerator(request.ip ?? '');

/** At each terminal by itself: one that guesses keeps nobody from logging in at another. */
const account: KeyOf = (request) => {
  const body = request.body as { userName?: unknown } | undefined;
  const name = typeof body?.userName === 'string' ? body.userName.trim().toLowerCase() : '';
  const terminal = request.res?.locals['terminal'] as { id: string } | undefined;
  /* Attempts under a terminal's bare name are counted apart: who has its cookie is never kept out by them. */
  const by = request.res?.locals['byName'] === true ? 'name:' : '';
  return `${by}${terminal?.id ?? ''}:${name.slice(0, 40)}`;
};

const limiter = (
  context: ServerContext,
  { name, limit, keyOf }: { name: string; limit: number; keyOf: KeyOf },
): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MS,
    limit,
    store: sharedWindows(context),
    keyGenerator: (request, response) =>
      `${response.locals[ATTEMPT_STORE] ?? ''} ${tokenHash(`${name}:${keyOf(request)}`)}`,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: refuse,
  });

/** Wrong passwords slow down, per account and per address; the window passes, nobody is locked out for good (S10). */
export const loginLimiters = (context: ServerContext): [RequestHandler, RequestHandler] => [
  limiter(context, { name: 'account', limit: 10, keyOf: account }),
  limiter(context, { name: 'address', limit: 60, keyOf: address }),
];

/** Whoever names a terminal that there is not, from one address; terminals behind one router have room. */
export const strangerLimiter = (context: ServerContext): RequestHandler =>
  limiter(context, { name: 'stranger', limit: 120, keyOf: address });

/** Guessing enrolment codes. */
export const codeLimiter = (context: ServerContext): RequestHandler =>
  limiter(context, { name: 'code', limit: 20, keyOf: address });

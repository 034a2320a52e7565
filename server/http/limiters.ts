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

interface Asking {
  terminal?: { id: string };
  byName?: boolean;
}

/**
 * Whoever shows a terminal's credential is counted as that terminal, and nobody else's attempts are counted against it: a
 * stranger behind the same router keeps nobody from logging in.
 */
const knownOrAddress: KeyOf = (request) => {
  const { terminal, byName } = (request.res?.locals ?? {}) as Asking;
  return terminal === undefined || byName === true ? address(request) : `terminal:${terminal.id}`;
};

/** At each terminal by itself: one that guesses keeps nobody from logging in at another. */
const account: KeyOf = (request) => {
  const body = request.body as { userName?: unknown } | undefined;
  const name = typeof body?.userName === 'string' ? body.userName.trim().toLowerCase() : '';
  const { terminal, byName } = (request.res?.locals ?? {}) as Asking;
  /* Attempts under a terminal's bare name are counted apart: who has its cookie is never kept out by them. */
  const by = byName === true ? 'name:' : '';
  return `${by}${terminal?.id ?? ''}:${name.slice(0, 40)}`;
};

const limiter = (
  context: ServerContext,
  {
    name,
    limit,
    keyOf,
    counts = 'failures',
    skip = () => false,
  }: {
    name: string;
    limit: number;
    keyOf: KeyOf;
    counts?: 'all' | 'failures';
    skip?: (request: Request, response: Response) => boolean;
  },
): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MS,
    limit,
    store: sharedWindows(context),
    keyGenerator: (request, response) =>
      `${response.locals[ATTEMPT_STORE] ?? ''} ${tokenHash(`${name}:${keyOf(request)}`)}`,
    skipSuccessfulRequests: counts === 'failures',
    skip,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: refuse,
  });

/** Wrong passwords slow down, per account and per address; the window passes, nobody is locked out for good (S10). */
export const loginLimiters = (context: ServerContext): [RequestHandler, RequestHandler] => [
  limiter(context, { name: 'account', limit: 10, keyOf: account }),
  limiter(context, { name: 'address', limit: 60, keyOf: knownOrAddress }),
];

/** Whoever shows no terminal's credential, from one address; terminals behind one router have room. */
export const strangerLimiter = (context: ServerContext): RequestHandler =>
  limiter(context, {
    name: 'stranger',
    limit: 120,
    keyOf: address,
    skip: (_request, response) => (response.locals as Asking).terminal !== undefined,
  });

/** Challenges are kept until they expire, so asking for one counts even when it is given. */
export const challengeLimiter = (context: ServerContext): RequestHandler =>
  limiter(context, { name: 'challenge', limit: 240, keyOf: knownOrAddress, counts: 'all' });

/** Guessing enrolment codes. */
export const codeLimiter = (context: ServerContext): RequestHandler =>
  limiter(context, { name: 'code', limit: 20, keyOf: address });

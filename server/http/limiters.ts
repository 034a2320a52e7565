import type { Request, RequestHandler, Response } from 'express';
import {
  ipKeyGenerator,
  type RateLimitInfo,
  rateLimit,
  type Store as WindowStore,
} from 'express-rate-limit';
import { AppError } from '../../shared/errors/app-error';
import { loginName } from '../auth/sessions';
import { tokenHash } from '../auth/tokens';
import type { ServerContext } from '../context';

const WINDOW_MS = 5 * 60 * 1000;

/** By hand, like what is counted: the library tells how long to wait from the machine's clock, which need not be the server's. */
const refuse =
  ({ ports }: ServerContext): RequestHandler =>
  (request) => {
    const { resetTime } = (request as { rateLimit?: RateLimitInfo }).rateLimit ?? {};
    const waitMs = (resetTime?.getTime() ?? 0) - ports.clock.now();
    throw new AppError('TOO_MANY_REQUESTS', { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) });
  };

/** Where a response keeps the store that its request's attempts are counted in. */
const ATTEMPT_STORE = 'attemptStore';

/** What is tried at a terminal is counted in that terminal's store; what comes from nobody known, in none. */
export const countFor = (response: Response, storeId: string): void => {
  response.locals[ATTEMPT_STORE] = storeId;
};

/** A window of attempts in the store's database, which all nodes share: a balancer in front multiplies no limit. */
function sharedWindows({ store, ports }: ServerContext): WindowStore {
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
      await limits.undo(hash);
    },
    async resetKey(key) {
      const { limits, hash } = split(key);
      await limits.forget(hash);
    },
  };
}

type KeyOf = (request: Request) => string;

const address: KeyOf = (request) => ipKeyGenerator(request.ip ?? '');

/** What a request's `locals` say of who asks. */
interface Asking {
  terminal?: { id: string };
  /** It says so by its name alone, without credential or proof of a key: whoever read the id could. */
  isOnlyNamed?: boolean;
}
const asking = (request: Request): Asking => request.res?.locals ?? {};

/**
 * Whoever shows a terminal's credential, or proves its key, is counted as that terminal, and nobody else's attempts are
 * counted against it: a stranger behind the same router keeps nobody from logging in.
 */
const knownOrAddress: KeyOf = (request) => {
  const { terminal, isOnlyNamed } = asking(request);
  return terminal === undefined || isOnlyNamed === true
    ? address(request)
    : `terminal:${terminal.id}`;
};

/** A name that is shown from an address is counted for both: no id can be guessed, so strangers use up none of its. */
const knownOrNamed: KeyOf = (request) => {
  const { terminal, isOnlyNamed } = asking(request);
  return isOnlyNamed === true
    ? `name:${terminal?.id}:${address(request)}`
    : knownOrAddress(request);
};

/** At each terminal by itself: one that guesses keeps nobody from logging in at another. */
const account: KeyOf = (request) => {
  const body = request.body as { userName?: unknown } | undefined;
  const name = typeof body?.userName === 'string' ? loginName(body.userName) : '';
  const { terminal, isOnlyNamed } = asking(request);
  /* Attempts under a terminal's bare name are counted apart: who has its cookie or key is never kept out by them. */
  const by = isOnlyNamed === true ? 'name:' : '';
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
    skip?: (request: Request) => boolean;
  },
): RequestHandler => {
  const windows = sharedWindows(context);
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    store: windows,
    keyGenerator: (request, response) => {
      const key = `${response.locals[ATTEMPT_STORE] ?? ''} ${tokenHash(`${name}:${keyOf(request)}`)}`;
      if (counts === 'failures') {
        /* By hand: the library compares the window's end with the machine's clock, which need not be the server's. */
        response.once('finish', () => {
          if (response.statusCode >= 400) return;
          /* After the answer: nobody is there any more who could hear of an error. */
          Promise.resolve(windows.decrement(key)).catch((err: unknown) =>
            context.log.warn({ err }, 'attempt still counted'),
          );
        });
      }
      return key;
    },
    skip,
    standardHeaders: false,
    legacyHeaders: false,
    handler: refuse(context),
  });
};

/** Wrong passwords slow down, per account and per address; the window passes, nobody is locked out for good (S10). */
export const loginLimiters = (context: ServerContext): [RequestHandler, RequestHandler] => [
  limiter(context, { name: 'account', limit: 10, keyOf: account }),
  limiter(context, { name: 'address', limit: 60, keyOf: knownOrAddress }),
];

/** Whoever neither shows a terminal's credential nor knows its name, from one address; terminals behind one router have room. */
export const strangerLimiter = (context: ServerContext): RequestHandler =>
  limiter(context, {
    name: 'stranger',
    limit: 120,
    keyOf: address,
    skip: (request) => asking(request).terminal !== undefined,
  });

/** Challenges are kept until they expire, so asking for one counts even when it is given. */
export const challengeLimiter = (context: ServerContext): RequestHandler =>
  limiter(context, { name: 'challenge', limit: 240, keyOf: knownOrNamed, counts: 'all' });

/**
 * Guessing codes. A browser that shows a terminal's credential is counted as that terminal; one that was never enrolled
 * cannot be told from a stranger at its address.
 */
export const codeLimiter = (context: ServerContext): RequestHandler =>
  limiter(context, { name: 'code', limit: 20, keyOf: knownOrAddress });

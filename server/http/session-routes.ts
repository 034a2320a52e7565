import { type RequestHandler, Router } from 'express';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import {
  challengeRequestSchema,
  type LoginRequest,
  loginRequestSchema,
} from '../../shared/protocol/messages';
import { writeAudit } from '../audit/write-audit';
import { login, loginName, sessionReply } from '../auth/sessions';
import { newChallenge, provenKey } from '../auth/terminal-proof';
import { tokenHash } from '../auth/tokens';
import type { ServerContext } from '../context';
import type { StoredTerminal } from '../store/auth-port';
import { knownByCookie, requireCaller } from './caller';
import {
  clearSessionCookie,
  readCookie,
  SESSION_COOKIE,
  setSessionCookie,
  setTerminalCookie,
  TERMINAL_COOKIE,
} from './cookies';
import { challengeLimiter, countFor, loginLimiters, strangerLimiter } from './limiters';
import { parseBody, readSmallJson } from './read-json';

/** Whether a login is signed by the terminal's own key: then it is that terminal, whatever its browser forgot. */
function provesKey(terminal: StoredTerminal, body: unknown): boolean {
  const asked = validate<LoginRequest>(loginRequestSchema, body);
  if (!asked.ok || terminal.publicKey === '') return false;
  try {
    return provenKey(terminal, loginName(asked.value.userName), asked.value.proof) !== null;
  } catch {
    return false;
  }
}

export function sessionRoutes(context: ServerContext): Router {
  const { ports } = context;
  const routes = Router();

  /*
   * Who the terminal is, by its cookie, or by the name that it gives: a browser that was killed may have lost the cookie,
   * and proves itself by its key. Only an enrolled terminal gets as far as the limiters of accounts: else invented ones
   * would fill their table. `response.locals`: `terminal`; `needsCredential` where no cookie says so, and `isOnlyNamed`
   * where no key does either.
   */
  const named =
    (nameOf: (body: unknown) => unknown): RequestHandler =>
    async (request, response, next) => {
      if (response.locals['terminal'] === undefined) {
        const name = nameOf(request.body);
        const terminal = typeof name === 'string' ? await context.store.terminalById(name) : null;
        if (terminal !== null) {
          response.locals['terminal'] = terminal;
          response.locals['needsCredential'] = true;
          response.locals['isOnlyNamed'] = !provesKey(terminal, request.body);
        }
      }
      next();
    };
  const known: RequestHandler = (_request, response, next) => {
    const terminal = response.locals['terminal'] as StoredTerminal | undefined;
    if (terminal === undefined) throw new AppError('TERMINAL_UNKNOWN');
    countFor(response, terminal.storeId);
    next();
  };
  const byCookie = knownByCookie(context);
  const strangers = strangerLimiter(context);

  routes.post(
    '/challenge',
    byCookie,
    ...readSmallJson,
    named((body) => (body as { terminalId?: unknown } | null)?.terminalId),
    strangers,
    known,
    challengeLimiter(context),
    async (request, response) => {
      parseBody(challengeRequestSchema, request.body);
      const terminal = response.locals['terminal'] as StoredTerminal;
      response.json({ challenge: await newChallenge(context, terminal) });
    },
  );

  routes.post(
    '/',
    byCookie,
    ...readSmallJson,
    named((body) => (body as { proof?: { terminalId?: unknown } } | null)?.proof?.terminalId),
    strangers,
    known,
    ...loginLimiters(context),
    async (request, response) => {
      const body = parseBody<LoginRequest>(loginRequestSchema, request.body);
      const terminal = response.locals['terminal'] as StoredTerminal;
      const needsCredential = response.locals['needsCredential'] === true;
      const { reply, token, credential } = await login(context, terminal, body, {
        needsCredential,
      });
      /* The one that was shown, too: it would else end 400 days after the enrolment. */
      const shown = credential ?? readCookie(request, TERMINAL_COOKIE);
      if (shown !== undefined) setTerminalCookie(request, response, shown);
      setSessionCookie(request, response, token);
      response.status(201).json(reply);
    },
  );

  routes.get('/', async (request, response) => {
    response.json(await sessionReply(context, await requireCaller(context, request)));
  });

  routes.delete('/', async (request, response) => {
    const { terminal, user } = await requireCaller(context, request);
    const { of } = request.query;
    if (of !== undefined && of !== user.id) {
      /* Whose it was is gone, and somebody else has logged in since: theirs stays. */
      response.status(204).end();
      return;
    }
    const token = readCookie(request, SESSION_COOKIE) ?? '';
    await context.store.transaction(terminal.storeId, async (scope) => {
      await scope.auth.removeSession(tokenHash(token));
      const by = { actor: user.id, terminalId: terminal.id };
      await writeAudit(scope, ports, { ...by, action: 'logout' });
    });
    clearSessionCookie(request, response);
    response.status(204).end();
  });
  return routes;
}

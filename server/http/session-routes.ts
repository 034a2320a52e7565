import { type RequestHandler, Router } from 'express';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import {
  challengeRequestSchema,
  type LoginRequest,
  loginRequestSchema,
} from '../../shared/protocol/messages';
import { findTerminal, login, sessionReply } from '../auth/sessions';
import { newChallenge } from '../auth/terminal-proof';
import { tokenHash } from '../auth/tokens';
import type { ServerContext } from '../context';
import type { StoredTerminal } from '../store/port';
import { requireCaller } from './caller';
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

export function sessionRoutes(context: ServerContext): Router {
  const { ports } = context;
  const routes = Router();

  /*
   * Who the terminal is, by its cookie, or by the name that it gives: a browser that was killed may have lost the cookie,
   * and proves itself by its key. Only an enrolled terminal gets as far as the limiters of accounts: else invented ones
   * would fill their table. `response.locals`: `terminal`, and `byName` where no cookie says so.
   */
  const byCookie: RequestHandler = async (request, response, next) => {
    const cookie = readCookie(request, TERMINAL_COOKIE);
    const known = await findTerminal(context, cookie).catch((error: unknown) => {
      if (['TERMINAL_UNKNOWN', 'CREDENTIAL_LOST'].includes(errorCodeOf(error))) return null;
      throw error;
    });
    if (known !== null) response.locals['terminal'] = known;
    next();
  };
  const named =
    (nameOf: (body: unknown) => unknown): RequestHandler =>
    async (request, response, next) => {
      const known = response.locals['terminal'] as StoredTerminal | undefined;
      const name = nameOf(request.body);
      const terminal =
        known ?? (typeof name === 'string' ? await context.store.terminalById(name) : null);
      if (terminal === null) throw new AppError('TERMINAL_UNKNOWN');
      response.locals['terminal'] = terminal;
      response.locals['byName'] = known === undefined;
      countFor(response, terminal.storeId);
      next();
    };
  const strangers = strangerLimiter(context);

  routes.post(
    '/challenge',
    byCookie,
    strangers,
    ...readSmallJson,
    named((body) => (body as { terminalId?: unknown } | null)?.terminalId),
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
    strangers,
    ...readSmallJson,
    named((body) => (body as { proof?: { terminalId?: unknown } } | null)?.proof?.terminalId),
    ...loginLimiters(context),
    async (request, response) => {
      const body = parseBody<LoginRequest>(loginRequestSchema, request.body);
      const terminal = response.locals['terminal'] as StoredTerminal;
      const needsCredential = response.locals['byName'] === true;
      const { reply, token, credential } = await login(context, terminal, body, {
        needsCredential,
      });
      if (credential !== null) setTerminalCookie(request, response, credential);
      setSessionCookie(request, response, token);
      response.status(201).json(reply);
    },
  );

  routes.get('/', async (request, response) => {
    response.json(await sessionReply(context, await requireCaller(context, request)));
  });

  routes.delete('/', async (request, response) => {
    const { terminal, user } = await requireCaller(context, request);
    const token = readCookie(request, SESSION_COOKIE) ?? '';
    await context.store.transaction(terminal.storeId, async (scope) => {
      await scope.auth.removeSession(tokenHash(token));
      await scope.journal.audit({
        id: ports.ids.newId(),
        at: instant(ports.clock.now()),
        actor: user.id,
        terminalId: terminal.id,
        action: 'logout',
        details: {},
      });
    });
    clearSessionCookie(request, response);
    response.status(204).end();
  });
  return routes;
}

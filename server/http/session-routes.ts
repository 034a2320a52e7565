import { type RequestHandler, Router } from 'express';
import { type LoginRequest, loginRequestSchema } from '../../shared/protocol/messages';
import { findTerminal, login, sessionReply } from '../auth/sessions';
import { tokenHash } from '../auth/tokens';
import type { ServerContext } from '../context';
import { requireCaller } from './caller';
import {
  clearSessionCookie,
  readCookie,
  SESSION_COOKIE,
  setSessionCookie,
  TERMINAL_COOKIE,
} from './cookies';
import { countFor, loginLimiters } from './limiters';
import { parseBody, readJson } from './read-json';

export function sessionRoutes(context: ServerContext): Router {
  const routes = Router();

  /* Only an enrolled terminal gets as far as the limiters: else invented ones would fill their table. */
  const enrolled: RequestHandler = async (request, response, next) => {
    const terminal = await findTerminal(context, readCookie(request, TERMINAL_COOKIE));
    countFor(response, terminal.storeId);
    next();
  };
  routes.post('/', enrolled, readJson, ...loginLimiters(context), async (request, response) => {
    const credentials = parseBody<LoginRequest>(loginRequestSchema, request.body);
    const terminal = await findTerminal(context, readCookie(request, TERMINAL_COOKIE));
    const { reply, token } = await login(context, terminal, credentials);
    setSessionCookie(request, response, token);
    response.status(201).json(reply);
  });

  routes.get('/', async (request, response) => {
    response.json(await sessionReply(context, await requireCaller(context, request)));
  });

  routes.delete('/', async (request, response) => {
    const { terminal } = await requireCaller(context, request);
    const token = readCookie(request, SESSION_COOKIE) ?? '';
    await context.store.scope(terminal.storeId).auth.removeSession(tokenHash(token));
    clearSessionCookie(request, response);
    response.status(204).end();
  });
  return routes;
}

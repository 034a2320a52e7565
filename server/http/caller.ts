import type { Request, RequestHandler, Response } from 'express';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import { may, type Permission } from '../../shared/roles';
import { type Caller, findCaller, findTerminal } from '../auth/sessions';
import type { ServerContext } from '../context';
import { readCookie, SESSION_COOKIE, setSessionCookie, TERMINAL_COOKIE } from './cookies';

/** The terminal and user of a request. TERMINAL_UNKNOWN, CREDENTIAL_LOST, SESSION_EXPIRED, TERMINAL_REVOKED. */
export async function requireCaller(context: ServerContext, request: Request): Promise<Caller> {
  const terminal = await findTerminal(context, readCookie(request, TERMINAL_COOKIE));
  if (terminal.revokedAt !== '') throw new AppError('TERMINAL_REVOKED');
  const token = readCookie(request, SESSION_COOKIE) ?? '';
  const { user, extended } = await findCaller(context, terminal, token);
  if (extended && request.res !== undefined) setSessionCookie(request, request.res, token);
  return { terminal, user };
}

/** Sets `response.locals.terminal` where a cookie names one, for the limiters; nobody is refused here. */
export const knownByCookie =
  (context: ServerContext): RequestHandler =>
  async (request, response, next) => {
    const cookie = readCookie(request, TERMINAL_COOKIE);
    const known = await findTerminal(context, cookie).catch((error: unknown) => {
      if (['TERMINAL_UNKNOWN', 'CREDENTIAL_LOST'].includes(errorCodeOf(error))) return null;
      throw error;
    });
    if (known !== null) response.locals['terminal'] = known;
    next();
  };

/** As `requireCaller`, for whoever may do this at all. FORBIDDEN. */
export async function requirePermission(
  context: ServerContext,
  request: Request,
  permission: Permission,
): Promise<Caller> {
  const caller = await requireCaller(context, request);
  if (!may(caller.user.role, permission)) throw new AppError('FORBIDDEN');
  return caller;
}

const CALLER = 'caller';

/** The same before a byte of the body is read; `permittedCaller` is then who asks, without being looked up again. */
export const permitted =
  (context: ServerContext, permission: Permission): RequestHandler =>
  async (request, response, next) => {
    response.locals[CALLER] = await requirePermission(context, request, permission);
    next();
  };

/** Who asks, at a route that `permitted` stands before. */
export const permittedCaller = (response: Response): Caller => response.locals[CALLER] as Caller;

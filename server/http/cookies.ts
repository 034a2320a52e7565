import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { SESSION_MS } from '../auth/sessions';

export const TERMINAL_COOKIE = 'mostrador_terminal';
export const SESSION_COOKIE = 'mostrador_session';

const TERMINAL_MS = 400 * 24 * 3600 * 1000;

export const readCookie = (request: Request, name: string): string | undefined =>
  parseCookie(request.headers.cookie ?? '')[name];

const set = (request: Request, response: Response, name: string, value: string, maxAge: number) =>
  response.cookie(name, value, {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: '/api',
    maxAge,
  });

export const setTerminalCookie = (
  request: Request,
  response: Response,
  credential: string,
): void => {
  set(request, response, TERMINAL_COOKIE, credential, TERMINAL_MS);
};

export const setSessionCookie = (request: Request, response: Response, token: string): void => {
  set(request, response, SESSION_COOKIE, token, SESSION_MS);
};

export const clearSessionCookie = (request: Request, response: Response): void => {
  response.clearCookie(SESSION_COOKIE, {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: '/api',
  });
};

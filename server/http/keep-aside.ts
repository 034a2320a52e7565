import type { RequestHandler } from 'express';
import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import { findTerminal } from '../auth/sessions';
import type { ServerContext } from '../context';
import { requireCaller } from './caller';
import { readCookie, TERMINAL_COOKIE } from './cookies';
import { readText } from './read-json';

/** Bodies of revoked terminals that a store keeps; more would let one fill the disk. */
const QUARANTINE_MAX = 1000;

/**
 * Reads the body of a push as text, once the sender is known: a stranger's is not even read. What a revoked terminal
 * sends is not applied, and not lost: it is kept aside for the owner (F22).
 */
export const keepAside = (context: ServerContext): RequestHandler[] => {
  const { store, ports } = context;
  return [
    async (request, response, next) => {
      const terminal = await findTerminal(context, readCookie(request, TERMINAL_COOKIE));
      response.locals['revoked'] = terminal.revokedAt !== '';
      if (terminal.revokedAt === '') await requireCaller(context, request);
      next();
    },
    readText,
    async (request, response, next) => {
      if (response.locals['revoked'] !== true) return next();
      const terminal = await findTerminal(context, readCookie(request, TERMINAL_COOKIE));
      const { journal } = store.scope(terminal.storeId);
      if ((await journal.quarantined()) < QUARANTINE_MAX) {
        await journal.quarantine({
          id: ports.ids.newId(),
          at: instant(ports.clock.now()),
          terminalId: terminal.id,
          collection: String(request.params['collection']).slice(0, 40),
          body: String(request.body),
        });
      }
      throw new AppError('TERMINAL_REVOKED');
    },
  ];
};

import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { isCollectionName } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import { findTerminal } from '../auth/sessions';
import type { ServerContext } from '../context';
import { requireCaller } from './caller';
import { readCookie, TERMINAL_COOKIE } from './cookies';
import { readText } from './read-json';

/** Bodies of revoked terminals that a store keeps; more would let one fill the disk. */
export const QUARANTINE_MAX = 256;

/** A terminal that is refused tries the same again: under an id that follows from the content it is kept once. */
const contentId = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * Keeps a body of a revoked terminal for the owner, once. False where the store keeps too many already and this one is not
 * among them: nothing was kept, which the owner finds in the log.
 */
async function isKept(
  { store, ports }: ServerContext,
  entry: { storeId: string; terminalId: string; collection: string; body: string },
): Promise<boolean> {
  const { terminalId, collection } = entry;
  /* Not every database keeps a NUL in text; in JSON it could only stand where it is no JSON. */
  const body = entry.body.replaceAll('\u0000', '');
  const id = contentId(terminalId, collection, body);
  const at = instant(ports.clock.now());
  return store.transaction(entry.storeId, async ({ journal }) => {
    if (await journal.hasKeptAside(id)) return true;
    if ((await journal.quarantined()) >= QUARANTINE_MAX) {
      const full = { id: contentId(terminalId, 'quarantineFull'), at, actor: '', terminalId };
      await journal.audit({ ...full, action: 'quarantineFull', details: { max: QUARANTINE_MAX } });
      return false;
    }
    await journal.quarantine({ id, at, terminalId, collection, body });
    /* Under the same id: what is kept once is in the log once. */
    const details = { collection, bytes: Buffer.byteLength(body) };
    await journal.audit({ id, at, actor: '', terminalId, action: 'keptAside', details });
    return true;
  });
}

/** The same; QUARANTINE_FULL where nothing was kept, so that nobody is told that it was. */
export async function keepBodyAside(...of: Parameters<typeof isKept>): Promise<void> {
  if (!(await isKept(...of))) throw new AppError('QUARANTINE_FULL');
}

/**
 * Reads the body of a push as text, once the sender is known and let in by `admit`: else it is not even read. What a revoked terminal
 * sends is not applied, and not lost: it is kept aside for the owner (F22), or stays on the terminal (QUARANTINE_FULL).
 */
export const keepAside = (context: ServerContext, admit: RequestHandler): RequestHandler[] => {
  return [
    async (request, response, next) => {
      if (!isCollectionName(request.params['collection'])) throw new AppError('UNKNOWN_COLLECTION');
      const terminal = await findTerminal(context, readCookie(request, TERMINAL_COOKIE));
      response.locals['revoked'] = terminal.revokedAt !== '';
      response.locals['asker'] = { storeId: terminal.storeId, terminalId: terminal.id };
      if (terminal.revokedAt === '') await requireCaller(context, request);
      next();
    },
    admit,
    readText,
    async (request, response, next) => {
      if (response.locals['revoked'] !== true) return next();
      const terminal = await findTerminal(context, readCookie(request, TERMINAL_COOKIE));
      await keepBodyAside(context, {
        storeId: terminal.storeId,
        terminalId: terminal.id,
        collection: String(request.params['collection']),
        body: String(request.body),
      });
      throw new AppError('TERMINAL_REVOKED');
    },
  ];
};

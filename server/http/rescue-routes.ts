import { Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import { type RescueRequest, rescueRequestSchema } from '../../shared/protocol/rescue-messages';
import type { ServerContext } from '../context';
import type { StoredTerminal } from '../store/auth-port';
import { applyPush } from '../sync/apply-push';
import { isProvenRescue } from '../sync/check-rescue-proof';
import { permitted, permittedCaller } from './caller';
import { keepBodyAside } from './keep-aside';
import { parseBody, readJson } from './read-json';
import { collectionOf, refuseTooManyRows } from './sync-routes';

/**
 * What one terminal had pending, brought in by another: the one exception to "a terminal sends its own documents only"
 * (S12). Somebody with `importRescue` vouches for the file; every row is then checked as if its own terminal had pushed
 * it, its author's role among the rest, and is recognised when that terminal syncs later.
 */
export function rescueRoutes(context: ServerContext): Router {
  const { store, ports } = context;
  const routes = Router();
  const known = permitted(context, 'importRescue');

  routes.post('/:collection', known, ...readJson, async (request, response) => {
    const { terminal, user } = permittedCaller(response);
    const collection = collectionOf(request);
    refuseTooManyRows(request.body);
    const asked = parseBody<RescueRequest>(rescueRequestSchema, request.body);
    const { terminalId, fileId, madeAt, epoch, rows } = asked;
    const { storeId } = terminal;
    const maker = await terminalOf(context, storeId, terminalId);
    if (maker.revokedAt !== '') {
      /* The same text as the terminal itself would send: what it has handed over already is not kept twice (F22). */
      const states = rows.map(({ newDocumentState }) => ({ newDocumentState }));
      const body = JSON.stringify({ epoch, rows: states });
      await keepBodyAside(context, { storeId, terminalId, collection, body });
      throw new AppError('RESCUE_REVOKED');
    }
    response.json(
      await applyPush({
        store,
        ports,
        storeId,
        collection,
        sender: {
          userId: user.id,
          role: user.role,
          terminalId: maker.id,
          terminalNumber: maker.number,
          publicKey: maker.publicKey,
          signedFrom: maker.signedFrom,
        },
        request: { epoch, rows },
        rescue: { fileId, madeAt, isProven: isProvenRescue(maker, collection, asked) },
      }),
    );
  });
  return routes;
}

/** The terminal of a file, in this store; RESCUE_FOREIGN where the store has none of this id. */
async function terminalOf(
  { store }: ServerContext,
  storeId: string,
  terminalId: string,
): Promise<StoredTerminal> {
  const terminals = await store.scope(storeId).auth.terminals();
  const found = terminals.find(({ id }) => id === terminalId);
  if (found === undefined) throw new AppError('RESCUE_FOREIGN');
  return found;
}

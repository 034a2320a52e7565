import { Router } from 'express';
import { instant } from '../../shared/ports/clock';
import type { Verification } from '../../shared/protocol/audit-messages';
import type { ServerContext } from '../context';
import { verifyStore } from '../verify/verify-store';
import { requirePermission } from './caller';

/** The owner has the chains walked. A POST, since it reads every invoice and is written down. */
export function verificationRoutes(context: ServerContext): Router {
  const { store, ports } = context;
  const routes = Router();

  routes.post('/', async (request, response) => {
    const { terminal, user } = await requirePermission(context, request, 'readAudit');
    const scope = store.scope(terminal.storeId);
    const terminals = await verifyStore(scope);
    const at = instant(ports.clock.now());
    const bad = terminals.filter((verdict) => verdict.bad !== null).length;
    await scope.journal.audit({
      id: ports.ids.newId(),
      at,
      actor: user.id,
      terminalId: terminal.id,
      action: 'chainVerified',
      details: { terminals: terminals.length, bad },
    });
    const reply: Verification = { at, terminals: [...terminals] };
    response.json(reply);
  });
  return routes;
}

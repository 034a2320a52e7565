import { Router } from 'express';
import { instant } from '../../shared/ports/clock';
import type { Verification } from '../../shared/protocol/audit-messages';
import { writeAudit } from '../audit/write-audit';
import type { ServerContext } from '../context';
import { type Pause, type TerminalVerdict, verifyStore } from '../verify/verify-store';
import { requirePermission } from './caller';

/** The server has one thread: other requests are answered between two pieces of a walk. */
const nextTurn: Pause = () => new Promise((resolve) => setImmediate(resolve));

/** The owner has the chains walked. A POST, since it reads every invoice and is written down. */
export function verificationRoutes(context: ServerContext): Router {
  const { store, ports } = context;
  const routes = Router();
  /* Whoever asks while a walk is under way hears its outcome: however often it is asked for, a store has one at a time. */
  const walks = new Map<string, Promise<readonly TerminalVerdict[]>>();
  const walk = (storeId: string): Promise<readonly TerminalVerdict[]> => {
    const running = walks.get(storeId);
    if (running !== undefined) return running;
    const begun = verifyStore(store.scope(storeId), nextTurn).finally(() => walks.delete(storeId));
    walks.set(storeId, begun);
    return begun;
  };

  routes.post('/', async (request, response) => {
    const { terminal, user } = await requirePermission(context, request, 'readAudit');
    const terminals = await walk(terminal.storeId);
    const bad = terminals.filter((verdict) => verdict.bad !== null).length;
    await writeAudit(store.scope(terminal.storeId), ports, {
      actor: user.id,
      terminalId: terminal.id,
      action: 'chainVerified',
      details: { terminals: terminals.length, bad },
    });
    const at = instant(ports.clock.now());
    const reply: Verification = { at, terminals: [...terminals] };
    response.json(reply);
  });
  return routes;
}

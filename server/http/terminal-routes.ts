import { type Request, Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import {
  type EnrolRequest,
  enrolRequestSchema,
  type RenameRequest,
  renameRequestSchema,
} from '../../shared/protocol/messages';
import { writeAudit } from '../audit/write-audit';
import { enrol, makeCode, terminalName } from '../auth/enrolment';
import type { Caller } from '../auth/sessions';
import type { ServerContext } from '../context';
import { knownByCookie, requirePermission } from './caller';
import { setTerminalCookie } from './cookies';
import { codeLimiter } from './limiters';
import { parseBody, readSmallJson } from './read-json';

export function terminalRoutes(context: ServerContext): Router {
  const { store, ports } = context;
  const routes = Router();
  const requireManager = (request: Request): Promise<Caller> =>
    requirePermission(context, request, 'manageTerminals');

  const limits = [knownByCookie(context), codeLimiter(context)];
  routes.post('/', ...limits, ...readSmallJson, async (request, response) => {
    const body = parseBody<EnrolRequest>(enrolRequestSchema, request.body);
    const { reply, credential } = await enrol(context, body);
    setTerminalCookie(request, response, credential);
    response.status(201).json(reply);
  });

  routes.get('/', async (request, response) => {
    const { terminal } = await requireManager(request);
    const terminals = await store.scope(terminal.storeId).auth.terminals();
    response.json({
      terminals: terminals.map((known) => ({
        id: known.id,
        number: known.number,
        name: known.name,
        enrolledAt: known.enrolledAt,
        lastSeenAt: known.lastSeenAt,
        revoked: known.revokedAt !== '',
        hasKey: known.publicKey !== '',
        copiedAt: known.copiedAt,
      })),
    });
  });

  routes.post('/codes', async (request, response) => {
    const { terminal, user } = await requireManager(request);
    const code = await makeCode(context, { storeId: terminal.storeId, actor: user.id });
    response.status(201).json(code);
  });

  routes.patch('/:id', ...readSmallJson, async (request, response) => {
    const { terminal, user } = await requireManager(request);
    const id = String(request.params['id']);
    const name = terminalName(parseBody<RenameRequest>(renameRequestSchema, request.body).name);
    const found = await store.transaction(terminal.storeId, async (scope) => {
      const renamed = await scope.auth.renameTerminal(id, name);
      if (renamed) {
        const by = { actor: user.id, terminalId: terminal.id };
        const details = { id, name };
        await writeAudit(scope, ports, { ...by, action: 'terminalRenamed', details });
      }
      return renamed;
    });
    if (!found) throw new AppError('NOT_FOUND');
    response.status(204).end();
  });

  routes.delete('/:id', async (request, response) => {
    const { terminal, user } = await requireManager(request);
    const id = String(request.params['id']);
    const at = instant(ports.clock.now());
    const found = await store.transaction(terminal.storeId, async (scope) => {
      const revoked = await scope.auth.revokeTerminal(id, at);
      if (revoked) {
        await scope.auth.removeSessionsOf(id);
        const by = { actor: user.id, terminalId: terminal.id };
        await writeAudit(scope, ports, { ...by, action: 'terminalRevoked', details: { id } });
      }
      return revoked;
    });
    if (!found) throw new AppError('NOT_FOUND');
    response.status(204).end();
  });
  return routes;
}

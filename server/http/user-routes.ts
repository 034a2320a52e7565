import { type Request, Router } from 'express';
import {
  type NewUserRequest,
  newUserRequestSchema,
  type PasswordRequest,
  passwordRequestSchema,
  type UserChange,
  userChangeSchema,
} from '../../shared/protocol/user-messages';
import {
  changeUser,
  createUser,
  listUsers,
  type Manager,
  resetPassword,
} from '../auth/manage-users';
import { tokenHash } from '../auth/tokens';
import type { ServerContext } from '../context';
import { requirePermission } from './caller';
import { readCookie, SESSION_COOKIE } from './cookies';
import { parseBody, readJson } from './read-json';

/** Who works in a store; for its owner. Everything is about the session's own store. */
export function userRoutes(context: ServerContext): Router {
  const routes = Router();
  const requireManager = async (request: Request): Promise<Manager> => {
    const { terminal, user } = await requirePermission(context, request, 'manageUsers');
    return {
      storeId: terminal.storeId,
      userId: user.id,
      terminalId: terminal.id,
      tokenHash: tokenHash(readCookie(request, SESSION_COOKIE) ?? ''),
    };
  };
  const idOf = (request: Request): string => String(request.params['id']);

  routes.get('/', async (request, response) => {
    const { storeId } = await requireManager(request);
    response.json({ users: await listUsers(context.store.scope(storeId)) });
  });

  routes.post('/', ...readJson, async (request, response) => {
    const manager = await requireManager(request);
    const asked = parseBody<NewUserRequest>(newUserRequestSchema, request.body);
    response.status(201).json(await createUser(context, manager, asked));
  });

  routes.patch('/:id', ...readJson, async (request, response) => {
    const manager = await requireManager(request);
    const change = parseBody<UserChange>(userChangeSchema, request.body);
    response.json(await changeUser(context, manager, { id: idOf(request), change }));
  });

  routes.post('/:id/password', ...readJson, async (request, response) => {
    const manager = await requireManager(request);
    const { password } = parseBody<PasswordRequest>(passwordRequestSchema, request.body);
    response.json(await resetPassword(context, manager, { id: idOf(request), password }));
  });
  return routes;
}

import { Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import { type SetupRequest, setupRequestSchema } from '../../shared/protocol/messages';
import { makeCode } from '../auth/enrolment';
import { codeHash } from '../auth/tokens';
import type { ServerContext } from '../context';
import { addNewStore } from '../new-store';
import { codeLimiter } from './limiters';
import { parseBody, readSmallJson } from './read-json';

const DEADLINE_HOURS = 72;
const MAX_DISCOUNT = 1000;

/**
 * The first store and its owner, made by whoever can read what the server printed when it started. As soon as there is a
 * store there is nothing to set up any more.
 */
export function setupRoutes(context: ServerContext): Router {
  const { store } = context;
  const routes = Router();
  const isNeeded = async (): Promise<boolean> => (await store.stores()).length === 0;
  /* One at a time: of two people who press the button at once, the second is told that it is done. */
  let turn: Promise<unknown> = Promise.resolve();

  routes.get('/', async (_request, response) => {
    response.json({ needed: await isNeeded() });
  });

  const setUp = async ({ code, store: profile, owner }: SetupRequest) => {
    if (!(await isNeeded())) throw new AppError('SETUP_DONE');
    if (codeHash(code) !== codeHash(context.setupCode)) throw new AppError('CODE_INVALID');
    const storeId = await addNewStore(
      context,
      {
        profile: { ...profile, fiscalDeadlineHours: DEADLINE_HOURS, maxDiscount: MAX_DISCOUNT },
        owner,
      },
      'setup',
    );
    return makeCode(context, { storeId, actor: 'setup' });
  };
  routes.post('/', codeLimiter(context), ...readSmallJson, async (request, response) => {
    const body = parseBody<SetupRequest>(setupRequestSchema, request.body);
    const mine = turn.then(() => setUp(body));
    turn = mine.catch(() => undefined);
    response.status(201).json(await mine);
  });
  return routes;
}

import { type Request, Router } from 'express';
import { Id } from '../../schemas/fields';
import { type CollectionName, isCollectionName } from '../../schemas/registry';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import { LIMITS } from '../../shared/protocol/limits';
import { type PushRequest, pushRequestSchema } from '../../shared/protocol/messages';
import type { ServerContext } from '../context';
import { applyPush } from '../sync/apply-push';
import { readChanges } from '../sync/read-changes';
import { readDigests } from '../sync/read-digests';
import { readDocuments, readOrigins } from '../sync/read-documents';
import { readStatus } from '../sync/read-status';
import type { Admission } from './admission';
import { admitted, placeFor, reserved } from './admit';
import { requireCaller } from './caller';
import { documentsForReader, pullForReader, pushReplyForReader } from './for-reader';
import { keepAside } from './keep-aside';
import { parseBody, parseJson } from './read-json';
import { sendPieces } from './send-pieces';

/** A whole number in its only spelling; anything else is refused, not guessed at (S6). */
function wholeNumber(text: unknown, code: 'BAD_CHECKPOINT' | 'BAD_REQUEST'): number {
  const value = typeof text === 'string' && /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : -1;
  if (!Number.isSafeInteger(value) || value < 0) throw new AppError(code);
  return value;
}

export function collectionOf(request: Request): CollectionName {
  const name = request.params['collection'];
  if (!isCollectionName(name)) throw new AppError('UNKNOWN_COLLECTION');
  return name;
}

/** Ids with commas between them, each a UUID and named once; anything else is refused (S6). */
function idsOf(text: unknown): readonly string[] {
  const ids = typeof text === 'string' ? text.split(',') : [];
  const fit = ids.length <= LIMITS.pickedIds && new Set(ids).size === ids.length;
  if (ids.length === 0 || !fit || !ids.every((id) => validate(Id, id).ok)) {
    throw new AppError('BAD_REQUEST');
  }
  return ids;
}

/** Counted before anything looks at the rows: a body of the largest size can hold a million of them (S5). */
export function refuseTooManyRows(body: unknown): void {
  const rows = typeof body === 'object' && body !== null && 'rows' in body ? body.rows : null;
  if (Array.isArray(rows) && rows.length > LIMITS.pushRows) throw new AppError('BODY_TOO_LARGE');
}

export function syncRoutes(context: ServerContext, admission: Admission): Router {
  const { store, ports, metrics } = context;
  const routes = Router();

  routes.get('/status', async (request, response) => {
    const { terminal } = await requireCaller(context, request);
    response.json(await readStatus(store, terminal.storeId, ports.clock));
  });

  routes.get('/:collection', async (request, response) => {
    const { terminal } = await requireCaller(context, request);
    const { epoch, seq, limit } = request.query;
    const size = wholeNumber(limit, 'BAD_REQUEST');
    if (size < 1 || size > LIMITS.pullPage) throw new AppError('BAD_REQUEST');
    if (typeof epoch !== 'string' || epoch.length > 36) throw new AppError('BAD_CHECKPOINT');
    const collection = collectionOf(request);
    const checkpoint = { epoch, seq: wholeNumber(seq, 'BAD_CHECKPOINT') };
    const { storeId } = terminal;
    const noteLag = (behind: number) => metrics?.pulled(collection, behind);
    const place = placeFor(admission, response, { storeId, terminalId: terminal.id });
    const body = await place.work(() =>
      readChanges({ store, storeId, collection, checkpoint, limit: size, noteLag }),
    );
    sendPieces(response, pullForReader({ response, collection, terminalId: terminal.id }, body));
  });

  routes.get('/:collection/digests', async (request, response) => {
    const { terminal } = await requireCaller(context, request);
    const { prefix } = request.query;
    if (typeof prefix !== 'string' || !/^[0-9a-f-]{0,35}$/.test(prefix)) {
      throw new AppError('BAD_REQUEST');
    }
    const { storeId } = terminal;
    response.json(await readDigests({ store, storeId, collection: collectionOf(request), prefix }));
  });

  routes.get('/:collection/documents', async (request, response) => {
    const { terminal } = await requireCaller(context, request);
    const collection = collectionOf(request);
    const body = await readDocuments({
      store,
      storeId: terminal.storeId,
      collection,
      ids: idsOf(request.query['ids']),
    });
    const reader = { response, collection, terminalId: terminal.id };
    response.type('application/json').send(documentsForReader(reader, body));
  });

  routes.get('/:collection/origins', async (request, response) => {
    const { terminal } = await requireCaller(context, request);
    const collection = collectionOf(request);
    const ids = idsOf(request.query['ids']);
    const body = await readOrigins({ store, storeId: terminal.storeId, collection, ids });
    response.type('application/json').send(body);
  });

  const push = admitted(async (request, response) => {
    const { terminal, user } = await requireCaller(context, request);
    const collection = collectionOf(request);
    refuseTooManyRows(request.body);
    const asked = parseBody<PushRequest>(pushRequestSchema, request.body);
    const reply = await applyPush({
      store,
      ports,
      storeId: terminal.storeId,
      collection,
      sender: {
        userId: user.id,
        role: user.role,
        terminalId: terminal.id,
        terminalNumber: terminal.number,
        publicKey: terminal.publicKey,
        signedFrom: terminal.signedFrom,
      },
      request: asked,
    });
    metrics?.pushed(collection, asked.rows.length, reply);
    response.json(pushReplyForReader({ response, collection, terminalId: terminal.id }, reply));
  });
  routes.post('/:collection', ...keepAside(context, reserved(admission)), parseJson, push);
  return routes;
}

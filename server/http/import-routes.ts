import { Router } from 'express';
import { AppError } from '../../shared/errors/app-error';
import { readImport } from '../../shared/import/read-import';
import { LIMITS } from '../../shared/protocol/limits';
import {
  type ImportReply,
  type ImportRequest,
  importRequestSchema,
} from '../../shared/protocol/messages';
import type { ServerContext } from '../context';
import { applyImport } from '../import/apply-import';
import { permitted, permittedCaller } from './caller';
import { parseBody, parseJson, readTextOf } from './read-json';

/** Files that the owner brings in. Who asks is known before a byte of the (large) body is read. */
export function importRoutes(context: ServerContext): Router {
  const routes = Router();
  const known = permitted(context, 'importData');
  const body = [readTextOf(LIMITS.importBytes), parseJson];

  routes.post('/', known, ...body, async (request, response) => {
    const { terminal, user } = permittedCaller(response);
    const asked = parseBody<ImportRequest>(importRequestSchema, request.body);
    const { name, text, kind, defaultPrice, dryRun = false } = asked;
    const cabys =
      asked.cabys === undefined ? null : readImport(asked.cabys, { kind: 'cabys' }).cabys;
    const reading = readImport(text, { kind, defaultPrice, cabys });
    if (reading.kind === 'cabys') throw new AppError('BAD_REQUEST', { kind: reading.kind });
    const { refused, ...counts } = await applyImport(context, {
      storeId: terminal.storeId,
      userId: user.id,
      fileName: name,
      reading,
      dryRun,
    });
    const reply: ImportReply = {
      kind: reading.kind,
      lines: reading.lines,
      ...counts,
      refusedCount: refused.length,
      refused: refused.slice(0, LIMITS.importRefusals),
    };
    response.json(reply);
  });
  return routes;
}

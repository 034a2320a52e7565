import type { CollectionName, Documents } from '../../schemas/registry';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import { LIMITS } from '../../shared/protocol/limits';
import { parseServerDocument } from '../sync/pull-handler';

/** The server's documents of these ids, checked, each with its place; those that it lacks are left out. */
export async function fetchDocuments<N extends CollectionName>(options: {
  transport: SyncTransport;
  name: N;
  epoch: string;
  ids: readonly string[];
  signal: AbortSignal;
}): Promise<{ seq: number; document: Documents[N] }[]> {
  const { transport, name, epoch, ids, signal } = options;
  const found: { seq: number; document: Documents[N] }[] = [];
  for (let i = 0; i < ids.length; i += LIMITS.pickedIds) {
    const asked = new Set(ids.slice(i, i + LIMITS.pickedIds));
    const reply = await transport.documents(name, [...asked], signal);
    if (reply.epoch !== epoch) throw new AppError('EPOCH_CHANGED', { epoch: reply.epoch });
    for (const { seq, document: value } of reply.documents) {
      const document = parseServerDocument(name, value);
      /* Each once, and only what was asked for: what follows writes it. */
      if (!asked.delete(document.id)) {
        throw new AppError('BAD_RESPONSE', { collection: name, notAsked: document.id });
      }
      found.push({ seq, document });
    }
  }
  return found;
}

/**
 * The server's documents of these ids as its present life began with them, checked, and the life that it came from ('' not
 * known, and there are none: a server of an older program).
 */
export async function fetchOrigins<N extends CollectionName>(options: {
  transport: SyncTransport;
  name: N;
  epoch: string;
  ids: readonly string[];
  signal: AbortSignal;
}): Promise<{ parent: string; documents: Documents[N][] }> {
  const { transport, name, epoch, ids, signal } = options;
  const documents: Documents[N][] = [];
  let parent = '';
  for (let i = 0; i < ids.length; i += LIMITS.pickedIds) {
    try {
      const reply = await transport.origins(name, ids.slice(i, i + LIMITS.pickedIds), signal);
      if (reply.epoch !== epoch) throw new AppError('EPOCH_CHANGED', { epoch: reply.epoch });
      parent = reply.parent;
      documents.push(...reply.documents.map((value) => parseServerDocument(name, value)));
    } catch (error) {
      if (errorCodeOf(error) === 'NOT_FOUND') return { parent: '', documents: [] };
      throw error;
    }
  }
  return { parent, documents };
}

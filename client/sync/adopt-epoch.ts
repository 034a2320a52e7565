import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb';
import {
  type AnyDocument,
  COLLECTIONS,
  type CollectionName,
  type Documents,
} from '../../schemas/registry';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import { LIMITS } from '../../shared/protocol/limits';
import type { Checkpoint } from '../../shared/protocol/messages';
import type { DeskDatabase } from '../db/database';
import { WRITTEN_COLLECTIONS } from '../pending/pending-counts';
import { sendAnew } from '../pending/send-anew';
import type { KeptContents } from '../proof/kept-contents';
import { pullPage } from './pull-handler';

/**
 * The server began a new life (a backup was restored): whatever it does not hold in the very state that this terminal
 * has becomes pending again, under its old edit id, and the push decides document by document: unknown is stored,
 * known is recognised, changed there is merged (F12). What other terminals issued is theirs to send: it stays here as
 * something that the server has not acknowledged in this life, and any state that it has replaces it.
 * Reads the server wholly; a restore is rare.
 */
export async function adoptEpoch(options: {
  db: DeskDatabase;
  transport: SyncTransport;
  kept: KeptContents;
  epoch: string;
  terminalId: string;
  signal: AbortSignal;
}): Promise<void> {
  for (const name of WRITTEN_COLLECTIONS) {
    const known =
      COLLECTIONS[name].direction === 'up'
        ? new Map<string, string>()
        : await serverEdits({ ...options, name });
    /* Versions change: a crash in between leaves no count rather than a wrong one. */
    await options.kept.replace(name, null);
    const collection = options.db[name] as unknown as RxCollection<Documents[typeof name]>;
    await markUnknown(collection, known, options.terminalId);
  }
}

async function serverEdits<N extends CollectionName>(options: {
  name: N;
  transport: SyncTransport;
  epoch: string;
  signal: AbortSignal;
}): Promise<Map<string, string>> {
  const edits = new Map<string, string>();
  let checkpoint: Checkpoint | undefined;
  for (;;) {
    const page = await pullPage({
      ...options,
      collection: options.name,
      checkpoint,
      limit: LIMITS.pullPage,
    });
    for (const document of page.documents) edits.set(document.id, document.edit);
    checkpoint = page.checkpoint;
    if (page.documents.length === 0 || page.remaining === 0) return edits;
  }
}

async function markUnknown<N extends (typeof WRITTEN_COLLECTIONS)[number]>(
  collection: RxCollection<Documents[N]>,
  known: ReadonlyMap<string, string>,
  terminalId: string,
): Promise<void> {
  const documents = await collection.find().exec();
  const rows: BulkWriteRow<Documents[N]>[] = [];
  for (const { _data } of documents as unknown as { _data: RxDocumentData<Documents[N]> }[]) {
    if (_data.pending === 1 || known.get(_data.id) === _data.edit) continue;
    rows.push({
      previous: _data,
      document: (isForeign(_data, terminalId)
        ? { ..._data, ver: 0 }
        : sendAnew(_data)) as RxDocumentData<Documents[N]>,
    });
  }
  if (rows.length > 0) await collection.storageInstance.bulkWrite(rows, 'adopt-epoch');
}

const isForeign = (document: AnyDocument, terminalId: string): boolean =>
  'terminalId' in document && document.terminalId !== terminalId;

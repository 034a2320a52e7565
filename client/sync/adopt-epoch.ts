import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb';
import {
  type AnyDocument,
  COLLECTIONS,
  type CollectionName,
  type Documents,
} from '../../schemas/registry';
import { isMerged, type MergedCollection } from '../../shared/conflict/merged-collections';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import { LIMITS } from '../../shared/protocol/limits';
import type { Checkpoint } from '../../shared/protocol/messages';
import type { DeskDatabase } from '../db/database';
import { databaseSettings } from '../db/settings';
import { type BuiltOn, readBuiltOn, updateBuiltOn } from '../pending/built-on';
import { pendingVersions, WRITTEN_COLLECTIONS } from '../pending/pending-counts';
import { sendAnew } from '../pending/send-anew';
import { fetchOrigins } from '../proof/fetch-documents';
import type { KeptContents } from '../proof/kept-contents';
import { pullPage } from './pull-handler';

/**
 * The server began a new life (a backup was restored): whatever it does not hold in the very state that this terminal
 * has becomes pending again, under its old edit id, and the push decides document by document: unknown is stored,
 * known is recognised, changed there is merged (F12). What other terminals issued is theirs to send: it stays here as
 * something that the server has not acknowledged in this life, and any state that it has replaces it. What can be merged
 * is noted to be built on the state with which this life began.
 * Reads the server wholly; a restore is rare.
 */
export async function adoptEpoch(options: {
  db: DeskDatabase;
  transport: SyncTransport;
  kept: KeptContents;
  /** The life that this terminal knows, and the one that it learned of. */
  from: string;
  epoch: string;
  terminalId: string;
  signal: AbortSignal;
}): Promise<void> {
  for (const name of WRITTEN_COLLECTIONS) {
    const known =
      COLLECTIONS[name].direction === 'up'
        ? new Map<string, HeldState>()
        : await serverStates({ ...options, name });
    /* Versions change: a crash in between leaves no count rather than a wrong one. */
    await options.kept.replace(name, null);
    const collection = options.db[name] as unknown as RxCollection<Documents[typeof name]>;
    await markUnknown(collection, known, options.terminalId);
    if (isMerged(name)) await noteOrigins({ ...options, name });
  }
}

/**
 * What the server holds of a document. The edit alone would not do: what was sent anew is the same edit under another
 * version, and what the server noted of it in the life before is gone.
 */
interface HeldState {
  edit: string;
  ver: number;
}

async function serverStates<N extends CollectionName>(options: {
  name: N;
  transport: SyncTransport;
  epoch: string;
  signal: AbortSignal;
}): Promise<Map<string, HeldState>> {
  const states = new Map<string, HeldState>();
  let checkpoint: Checkpoint | undefined;
  for (;;) {
    const page = await pullPage({
      ...options,
      collection: options.name,
      checkpoint,
      limit: LIMITS.pullPage,
    });
    for (const { id, edit, ver } of page.documents) states.set(id, { edit, ver });
    checkpoint = page.checkpoint;
    if (page.documents.length === 0 || page.remaining === 0) return states;
  }
}

async function markUnknown<N extends (typeof WRITTEN_COLLECTIONS)[number]>(
  collection: RxCollection<Documents[N]>,
  known: ReadonlyMap<string, HeldState>,
  terminalId: string,
): Promise<void> {
  const documents = await collection.find().exec();
  const rows: BulkWriteRow<Documents[N]>[] = [];
  for (const { _data } of documents as unknown as { _data: RxDocumentData<Documents[N]> }[]) {
    const held = known.get(_data.id);
    const isHeld = held !== undefined && held.edit === _data.edit && held.ver === _data.ver;
    if (_data.pending === 1 || isHeld) continue;
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

/**
 * What is pending of a collection is built on the state with which this life began, where that came from the life that
 * this terminal knows and is no newer. Where it is newer, what was noted before holds on: the server's state came from it.
 * Else nobody knows what came before, and every field that differs will be a conflict.
 */
async function noteOrigins(options: {
  db: DeskDatabase;
  name: MergedCollection;
  transport: SyncTransport;
  from: string;
  epoch: string;
  signal: AbortSignal;
}): Promise<void> {
  const { db, name, from } = options;
  const settings = databaseSettings(db);
  const before = await readBuiltOn(settings, name);
  const versions = await pendingVersions(db, name);
  const { parent, documents } = await fetchOrigins({ ...options, ids: [...versions.keys()] });
  const origins = new Map(documents.map((document) => [document.id, document]));
  const isParent = parent === from;
  await updateBuiltOn(settings, name, (notes) =>
    Object.fromEntries([
      /* Of edits that somebody makes meanwhile. */
      ...Object.entries(notes).filter(
        ([id, { ver }]) => !versions.has(id) && before[id]?.ver !== ver,
      ),
      ...[...versions].map(([id, ver]) => [
        id,
        builtOnOrigin({ ver, known: notes[id], origin: origins.get(id), isParent }),
      ]),
    ]),
  );
}

function builtOnOrigin(options: {
  ver: number;
  known: BuiltOn | undefined;
  origin: { ver: number; edit: string } | undefined;
  /** The new life came from the one that this terminal knows. */
  isParent: boolean;
}): BuiltOn {
  const { ver, known, origin, isParent } = options;
  const note = known?.ver === ver && known.closing === undefined ? known : undefined;
  const base = (note?.base ?? null) as { ver: number; edit: string } | null;
  const states = note?.states ?? [];
  const unknown = { ver, base, states, old: true };
  if (origin === undefined) return unknown;
  const was = base === null ? {} : { was: base.edit };
  const fromOrigin = { ver, base: origin, states: [], ...was };
  /* The same backup again, or one of the same time. */
  if (base?.edit === origin.edit) return fromOrigin;
  if (!isParent || note?.old === true) return unknown;
  /* The document's own version is of the life in which it was last acknowledged; that of its base, of the last one. */
  const builtOn = note === undefined ? ver : (base?.ver ?? 0);
  if (origin.ver <= builtOn) return fromOrigin;
  return note ?? unknown;
}

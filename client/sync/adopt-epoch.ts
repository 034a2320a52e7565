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
import type { Checkpoint, Cut } from '../../shared/protocol/messages';
import type { DeskDatabase } from '../db/database';
import { databaseSettings } from '../db/settings';
import { type BuiltOn, type BuiltOnNotes, readBuiltOn, updateBuiltOn } from '../pending/built-on';
import {
  pendingVersions,
  WRITTEN_COLLECTIONS,
  type WrittenCollection,
} from '../pending/pending-counts';
import { sendAnew } from '../pending/send-anew';
import { fetchOrigins } from '../proof/fetch-documents';
import type { KeptContents } from '../proof/kept-contents';
import { archivedThere } from './cuts';
import { type PullPage, pullPage } from './pull-handler';

/**
 * The server began a new life (a backup was restored): whatever it does not hold in the very state that this terminal
 * has becomes pending again, under its old edit id, and the push decides document by document: unknown is stored,
 * known is recognised, changed there is merged (F12). What other terminals issued is theirs to send: it stays here as
 * something that the server has not acknowledged in this life, and any state that it has replaces it; so does what can be
 * merged and is older than the state with which this life began. What is newer is noted to be built on that state.
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
  const { db, from, terminalId } = options;
  for (const name of WRITTEN_COLLECTIONS) {
    const known =
      COLLECTIONS[name].direction === 'up'
        ? new Map<string, HeldState>()
        : await serverStates({ ...options, name });
    /* Versions change: a crash in between leaves no count rather than a wrong one. */
    await options.kept.replace(name, null);
    const collection = db[name] as unknown as RxCollection<Documents[typeof name]>;
    const before = isMerged(name) ? await readBuiltOn(databaseSettings(db), name) : {};
    const unknown = await unknownStates(collection, known);
    const ids = unknown.map(({ id }) => id);
    const origins = isMerged(name) ? await readOrigins({ ...options, name, ids }) : null;
    const isLeft = (state: AnyDocument): boolean =>
      isForeign(state, terminalId) ||
      (known.has(state.id) && origins !== null && isPassed(state, origins, from));
    await markUnknown(collection, unknown, isLeft);
    if (isMerged(name) && origins !== null) {
      await noteOrigins({ db, name, from, origins, before, ids: new Set(ids) });
    }
  }
}

/** What the life before came to: states by id as the present life began with them. */
interface Origins {
  /** The life that they are of. */
  parent: string;
  states: ReadonlyMap<string, AnyDocument>;
}

async function readOrigins<N extends MergedCollection>(options: {
  name: N;
  transport: SyncTransport;
  epoch: string;
  ids: readonly string[];
  signal: AbortSignal;
}): Promise<Origins> {
  const { parent, documents } = await fetchOrigins(options);
  return { parent, states: new Map(documents.map((document) => [document.id, document])) };
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
  db: DeskDatabase;
  name: N;
  transport: SyncTransport;
  epoch: string;
  signal: AbortSignal;
}): Promise<Map<string, HeldState>> {
  const states = new Map<string, HeldState>();
  let checkpoint: Checkpoint | undefined;
  let cut: Cut | null = null;
  for (;;) {
    const page: PullPage<N> = await pullPage({
      ...options,
      collection: options.name,
      checkpoint,
      limit: LIMITS.pullPage,
    });
    for (const { id, edit, ver } of page.documents) states.set(id, { edit, ver });
    checkpoint = page.checkpoint;
    cut = page.cut ?? cut;
    if (page.documents.length === 0 || page.remaining === 0) break;
  }
  if (cut !== null) await addArchived(cut, states, options);
  return states;
}

/** What is archived is in no page, and the server holds it all the same: the transfer drops it, and it is not sent anew. */
async function addArchived(
  cut: Cut,
  states: Map<string, HeldState>,
  options: { db: DeskDatabase; transport: SyncTransport; epoch: string; signal: AbortSignal },
): Promise<void> {
  const archived = await archivedThere(cut, options, ({ id }) => !states.has(id));
  for (const { id, edit, ver } of archived) states.set(id, { edit, ver });
}

type Stored<N extends WrittenCollection> = RxDocumentData<Documents[N]>;

/** Documents of which the server does not hold the very state that is here: what is pending, and what it lacks. */
async function unknownStates<N extends WrittenCollection>(
  collection: RxCollection<Documents[N]>,
  known: ReadonlyMap<string, HeldState>,
): Promise<Stored<N>[]> {
  const documents = (await collection.find().exec()) as unknown as { _data: Stored<N> }[];
  return documents
    .map(({ _data }) => _data)
    .filter(({ id, edit, ver, pending }) => {
      const held = known.get(id);
      return pending === 1 || held === undefined || held.edit !== edit || held.ver !== ver;
    });
}

async function markUnknown<N extends WrittenCollection>(
  collection: RxCollection<Documents[N]>,
  unknown: readonly Stored<N>[],
  isLeft: (state: Stored<N>) => boolean,
): Promise<void> {
  const rows = unknown
    .filter(({ pending }) => pending === 0)
    .map((previous): BulkWriteRow<Documents[N]> => {
      const document = isLeft(previous) ? { ...previous, ver: 0 } : sendAnew(previous);
      return { previous, document: document as Stored<N> };
    });
  if (rows.length > 0) await collection.storageInstance.bulkWrite(rows, 'adopt-epoch');
}

/** The server's new life began with this state or a later one, or with what an earlier adoption found to be so. */
function isPassed({ id, ver }: AnyDocument, { parent, states }: Origins, from: string): boolean {
  const origin = states.get(id);
  return ver === 0 || (parent === from && origin !== undefined && origin.ver >= ver);
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
  from: string;
  origins: Origins;
  /** The documents that the origins were read of, and the notes as they were before those were looked up. */
  ids: ReadonlySet<string>;
  before: Readonly<BuiltOnNotes>;
}): Promise<void> {
  const { db, name, from, origins, ids, before } = options;
  const versions = await pendingVersions(db, name);
  const isParent = origins.parent === from;
  /* Somebody may edit meanwhile what the server holds as it is; that note is right. */
  const isOfNow = (id: string, { ver }: BuiltOn): boolean =>
    !ids.has(id) && (versions.has(id) || before[id]?.ver !== ver);
  await updateBuiltOn(databaseSettings(db), name, (notes) =>
    Object.fromEntries([
      ...Object.entries(notes).filter(([id, note]) => isOfNow(id, note)),
      ...[...versions]
        .filter(([id]) => ids.has(id))
        .map(([id, ver]) => [
          id,
          builtOnOrigin({ ver, known: notes[id], origin: origins.states.get(id), isParent }),
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

import type { CollectionName } from '../../schemas/registry';
import { isMerged } from '../../shared/conflict/merged-collections';
import { isRecord } from '../../shared/is-record';
import type { Settings } from '../db/settings';

/** What one pending document was built on, and what was sent of it over that and not settled since. */
export interface BuiltOn {
  /** Version of the server's state that it was built on; of another one, the note is of a time that is over. */
  ver: number;
  /** That state; null where the document is new. */
  base: object | null;
  /** States whose answer was never heard. */
  states: { edit: string }[];
  /** It was in conflict with this edit and is resolved, unless this terminal dies right now. */
  closing?: string;
  /** Of a life of the server's data that is over: its versions count otherwise. */
  old?: boolean;
  /** Edit of the state that it was built on in the life before: whoever still has that one has nothing newer. */
  was?: string;
}
/** By document. */
export type BuiltOnNotes = Record<string, BuiltOn>;

const keyOf = (collection: CollectionName): string => `sent:${collection}`;

const isBuiltOn = (value: unknown): value is BuiltOn =>
  isRecord(value) &&
  typeof value['ver'] === 'number' &&
  typeof value['base'] === 'object' &&
  ['undefined', 'string'].includes(typeof value['closing']) &&
  Array.isArray(value['states']) &&
  value['states'].every(isRecord);

/** Checked when they are read: another version of the product may have left another shape, which is then forgotten. */
const notesOf = (stored: unknown): BuiltOnNotes =>
  isRecord(stored) && Object.values(stored).every(isBuiltOn) ? ({ ...stored } as BuiltOnNotes) : {};

/** The notes of a collection as they are now. */
export const readBuiltOn = async (
  settings: Settings,
  collection: CollectionName,
): Promise<Readonly<BuiltOnNotes>> => notesOf(await settings.get(keyOf(collection)));

/** Changes the notes of a collection, whatever another tab writes meanwhile; `change` may be called again. */
export async function updateBuiltOn(
  settings: Settings,
  collection: CollectionName,
  change: (notes: BuiltOnNotes) => BuiltOnNotes,
): Promise<BuiltOnNotes> {
  return settings.update(keyOf(collection), (stored) => change(notesOf(stored)));
}

/**
 * Notes what an edit is about to be built on; to be awaited before it is stored. RxDB's own idea of it is older where this
 * terminal died after it had stored what the server acknowledged, or what RxDB had passed over.
 */
export async function noteBase(
  settings: Settings,
  collection: CollectionName,
  stored: { id: string; ver: number; pending: number },
): Promise<void> {
  if (!isMerged(collection) || stored.pending === 1) return;
  const { id, ver } = stored;
  const note: BuiltOn = { ver, base: stored, states: [] };
  await updateBuiltOn(settings, collection, (notes) => ({ ...notes, [id]: note }));
}

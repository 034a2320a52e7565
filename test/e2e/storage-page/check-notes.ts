import type { RxDocumentData } from 'rxdb';
import {
  fillWithDefaultSettings,
  getChangedDocumentsSince,
  getRxReplicationMetaInstanceSchema,
} from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { toRxSchema } from '../../../client/db/rx-schema';
import { indexedNotePages } from '../../../client/db/storage/indexed-note-pages';
import {
  type Note,
  type NoteParams,
  NotesInstance,
  noteTables,
} from '../../../client/db/storage/notes-instance';
import { COLLECTIONS } from '../../../schemas/registry';
import { prng } from '../../../server/demo/prng';
import { type Pair, rowOver, same, writeBoth } from './compare';
import { Random } from './random';

const schema = getRxReplicationMetaInstanceSchema(
  fillWithDefaultSettings(toRxSchema<{ id: string }>(COLLECTIONS.products)) as never,
  false,
) as unknown as NoteParams['schema'];
const IDS = [...Array.from({ length: 50 }, (_, index) => `d${index}|0`), 'up|1', 'down|1'];

const paramsOf = (databaseName: string): NoteParams => ({
  databaseInstanceToken: databaseName,
  databaseName,
  collectionName: 'rx-replication-meta-1',
  schema,
  options: {},
  multiInstance: false,
  devMode: false,
});
/** An instance with a connection of its own to IndexedDB: another tab. */
function openNotes(name: string): NotesInstance {
  const params = paramsOf(name);
  const pages = indexedNotePages(`${name}-notes`);
  return new NotesInstance(params, {
    pages,
    tables: noteTables(params, pages),
    onClose: () => undefined,
  });
}
const noteOf = (id: string, value: number): Note =>
  ({ id, itemId: id.slice(0, -2), isCheckpoint: id.slice(-1), docData: { value } }) as never;

/** Random writes by two tabs, and by RxDB's own storage: the same refusals and the same notes. Returns how many writes. */
export async function checkNotes(seed: number, steps: number): Promise<number> {
  const random = new Random(prng(seed));
  const name = `notes-${seed}`;
  const theirs = await getRxStorageDexie().createStorageInstance<Note>(paramsOf(name) as never);
  const tabs = [openNotes(name), openNotes(name)] as const;
  const older = new Map<string, RxDocumentData<Note>>();
  for (let step = 0; step < steps; step++) {
    const there = new Map(
      (await theirs.findDocumentsById([...IDS], true)).map((note) => [note.id, note]),
    );
    const rows = random.some(IDS, 1 + random.below(40)).map((id) => {
      const current = there.get(id);
      const base = random.pick([current, current, older.get(id), undefined]);
      if (current !== undefined) older.set(id, current);
      return rowOver(noteOf(id, random.below(100)), base as never, random.chance(0.05));
    });
    const pair = { theirs, ours: random.pick(tabs) } as unknown as Pair<Note>;
    await writeBoth(pair, rows as never);
    if (step % 10 === 9) {
      const since = { id: '', lwt: 0 };
      same(
        'all',
        await getChangedDocumentsSince(pair.ours, 1000, since),
        await getChangedDocumentsSince(pair.theirs, 1000, since),
      );
    }
  }
  for (const instance of [...tabs, theirs]) await instance.close();
  return steps;
}

/** Two tabs write at once, again and again: how many documents both believe to have written first, or are lost. */
export async function checkNotesAtOnce(seed: number, rounds: number): Promise<number> {
  const random = new Random(prng(seed));
  const name = `notes-at-once-${seed}`;
  const tabs = [openNotes(name), openNotes(name)];
  const writers = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    const batches = tabs.map(() => random.some(IDS, 10).map((id) => `${round}-${id}`));
    const responses = await Promise.all(
      tabs.map((tab, index) =>
        tab.bulkWrite(
          (batches[index] ?? []).map((id) => rowOver(noteOf(id, index), undefined, false)) as never,
          'test',
        ),
      ),
    );
    responses.forEach(({ error }, index) => {
      const refused = new Set(error.map(({ documentId }) => documentId));
      for (const id of batches[index] ?? []) {
        if (!refused.has(id)) writers.set(id, (writers.get(id) ?? 0) + 1);
        else if (!writers.has(id)) writers.set(id, 0);
      }
    });
  }
  const found = await openNotes(name).findDocumentsById([...writers.keys()], false);
  const wrong = [...writers.values()].filter((count) => count !== 1).length;
  return wrong + Math.abs(found.length - writers.size);
}

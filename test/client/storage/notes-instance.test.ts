import fc from 'fast-check';
import type { BulkWriteRow, RxStorageInstance } from 'rxdb';
import {
  createRevision,
  fillWithDefaultSettings,
  getRxReplicationMetaInstanceSchema,
  normalizeMangoQuery,
  prepareQuery,
} from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { toRxSchema } from '../../../client/db/rx-schema';
import { memoryNotePages, type NotePages } from '../../../client/db/storage/note-pages';
import {
  type Note,
  type NoteParams,
  NotesInstance,
  noteTables,
} from '../../../client/db/storage/notes-instance';
import { COLLECTIONS } from '../../../schemas/registry';

const schema = getRxReplicationMetaInstanceSchema(
  fillWithDefaultSettings(toRxSchema<{ id: string }>(COLLECTIONS.products)) as never,
  false,
) as unknown as NoteParams['schema'];

let databases = 0;
const paramsOf = (databaseName: string): NoteParams => ({
  databaseInstanceToken: databaseName,
  databaseName,
  collectionName: 'rx-replication-meta-1',
  schema,
  options: {},
  multiInstance: false,
  devMode: false,
});
const openNotes = (params: NoteParams, pages: NotePages): NotesInstance =>
  new NotesInstance(params, {
    pages,
    tables: noteTables(params, pages),
    onClose: () => undefined,
  });

const IDS = ['a|0', 'b|0', 'c|0', 'd|0', 'e|0', 'up|1', 'down|1'];

/** What a write builds on: nothing, what is there, or what was there before. */
const row = fc.record({
  id: fc.constantFrom(...IDS),
  base: fc.constantFrom('nothing', 'current', 'old'),
  deleted: fc.boolean(),
  value: fc.integer({ min: 0, max: 9 }),
});
const step = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    tab: fc.nat({ max: 1 }),
    rows: fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 7 }),
  }),
  fc.record({
    kind: fc.constant('find' as const),
    tab: fc.nat({ max: 1 }),
    ids: fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1 }),
    withDeleted: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('query' as const),
    tab: fc.nat({ max: 1 }),
    skip: fc.nat({ max: 3 }),
    limit: fc.integer({ min: 1, max: 8 }),
  }),
);

type Instance = RxStorageInstance<Note, unknown, object>;
const noteOf = (at: number, docData: Record<string, unknown>): Note =>
  ({
    id: `${at}|0`,
    itemId: String(at),
    isCheckpoint: '0',
    docData,
    _deleted: false,
    _attachments: {},
    _meta: { lwt: 1 },
    _rev: '1-a',
  }) as unknown as Note;
const idOfError = ({ documentId }: { documentId: string }): string => documentId;
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

async function outcome(instance: Instance, rows: BulkWriteRow<Note>[]) {
  const events: { id: string; operation: string }[] = [];
  const subscription = instance.changeStream().subscribe((bulk) => {
    for (const { documentId, operation } of bulk.events) events.push({ id: documentId, operation });
  });
  const { error } = await instance.bulkWrite(rows, 'test');
  subscription.unsubscribe();
  const errors = error.map((refused) => ({
    id: refused.documentId,
    status: refused.status,
    there: 'documentInDb' in refused ? refused.documentInDb : null,
  }));
  return { errors: errors.sort(byId), events: events.sort(byId) };
}

test('the notes answer as RxDB own memory storage does, whatever is written, by one tab or two', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      databases += 1;
      const params = paramsOf(`notes${databases}`);
      const model = await getRxStorageMemory().createStorageInstance(params);
      const pages = memoryNotePages();
      const tabs = [openNotes(params, pages), openNotes(params, pages)];
      const older = new Map<string, Note>();
      let time = 1;
      for (const taken of steps) {
        const tab = tabs[taken.tab] as Instance;
        if (taken.kind === 'write') {
          const there = new Map(
            (await model.findDocumentsById([...IDS], true)).map((note) => [note.id, note]),
          );
          const rows = taken.rows.map(({ id, base, deleted, value }): BulkWriteRow<Note> => {
            const current = there.get(id);
            const previous = { nothing: undefined, current, old: older.get(id) ?? current }[base];
            if (current !== undefined) older.set(id, current);
            time += 1;
            const document = {
              id,
              itemId: id.slice(0, -2),
              isCheckpoint: id.slice(-1),
              docData: { value },
              _deleted: deleted,
              _attachments: {},
              _meta: { lwt: time },
              _rev: createRevision('tab', previous),
            } as unknown as Note;
            return previous === undefined ? { document } : { previous, document };
          });
          expect(await outcome(tab, rows)).toEqual(await outcome(model as Instance, rows));
        } else if (taken.kind === 'find') {
          const found = await tab.findDocumentsById(taken.ids, taken.withDeleted);
          const wanted = await model.findDocumentsById(taken.ids, taken.withDeleted);
          expect(found.sort(byId)).toEqual([...wanted].sort(byId));
        } else {
          const { skip, limit } = taken;
          const prepared = prepareQuery<Note>(
            schema,
            normalizeMangoQuery(
              schema as never,
              {
                selector: {},
                sort: [{ id: 'asc' }],
                skip,
                limit,
              } as never,
            ),
          );
          expect(await tab.query(prepared)).toEqual(await model.query(prepared));
        }
      }
      for (const instance of [...tabs, model]) await instance.close();
    }),
    { numRuns: 300 },
  );
});

test('two tabs write at once: of two first writes of a document one is refused, and no document is lost', async () => {
  const ids = fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.array(ids, { minLength: 2, maxLength: 6 }), async (batches) => {
      databases += 1;
      const params = paramsOf(`at-once${databases}`);
      const pages = memoryNotePages();
      const tabs = [openNotes(params, pages), openNotes(params, pages)];
      const responses = await Promise.all(
        batches.map((batch, index) =>
          tabs[index % 2]?.bulkWrite(
            batch.map((id) => ({ document: noteOf(id, { batch: index }) })),
            'test',
          ),
        ),
      );
      const refused = responses.map((response) => new Set(response?.error.map(idOfError)));
      const written = new Map<string, number[]>();
      batches.forEach((batch, index) => {
        for (const id of batch.map((at) => `${at}|0`)) {
          if (!refused[index]?.has(id)) written.set(id, [...(written.get(id) ?? []), index]);
        }
      });
      const found = await openNotes(params, pages).findDocumentsById([...written.keys()], false);
      expect(new Set(batches.flat()).size).toBe(written.size);
      expect(found).toHaveLength(written.size);
      for (const note of found)
        expect([(note['docData'] as { batch: number }).batch]).toEqual(written.get(note.id));
    }),
    { numRuns: 200 },
  );
});

test('many notes are kept by the page, and each is found, changed and kept apart from the others', async () => {
  const params = paramsOf('many');
  const pages = memoryNotePages();
  const writes = jest.spyOn(pages, 'write');
  const notes = openNotes(params, pages);
  const documents = Array.from({ length: 1000 }, (_, index) => noteOf(index, { index }));
  await notes.bulkWrite(
    documents.map((document) => ({ document })),
    'test',
  );
  const written = [...(writes.mock.calls[0]?.[2].values() ?? [])];
  expect(writes).toHaveBeenCalledTimes(1);
  expect(written.length).toBeLessThan(100);
  const changed = documents
    .filter((_, index) => index % 100 === 7)
    .map((previous) => ({
      previous,
      document: { ...previous, docData: { index: -1 }, _rev: '2-a' } as unknown as Note,
    }));
  expect((await notes.bulkWrite(changed, 'test')).error).toEqual([]);
  await notes.close();

  const again = openNotes(params, pages);
  const found = await again.findDocumentsById(
    documents.map(({ id }) => id),
    false,
  );
  expect(found).toHaveLength(1000);
  const values = new Map(found.map((note) => [note.id, note['docData']]));
  documents.forEach(({ id }, index) => {
    expect(values.get(id)).toEqual({ index: index % 100 === 7 ? -1 : index });
  });
  await again.remove();
  expect(await openNotes(params, pages).findDocumentsById(['1|0'], true)).toEqual([]);
});

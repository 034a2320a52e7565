import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RxCollection, RxDatabase, RxStorage } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { sha256Text } from '../../../client/db/sha256-text';
import { FakeServer, type Items, itemSchema, openItems, runOnce } from './trap-kit';

/* See replication.test.ts. Copies of RxDB of their own, since what these show is kept by the module. */

interface Copy {
  core: typeof import('rxdb/plugins/core');
  kit: typeof import('./trap-kit');
  memory: typeof import('rxdb/plugins/storage-memory');
  crdt: typeof import('rxdb/plugins/crdt');
  migration: typeof import('rxdb/plugins/migration-schema');
}

function copyOfRxdb(): Copy {
  let copy: Copy | undefined;
  jest.isolateModules(() => {
    copy = {
      core: require('rxdb/plugins/core'),
      kit: require('./trap-kit'),
      memory: require('rxdb/plugins/storage-memory'),
      crdt: require('rxdb/plugins/crdt'),
      migration: require('rxdb/plugins/migration-schema'),
    };
  });
  if (copy === undefined) throw new Error('RxDB was not loaded');
  return copy;
}

const open = (
  { core, memory }: Copy,
  name: string,
  storage: RxStorage<never, never> = memory.getRxStorageMemory() as never,
): Promise<RxDatabase> =>
  core.createRxDatabase({
    name,
    storage,
    multiInstance: false,
    hashFunction: sha256Text as never,
  });

test('RxDB 4: a write made with the clock set back stays behind the push checkpoint, and is never pushed', async () => {
  const storage = getRxStorageMemory() as never;
  const server = new FakeServer();
  const before = await openItems({ name: 'clock', storage });
  await before.items.insert({ id: 'a', text: 'sent' });
  await runOnce(before.items, server);
  await before.db.close();

  const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 24 * 3600 * 1000);
  try {
    /* A page that is loaded anew: nothing remembers the higher time any more. */
    const { kit } = copyOfRxdb();
    const after = await kit.openItems({ name: 'clock', storage });
    await after.items.insert({ id: 'b', text: 'unsent' });
    await kit.runOnce(after.items, server);
    expect(await after.items.count().exec()).toBe(2);
    expect(server.pushed.flat().map(({ newDocumentState: { id } }) => id)).toEqual(['a']);
    await after.db.close();
  } finally {
    now.mockRestore();
  }
});

test('RxDB 5: after a schema migration an offline edit meets a conflict that is none, and the default handler drops it', async () => {
  const copy = copyOfRxdb();
  const { core, kit, memory, migration } = copy;
  core.addRxPlugin(migration.RxDBMigrationSchemaPlugin);
  const storage = memory.getRxStorageMemory() as never;
  const server = new FakeServer();
  server.put({ id: 'a', text: 'theirs' });
  const first = await kit.openItems({ name: 'migrated', storage });
  await kit.runOnce(first.items, server);
  await (await first.items.findOne('a').exec())?.patch({ text: 'offline edit' });
  await first.db.close();

  const db = await open(copy, 'migrated', storage);
  const second = await db.addCollections({
    items: {
      schema: {
        ...itemSchema,
        version: 1,
        properties: { ...itemSchema.properties, extra: { type: 'string' } },
      },
      migrationStrategies: { 1: (old: object) => ({ ...old, extra: '' }) },
    },
  });
  const items = second['items'] as unknown as Items;
  /* The server compares whole documents, as RxDB itself does, and holds the one without the new field. */
  const conflicts: unknown[] = [];
  jest.spyOn(server, 'push').mockImplementation(async (rows) =>
    rows.flatMap(({ newDocumentState: { id }, assumedMasterState }) => {
      const current = { ...server.get(id), id: id, text: server.get(id)?.text ?? '' };
      const { _deleted, _attachments, ...assumed } = {
        _deleted: false,
        _attachments: {},
        ...assumedMasterState,
      };
      if (JSON.stringify(assumed) === JSON.stringify(current)) return [];
      conflicts.push(assumed);
      return [{ ...current, _deleted: false }];
    }),
  );
  await kit.runOnce(items, server);
  expect(conflicts).toEqual([{ id: 'a', text: 'theirs', extra: '' }]);
  expect((await items.findOne('a').exec())?.text).toBe('theirs');
  await db.close();
});

test('RxDB 12: a CRDT document keeps every operation, upsert forgets them, and no conflict handler is allowed', async () => {
  const copy = copyOfRxdb();
  const { RxDBcrdtPlugin, getCRDTSchemaPart } = copy.crdt;
  copy.core.addRxPlugin(RxDBcrdtPlugin);
  const db = await open(copy, 'crdt');
  const schema = {
    ...itemSchema,
    properties: { ...itemSchema.properties, crdts: getCRDTSchemaPart() },
    required: [...itemSchema.required],
    crdt: { field: 'crdts' },
  };
  const items = (await db.addCollections({ items: { schema: schema as never } }))[
    'items'
  ] as unknown as RxCollection<{ id: string; text: string; crdts?: { operations: unknown[] } }>;
  const document = await items.insert({ id: 'a', text: '0' });
  const operations = async (): Promise<number | undefined> =>
    (await items.findOne('a').exec())?.toMutableJSON().crdts?.operations.length;
  for (let i = 1; i <= 10; i++) {
    const latest = document.getLatest() as never as { updateCRDT(entry: object): Promise<unknown> };
    await latest.updateCRDT({ ifMatch: { $set: { text: String(i) } } });
  }
  expect(await operations()).toBe(11);
  await items.upsert({ id: 'a', text: 'whole' });
  expect(await operations()).toBe(1);
  await expect(
    db.addCollections({
      others: {
        schema: schema as never,
        conflictHandler: { isEqual: () => true, resolve: (input) => input.realMasterState },
      },
    }),
  ).rejects.toMatchObject({ code: 'CRDT3' });
  await db.close();
});

test('RxDB 13: the free edition opens 13 collections in a process, one more after waiting, and no other', async () => {
  const db = await open(copyOfRxdb(), 'many');
  let opened = 0;
  const add = async (): Promise<void> => {
    await db.addCollections({ [`c${opened}`]: { schema: itemSchema } });
    opened += 1;
  };
  const all = async (): Promise<void> => {
    for (;;) await add();
  };
  await expect(all()).rejects.toMatchObject({ code: 'COL23' });
  expect(opened).toBe(14);
  await db.close();
});

test('RxDB 16: without crypto.subtle (plain http on a LAN address) the default hash fails', async () => {
  const { core, memory } = copyOfRxdb();
  const subtle = jest.spyOn(globalThis.crypto, 'subtle', 'get').mockReturnValue(undefined as never);
  try {
    const openWithDefault = async (): Promise<unknown> => {
      const storage = memory.getRxStorageMemory();
      const db = await core.createRxDatabase({ name: 'hash', storage, multiInstance: false });
      return db.addCollections({ items: { schema: itemSchema } });
    };
    await expect(openWithDefault()).rejects.toThrow(/digest/);
  } finally {
    subtle.mockRestore();
  }
});

test('RxDB: a document with a field named `collection` is stored, and cannot be read any more', async () => {
  const db = await open(copyOfRxdb(), 'names');
  const { records } = await db.addCollections({
    records: {
      schema: {
        ...itemSchema,
        properties: { ...itemSchema.properties, collection: { type: 'string' } },
      },
    },
  });
  const insert = records.insert({ id: 'a', text: '', collection: 'products' } as never);
  await expect(insert).rejects.toThrow(/Cannot set property collection/);
  /* It was stored all the same, and from now on nobody can read it. */
  expect(await records.count().exec()).toBe(1);
  await expect(records.find().exec()).rejects.toThrow(/Cannot set property collection/);
  await db.close();
});

test('rxdb is pinned to the version that these tests describe', () => {
  const read = (file: string) =>
    JSON.parse(readFileSync(path.join(__dirname, '..', '..', '..', file), 'utf8'));
  const pinned: string = read('package.json').dependencies.rxdb;
  expect(pinned).toMatch(/^\d+\.\d+\.\d+$/);
  expect(read('node_modules/rxdb/package.json').version).toBe(pinned);
  expect(pinned).toBe('17.6.0');
});

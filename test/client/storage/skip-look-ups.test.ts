import fc from 'fast-check';
import type { EventBulk, RxDocumentData, RxStorageChangeEvent, RxStorageInstance } from 'rxdb';
import { createRevision, fillWithDefaultSettings } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { filter, merge, Subject } from 'rxjs';
import { toRxSchema } from '../../../client/db/rx-schema';
import { Replications } from '../../../client/db/storage/replications';
import { skipLookUps } from '../../../client/db/storage/skip-look-ups';
import { COLLECTIONS } from '../../../schemas/registry';

interface Doc {
  id: string;
  edit: string;
}
type Instance = RxStorageInstance<Doc, unknown, object>;
type Bulk = EventBulk<RxStorageChangeEvent<Doc>, unknown>;

const schema = fillWithDefaultSettings(toRxSchema<Doc>(COLLECTIONS.stock));
let databases = 0;
let time = 1;

const documentOf = (id: string, edit: string, previous?: RxDocumentData<Doc>) => {
  time += 1;
  return {
    id,
    edit,
    _deleted: false,
    _attachments: {},
    _meta: { lwt: time },
    _rev: createRevision('tab', previous),
  } as RxDocumentData<Doc>;
};
const insert = (tab: { instance: Instance; name: string }, ids: readonly string[]) =>
  tab.instance.bulkWrite(
    ids.map((id) => ({ document: documentOf(id, tab.name) })),
    tab.name,
  );

/** Two tabs on one table. What the second writes is heard of in the first when `deliver` says so, or late. */
async function twoTabs() {
  databases += 1;
  const open = (): Promise<Instance> =>
    getRxStorageMemory().createStorageInstance<Doc>({
      databaseInstanceToken: 'tab',
      databaseName: `look-ups${databases}`,
      collectionName: 'stock',
      schema,
      options: {},
      multiInstance: false,
      devMode: false,
    }) as Promise<Instance>;
  const ours = { instance: await open(), name: 'ours' };
  const other = { instance: await open(), name: 'other' };
  /* In memory both share one stream: told apart by who wrote, the other tab's part is held back. */
  const all$ = ours.instance.changeStream();
  const waiting: Bulk[] = [];
  all$
    .pipe(filter(({ context }) => context === other.name))
    .subscribe((bulk) => waiting.push(bulk));
  const told$ = new Subject<Bulk>();
  ours.instance.changeStream = () =>
    merge(all$.pipe(filter(({ context }) => context === ours.name)), told$);
  const asked: string[][] = [];
  const find = ours.instance.findDocumentsById.bind(ours.instance);
  ours.instance.findDocumentsById = (ids, deleted) => {
    asked.push(ids);
    return find(ids, deleted);
  };
  const replications = new Replications();
  skipLookUps(ours.instance, 'id', replications);
  return {
    ours,
    other,
    replications,
    /** Ids that the table itself was asked for, call by call. */
    asked,
    /** Ids that the other tab has written and this one has not heard of. */
    unheard: () =>
      new Set(waiting.flatMap(({ events }) => events.map(({ documentId }) => documentId))),
    deliver: () => {
      for (const bulk of waiting.splice(0)) told$.next(bulk);
    },
    close: async () => {
      await ours.instance.close();
      await other.instance.close();
    },
  };
}
const numbered = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `d${from + index}`);
const ids = (documents: readonly Doc[]): string[] => documents.map(({ id }) => id).sort();

test('a first sync asks a table that was empty for nothing but what has come in since', async () => {
  const { ours, replications, asked, close } = await twoTabs();
  replications.opened();
  expect(await ours.instance.findDocumentsById(numbered(0, 500), true)).toEqual([]);
  await insert(ours, numbered(0, 500));
  const found = await ours.instance.findDocumentsById(numbered(400, 500), true);
  expect(ids(found)).toEqual(numbered(400, 100).sort());
  expect(asked).toEqual([numbered(400, 100)]);
  await close();
});

test('a table that holds something is asked for everything, and so is any outside of a sync', async () => {
  const { ours, replications, asked, close } = await twoTabs();
  await ours.instance.findDocumentsById(numbered(0, 200), true);
  await insert(ours, ['d7']);
  replications.opened();
  await ours.instance.findDocumentsById(numbered(0, 200), true);
  replications.closed();
  expect(asked).toEqual([numbered(0, 200), numbered(0, 200)]);
  await close();
});

test('what is learnt in one sync is not believed in the next', async () => {
  const { ours, other, replications, close } = await twoTabs();
  replications.opened();
  await ours.instance.findDocumentsById(numbered(0, 200), true);
  replications.closed();
  await insert(other, ['d5']);
  replications.opened();
  expect(ids(await ours.instance.findDocumentsById(numbered(0, 200), true))).toEqual(['d5']);
  await close();
});

test('what another tab wrote and this one has not heard of is never replaced', async () => {
  const { ours, other, replications, close } = await twoTabs();
  replications.opened();
  await ours.instance.findDocumentsById(numbered(0, 200), true);
  await insert(other, ['d5']);
  expect(await ours.instance.findDocumentsById(numbered(0, 200), true)).toEqual([]);
  const { error } = await insert(ours, numbered(0, 200));
  expect(error.map((refused) => [refused.documentId, refused.status])).toEqual([['d5', 409]]);
  const [kept] = await ours.instance.findDocumentsById(['d5'], true);
  expect(kept?.edit).toBe('other');
  await close();
});

const some = fc.uniqueArray(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 });
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('ours' as const, 'other' as const), at: some }),
  fc.record({
    kind: fc.constantFrom('deliver' as const, 'open' as const, 'close' as const, 'find' as const),
  }),
);
/** A sync has begun and looked for the first time, over a table that was empty. */
const BEGUN = [{ kind: 'open' as const }, { kind: 'find' as const }];

test('a document that is being written at this moment is looked for', async () => {
  const { ours, replications, asked, close } = await twoTabs();
  replications.opened();
  await ours.instance.findDocumentsById(numbered(0, 200), true);
  const real = ours.instance.bulkWrite;
  const writing = real.call(ours.instance, [{ document: documentOf('d3', 'ours') }], 'unheard');
  await ours.instance.findDocumentsById(numbered(0, 200), true);
  expect(asked).toEqual([['d3']]);
  await writing;
  await close();
});

test('whatever two tabs write, a look-up finds all that this tab wrote, read or heard of', async () => {
  const everything = [...numbered(0, 31), ...numbered(1000, 100)];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const tabs = await twoTabs();
      const { ours, replications } = tabs;
      const there = new Set<string>();
      let open = false;
      for (const taken of [...BEGUN, ...steps, { kind: 'find' as const }]) {
        if (taken.kind === 'ours' || taken.kind === 'other') {
          const batch = taken.at.map((at) => `d${at}`).filter((id) => !there.has(id));
          if (batch.length > 0) await insert(tabs[taken.kind], batch);
          for (const id of batch) there.add(id);
        } else if (taken.kind === 'deliver') tabs.deliver();
        else if (taken.kind === 'open' && !open) {
          replications.opened();
          open = true;
        } else if (taken.kind === 'close' && open) {
          replications.closed();
          open = false;
        } else if (taken.kind === 'find') {
          const found = new Set(ids(await ours.instance.findDocumentsById(everything, true)));
          const unheard = tabs.unheard();
          for (const id of found) expect(there).toContain(id);
          for (const id of there) if (!unheard.has(id)) expect(found).toContain(id);
        }
      }
      await tabs.close();
    }),
    { numRuns: 300 },
  );
});

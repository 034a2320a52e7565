import type { MangoQuery, RxDocumentData } from 'rxdb';
import {
  fillWithDefaultSettings,
  getChangedDocumentsSince,
  normalizeMangoQuery,
  prepareQuery,
} from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { toRxSchema } from '../../../client/db/rx-schema';
import { dexieStorage } from '../../../client/db/storage/dexie-storage';
import type { Invoice } from '../../../schemas/invoices';
import { COLLECTIONS } from '../../../schemas/registry';
import { prng } from '../../../server/demo/prng';
import { type Pair, rowOver, same, writeBoth } from './compare';
import { Random } from './random';

type Doc = Pick<
  Invoice,
  'id' | 'pending' | 'consecutive' | 'issuedAt' | 'terminalId' | 'serial' | 'type'
>;

const schema = fillWithDefaultSettings(toRxSchema<Doc>(COLLECTIONS.invoices));
const IDS = Array.from({ length: 60 }, (_, index) => `id-${String(index).padStart(3, '0')}`);
const TERMINALS = ['t1', 't2'];

export async function openPair(name: string): Promise<Pair<Doc>> {
  const open = (storage: ReturnType<typeof dexieStorage>, database: string) =>
    storage.createStorageInstance<Doc>({
      databaseInstanceToken: database,
      databaseName: database,
      collectionName: 'invoices',
      schema,
      options: {},
      multiInstance: false,
      devMode: false,
    });
  return {
    theirs: await open(getRxStorageDexie() as never, `${name}-theirs`),
    ours: await open(dexieStorage(), `${name}-ours`),
  } as Pair<Doc>;
}

export function contentOf(id: string, random: Random): Doc {
  return {
    id,
    pending: random.below(2) as 0 | 1,
    consecutive: String(random.below(30)).padStart(20, '0'),
    issuedAt: `2026-01-${String(1 + random.below(20)).padStart(2, '0')}`,
    terminalId: random.pick(TERMINALS),
    serial: 1 + random.below(25),
    type: random.pick(['01', '04']),
  };
}

const bound = (random: Random, value: string | number) =>
  random.chance(0.5) ? { $gte: value } : { $lte: value };

/** The kinds of queries that the desk asks, and some that it does not. */
function randomQuery(random: Random): MangoQuery<RxDocumentData<Doc>> {
  const selector: Record<string, unknown> = {};
  if (random.chance(0.3)) selector['pending'] = random.below(2);
  if (random.chance(0.3)) selector['terminalId'] = random.pick(TERMINALS);
  if (random.chance(0.3)) selector['serial'] = bound(random, random.below(25));
  if (random.chance(0.3)) {
    selector['consecutive'] = bound(random, String(random.below(30)).padStart(20, '0'));
  }
  if (random.chance(0.2)) selector['issuedAt'] = { $gt: `2026-01-0${1 + random.below(9)}` };
  if (random.chance(0.1)) selector['type'] = '01';
  if (random.chance(0.1)) selector['id'] = { $in: random.some(IDS, 5) };
  const way = (): 'asc' | 'desc' => (random.chance(0.6) ? 'desc' : 'asc');
  const sort = random.pick<Record<string, 'asc' | 'desc'>[] | undefined>([
    undefined,
    [{ consecutive: way() }],
    [{ issuedAt: way() }, { id: way() }],
    [{ terminalId: 'desc' }, { serial: 'desc' }],
    [{ serial: way() }],
    [{ pending: way() }, { issuedAt: way() }],
  ]);
  return {
    selector: { _deleted: { $eq: false }, ...selector },
    ...(sort === undefined ? {} : { sort }),
    ...(random.chance(0.6) ? { limit: 1 + random.below(12) } : {}),
    ...(random.chance(0.3) ? { skip: random.below(6) } : {}),
  } as never;
}

/** Random writes, and after each a few random queries, to RxDB's Dexie storage and to ours. Returns how many queries. */
export async function checkDexie(seed: number, steps: number): Promise<number> {
  const random = new Random(prng(seed));
  const pair = await openPair(`dexie-${seed}`);
  const older = new Map<string, RxDocumentData<Doc>>();
  let asked = 0;
  for (let step = 0; step < steps; step++) {
    const ids = random.some(IDS, 1 + random.below(12));
    const there = new Map(
      (await pair.theirs.findDocumentsById([...IDS], true)).map((document) => [
        document.id,
        document,
      ]),
    );
    const inserting = random.chance(0.5);
    await writeBoth(
      pair,
      ids.map((id) => {
        const current = there.get(id);
        const base = inserting ? undefined : random.pick([current, older.get(id), undefined]);
        if (current !== undefined) older.set(id, current);
        return rowOver(contentOf(id, random), base, !inserting && random.chance(0.15));
      }),
    );
    for (let i = 0; i < 6; i++) {
      const query = normalizeMangoQuery<Doc>(schema as never, randomQuery(random) as never);
      const prepared = prepareQuery<Doc>(schema, query);
      const ours = await pair.ours.query(prepared);
      const theirs = await pair.theirs.query(prepared);
      same(JSON.stringify(query), ours, theirs);
      same('count', await pair.ours.count(prepared), await pair.theirs.count(prepared));
      const limit = 1 + random.below(40);
      const lwt = random.pick([...there.values()])?._meta.lwt;
      const since = lwt === undefined ? undefined : { id: random.pick(IDS), lwt };
      same(
        `changes since ${JSON.stringify(since)}`,
        await getChangedDocumentsSince(pair.ours, limit, since),
        await getChangedDocumentsSince(pair.theirs, limit, since),
      );
      asked += 1;
    }
  }
  await pair.ours.close();
  await pair.theirs.close();
  return asked;
}

/** Rows of another connection to the same database that RxDB knows nothing of: what a batch of inserts does about them. */
export async function checkTaken(): Promise<{ refused: string[]; kept: string; others: number }> {
  const random = new Random(prng(7));
  const { ours } = await openPair('taken');
  const name = `rxdb-dexie-taken-ours--${schema.version}--invoices`;
  const other = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const transaction = other.transaction('docs', 'readwrite');
  const { document } = rowOver(
    { ...contentOf('id-005', random), consecutive: 'theirs' },
    undefined,
    false,
  );
  transaction.objectStore('docs').put({ ...document, _deleted: '0' });
  await new Promise<void>((resolve) => {
    transaction.oncomplete = () => resolve();
  });
  other.close();
  const rows = IDS.slice(0, 20).map((id) => rowOver(contentOf(id, random), undefined, false));
  const { error } = await ours.bulkWrite(rows, 'test');
  const found = await ours.findDocumentsById([...IDS], false);
  await ours.close();
  return {
    refused: error.map(({ documentId, status }) => `${documentId} ${status}`),
    kept: found.find(({ id }) => id === 'id-005')?.consecutive ?? '',
    others: found.length - 1,
  };
}

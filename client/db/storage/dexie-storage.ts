import type { RxStorage, RxStorageDefaultCheckpoint, RxStorageInstanceCreationParams } from 'rxdb';
import { getRxStorageDexie, RxStorageInstanceDexie } from 'rxdb/plugins/storage-dexie';
import { dexieChanges, dexieRows } from './dexie-rows';

type Internals = Awaited<RxStorageInstanceDexie<unknown>['internals']>;

/** The tables of an instance as they look to a batch of new documents only: nothing is there, and nothing is replaced. */
async function insertsOnly(internals: Promise<Internals>): Promise<Internals> {
  const state = await internals;
  const { dexieTable } = state;
  const table: Pick<typeof dexieTable, 'bulkGet' | 'bulkPut'> = Object.create(dexieTable, {
    bulkGet: { value: () => Promise.resolve([]) },
    bulkPut: { value: (rows: unknown[]) => dexieTable.bulkAdd(rows) },
  });
  return { ...state, dexieTable: table as typeof dexieTable };
}

/** IndexedDB refused an `add` because the key is there. Dexie names the whole and keeps the reason of each. */
function isTaken(error: unknown): boolean {
  const failures = (error as { failures?: unknown }).failures;
  return (
    Array.isArray(failures) &&
    failures.some((failure: { name?: unknown }) => failure.name === 'ConstraintError')
  );
}

/**
 * A batch of new documents is added without looking for each first: IndexedDB itself refuses an `add` whose key is
 * there, whoever wrote it, and the whole batch with it. Only then is it written as RxDB does it, one look-up a document.
 */
function addWithoutLooking<T>(instance: RxStorageInstanceDexie<T>): void {
  const { bulkWrite } = RxStorageInstanceDexie.prototype;
  const inserting: RxStorageInstanceDexie<T> = Object.create(instance, {
    internals: { value: insertsOnly(instance.internals as never) },
  });
  instance.bulkWrite = async (rows, context) => {
    if (rows.some(({ previous }) => previous !== undefined)) {
      return bulkWrite.call(instance, rows, context) as never;
    }
    try {
      return (await bulkWrite.call(inserting, rows, context)) as never;
    } catch (error) {
      if (!isTaken(error)) throw error;
      return bulkWrite.call(instance, rows, context) as never;
    }
  };
}

/** What may be lost when the power goes: a sale that is still being typed is written at every keystroke. */
const EXPENDABLE: ReadonlySet<string> = new Set(['drafts']);

/**
 * RxDB's Dexie storage, with reads and inserts that ask IndexedDB for much at once instead of one row at a time.
 *
 * IndexedDB by default reports a write as done once the operating system has it: a power cut some seconds later takes it
 * away, the receipt already printed. `strict` reports it when it lies on the disk. So do all collections but the drafts.
 */
export function dexieStorage(): RxStorage<unknown, object> {
  const strict = getRxStorageDexie({ chromeTransactionDurability: 'strict' });
  const relaxed = getRxStorageDexie({ chromeTransactionDurability: 'relaxed' });
  return {
    name: strict.name,
    rxdbVersion: strict.rxdbVersion,
    async createStorageInstance<T>(params: RxStorageInstanceCreationParams<T, object>) {
      const dexie = EXPENDABLE.has(params.collectionName) ? relaxed : strict;
      const instance = await dexie.createStorageInstance<T>(params);
      addWithoutLooking(instance);
      instance.query = (prepared) => dexieRows(instance, prepared);
      return Object.assign(instance, {
        getChangedDocumentsSince: (limit: number, checkpoint?: RxStorageDefaultCheckpoint) =>
          dexieChanges(instance, limit, checkpoint),
      });
    },
  };
}

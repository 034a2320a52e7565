import type { HashFunction, RxCollection, RxConflictHandler, RxDatabase, RxStorage } from 'rxdb';
import { addRxPlugin, createRxDatabase } from 'rxdb/plugins/core';
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema';
import type { ConflictRecord, Draft, RejectedRecord, Run, Setting } from '../../schemas/local';
import { MIGRATIONS } from '../../schemas/migrations/upgrade-document';
import {
  COLLECTION_NAMES,
  COLLECTIONS,
  type CollectionName,
  type Documents,
  LOCAL_COLLECTIONS,
  type LocalCollectionName,
} from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import { toRxSchema } from './rx-schema';
import { sha256Text } from './sha256-text';

addRxPlugin(RxDBMigrationSchemaPlugin);

export interface LocalDocuments {
  drafts: Draft;
  runs: Run;
  conflicts: ConflictRecord;
  rejected: RejectedRecord;
  settings: Setting;
}
export type DeskCollections = {
  [N in CollectionName]: RxCollection<Documents[N]>;
} & { [N in LocalCollectionName]: RxCollection<LocalDocuments[N]> };
export type DeskDatabase = RxDatabase<DeskCollections>;

export interface OpenOptions {
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of a storage, whatever its internals
  storage: RxStorage<any, any>;
  /** Other tabs of the profile open the same database and must see each other's writes. */
  multiInstance: boolean;
  /** Runs a migration of what is stored while no tab takes numbers. */
  whileNobodyIssues: (migrate: () => Promise<void>) => Promise<void>;
  conflictHandler: <N extends CollectionName>(collection: N) => RxConflictHandler<Documents[N]>;
}

/**
 * Opens the terminal's database with its 12 collections (RxDB's free edition takes 13).
 * The storage is an argument: Dexie in the browser, memory in tests; nothing else knows which.
 */
export async function openDatabase(options: OpenOptions): Promise<DeskDatabase> {
  const database = await createRxDatabase<DeskCollections>({
    name: options.name,
    storage: options.storage,
    multiInstance: options.multiInstance,
    eventReduce: true,
    /* Synchronous and pure: `crypto.subtle` is missing on plain http, and replays must be deterministic. */
    hashFunction: sha256Text as HashFunction,
    closeDuplicates: true,
  });
  const synced = Object.fromEntries(
    COLLECTION_NAMES.map((name) => [
      name,
      {
        schema: toRxSchema(COLLECTIONS[name]),
        conflictHandler: options.conflictHandler(name),
        migrationStrategies: MIGRATIONS[name] ?? {},
        autoMigrate: false,
      },
    ]),
  );
  const local = Object.fromEntries(
    Object.entries(LOCAL_COLLECTIONS).map(([name, spec]) => [name, { schema: toRxSchema(spec) }]),
  );
  await database.addCollections({ ...synced, ...local } as Parameters<
    typeof database.addCollections
  >[0]);
  for (const name of COLLECTION_NAMES) {
    const collection = database.collections[name];
    if (await collection.migrationNeeded()) {
      await options.whileNobodyIssues(() => migrate(collection));
    }
  }
  return database;
}

/**
 * Brings what an older program stored to the present schema. Not by RxDB's `autoMigrate`: once a migration has failed (a
 * full disk), that fails at every start before it has looked.
 */
async function migrate(
  collection: Pick<RxCollection, 'name' | 'migrationNeeded' | 'startMigration'>,
) {
  if (!(await collection.migrationNeeded())) return;
  await collection.startMigration();
  if (!(await collection.migrationNeeded())) return;
  throw new AppError('INTERNAL', { migration: collection.name });
}

import type {
  BulkWriteRow,
  RxDocumentData,
  RxStorage,
  RxStorageInstanceCreationParams,
} from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';

/** The disk of a terminal, as the world keeps it: it outlives every crash. */
export interface Disk {
  /** Documents of a table, as JSON. */
  load(table: string): readonly string[];
  /** Called before a write; a promise holds the write back (a crash: for ever). */
  beforeWrite(table: string, context: string): Promise<void> | undefined;
  /** Called with what is now durable. The promise, as before, holds the writer back. */
  written(
    table: string,
    context: string,
    documents: readonly { id: string; json: string }[],
  ): Promise<void> | undefined;
}

/**
 * RxDB's memory storage over a disk that survives the realm: what a write says is done stands on the disk, as text, and
 * a terminal that starts again reads it from there. One write is one step: it is on the disk wholly or not at all.
 */
// biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of a storage
export function durableStorage(disk: Disk): RxStorage<any, any> {
  const memory = getRxStorageMemory();
  return {
    name: memory.name,
    rxdbVersion: memory.rxdbVersion,
    async createStorageInstance<T>(params: RxStorageInstanceCreationParams<T, object>) {
      const instance = await memory.createStorageInstance<T>(params);
      const table = `${params.collectionName}.${params.schema.version}`;
      /* RxDB's own tables have a key of several fields: its path is what their schema says. */
      const { primaryKey } = params.schema;
      const path = typeof primaryKey === 'string' ? primaryKey : primaryKey.key;
      const primaryOf = (document: object): string =>
        String((document as Record<string, unknown>)[path]);
      const write = instance.bulkWrite.bind(instance);
      const stored = disk.load(table);
      if (stored.length > 0) {
        const rows = stored.map((json) => ({ document: JSON.parse(json) as RxDocumentData<T> }));
        await write(rows, 'restore');
      }
      instance.bulkWrite = async (rows: BulkWriteRow<T>[], context: string) => {
        const held = disk.beforeWrite(table, context);
        if (held !== undefined) await held;
        const result = await write(rows, context);
        const failed = new Set(result.error.map(({ documentId }) => documentId));
        const documents = rows
          .map(({ document }) => ({
            id: primaryOf(document),
            json: JSON.stringify(document),
          }))
          .filter(({ id }) => !failed.has(id));
        const after = disk.written(table, context, documents);
        if (after !== undefined) await after;
        return result;
      };
      return instance;
    },
  };
}

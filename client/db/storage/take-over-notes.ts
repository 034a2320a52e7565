import type { BulkWriteRow } from 'rxdb';
import { getChangedDocumentsSince } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { isCheckpoint, type Note, type NoteParams, type NotesInstance } from './notes-instance';

const BATCH = 1000;

/**
 * Copies what RxDB's own storage kept of a replication on terminals of version 0.1.0. Without it such a terminal would
 * begin again from nothing, and RxDB takes no document from the server that is there without a note. The old notes stay:
 * a tab that still runs the older version goes on with them.
 */
export async function takeOverNotes(notes: NotesInstance, params: NoteParams): Promise<void> {
  const name = `rxdb-dexie-${params.databaseName}--${params.schema.version}--${params.collectionName}`;
  if (!(await indexedDB.databases()).some((database) => database.name === name)) return;
  const old = await getRxStorageDexie().createStorageInstance({ ...params, multiInstance: false });
  try {
    const checkpoints: BulkWriteRow<Note>[] = [];
    let since: unknown;
    for (;;) {
      const { documents, checkpoint } = await getChangedDocumentsSince<Note, unknown>(
        old,
        BATCH,
        since,
      );
      if (documents.length === 0) break;
      since = checkpoint;
      const rows = documents.map((document) => ({ document }));
      checkpoints.push(...rows.filter(({ document }) => isCheckpoint(document.id)));
      await notes.bulkWrite(
        rows.filter(({ document }) => !isCheckpoint(document.id)),
        'take-over',
      );
    }
    /* Last: cut before, it is all copied again, and what is there by then stays as it is. */
    await notes.bulkWrite(checkpoints, 'take-over');
  } finally {
    await old.close();
  }
}

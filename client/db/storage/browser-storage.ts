import { deskStorage } from './desk-storage';
import { dexieStorage } from './dexie-storage';
import { indexedNotePages } from './indexed-note-pages';
import { takeOverNotes } from './take-over-notes';

/** The storage of a browser: everything in IndexedDB. */
export const browserStorage = () =>
  deskStorage({
    documents: dexieStorage(),
    notes: (databaseName) => indexedNotePages(`${databaseName}-replication`),
    takeOver: takeOverNotes,
  });

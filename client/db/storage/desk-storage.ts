import type { RxStorage, RxStorageInstance, RxStorageInstanceCreationParams } from 'rxdb';
import { getPrimaryFieldOfPrimaryKey, META_INSTANCE_SCHEMA_TITLE } from 'rxdb/plugins/core';
import type { NotePages } from './note-pages';
import { type NoteParams, NotesInstance, type NoteTables, noteTables } from './notes-instance';
import { orderById } from './order-by-id';
import { Replications } from './replications';
import { skipLookUps } from './skip-look-ups';

// biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of a storage, whatever its internals
export type AnyStorage = RxStorage<any, any>;

export interface DeskStorageParts {
  /** Where the documents live: Dexie in the browser, memory in tests. */
  documents: AnyStorage;
  /** Where RxDB's notes of its replications live. */
  notes: (databaseName: string) => NotePages;
  /** Fills the notes of a replication that has not begun here, from where an older version of the product kept them. */
  takeOver?: (notes: NotesInstance, params: NoteParams) => Promise<void>;
}

/** What all instances of one database share. */
class DatabaseState {
  readonly replications = new Replications();
  readonly pages: NotePages;
  readonly #tables = new Map<string, NoteTables>();

  constructor(pages: NotePages) {
    this.pages = pages;
  }

  /** Kept from one sync to the next, so that the places of the notes are learnt once. */
  tables(params: NoteParams): NoteTables {
    const key = `${params.collectionName}/${params.schema.version}`;
    const known = this.#tables.get(key) ?? noteTables(params, this.pages);
    this.#tables.set(key, known);
    return known;
  }
}

/**
 * The terminal's storage: RxDB's own for the documents, but for the work that it does in vain. What is spared, and why
 * nothing can go wrong by it, stands in the files beside this one; ARCHITECTURE.md has the figures.
 */
export function deskStorage({ documents, notes, takeOver }: DeskStorageParts): AnyStorage {
  const databases = new Map<string, DatabaseState>();
  const database = (name: string): DatabaseState => {
    const known = databases.get(name) ?? new DatabaseState(notes(name));
    databases.set(name, known);
    return known;
  };

  const openNotes = async (params: NoteParams): Promise<NotesInstance> => {
    const state = database(params.databaseName);
    const instance = new NotesInstance(params, {
      pages: state.pages,
      tables: state.tables(params),
      onClose: () => state.replications.closed(),
    });
    state.replications.opened();
    try {
      if (takeOver !== undefined && (await instance.isFresh())) await takeOver(instance, params);
    } catch (error) {
      /* Closed again, or this sync would seem to go on for ever. */
      await instance.close();
      throw error;
    }
    return instance;
  };

  return {
    name: documents.name,
    rxdbVersion: documents.rxdbVersion,
    async createStorageInstance<T>(params: RxStorageInstanceCreationParams<T, object>) {
      if (params.schema.title === META_INSTANCE_SCHEMA_TITLE) {
        const instance: unknown = await openNotes(params as never);
        return instance as RxStorageInstance<T, unknown, object>;
      }
      const instance = await documents.createStorageInstance(params);
      const primary = getPrimaryFieldOfPrimaryKey(params.schema.primaryKey) as string;
      orderById(instance, primary);
      skipLookUps(instance, primary, database(params.databaseName).replications);
      return instance;
    },
  };
}

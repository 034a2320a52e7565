import type {
  BulkWriteRow,
  EventBulk,
  RxDocumentData,
  RxStorageBulkWriteResponse,
  RxStorageChangeEvent,
  RxStorageDefaultCheckpoint,
  RxStorageInstance,
  RxStorageInstanceCreationParams,
} from 'rxdb';
import { categorizeBulkWriteRows, getQueryMatcher, getSortComparator } from 'rxdb/plugins/core';
import { Subject } from 'rxjs';
import { AppError } from '../../../shared/errors/app-error';
import type { NotePages } from './note-pages';
import { NoteTable } from './note-table';

/** What RxDB keeps of one document, or of a checkpoint (`isCheckpoint`, whose id ends so). */
export type Note = RxDocumentData<{ id: string; [field: string]: unknown }>;
export type NoteParams = RxStorageInstanceCreationParams<Note, object>;
type Instance = RxStorageInstance<Note, NotePages, object>;
type Events = EventBulk<RxStorageChangeEvent<Note>, RxStorageDefaultCheckpoint>;
type Rows = BulkWriteRow<Note>[];

export const isCheckpoint = (id: string): boolean => id.endsWith('|1');

/** The tables of one replication. The two checkpoints have one of their own: an idle sync reads nothing else. */
export interface NoteTables {
  documents: NoteTable<Note>;
  checkpoints: NoteTable<Note>;
}

export function noteTables(
  { databaseName, collectionName, schema }: NoteParams,
  pages: NotePages,
): NoteTables {
  const name = `${databaseName}/${collectionName}/${schema.version}`;
  return {
    documents: new NoteTable(name, pages, ({ id }) => id),
    checkpoints: new NoteTable(`${name}/checkpoints`, pages, ({ id }) => id),
  };
}

/**
 * RxDB's storage for what it remembers of a replication: for every document the state that the server is known to have,
 * and the two checkpoints. RxDB finds these by id only, so they need none of the indexes that its own storage keeps up
 * for each, and they are kept by the page. It behaves as any RxStorage does; a test compares it with RxDB's own.
 */
export class NotesInstance implements Instance {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: NoteParams['schema'];
  readonly options: Readonly<object>;
  readonly internals: NotePages;
  readonly #tables: NoteTables;
  readonly #changes = new Subject<Events>();
  readonly #onClose: () => void;
  #turn: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | null = null;

  constructor(
    params: NoteParams,
    { pages, tables, onClose }: { pages: NotePages; tables: NoteTables; onClose: () => void },
  ) {
    this.databaseName = params.databaseName;
    this.collectionName = params.collectionName;
    this.schema = params.schema;
    this.options = params.options;
    this.internals = pages;
    this.#tables = tables;
    this.#onClose = onClose;
  }

  /** True until a checkpoint is first written: the replication has not begun here. */
  isFresh(): Promise<boolean> {
    return this.#tables.checkpoints.isFresh();
  }

  bulkWrite(rows: Rows, context: string): Promise<RxStorageBulkWriteResponse<Note>> {
    return this.#inTurn(async () => {
      const response: RxStorageBulkWriteResponse<Note> = { error: [] };
      for (const [table, part] of this.#parts(rows, ({ document }) => document.id)) {
        const sorted = await this.#write(table, part, context);
        response.error.push(...sorted.errors);
        this.#tell(sorted);
      }
      return response;
    });
  }

  findDocumentsById(ids: string[], withDeleted: boolean): Promise<Note[]> {
    return this.#inTurn(async () => {
      const found: Note[] = [];
      for (const [table, part] of this.#parts(ids, (id) => id)) {
        found.push(...(await table.find(part)).values());
      }
      return found.filter(({ _deleted }) => withDeleted || !_deleted);
    });
  }

  /** By looking at all of them: RxDB asks so only when it migrates to another version of a schema. */
  query: Instance['query'] = ({ query }) =>
    this.#inTurn(async () => {
      const { documents, checkpoints } = this.#tables;
      const matches = getQueryMatcher(this.schema, query);
      const found = [...(await documents.all()), ...(await checkpoints.all())]
        .filter((document) => matches(document))
        .sort(getSortComparator(this.schema, query) as (a: Note, b: Note) => number);
      return { documents: found.slice(query.skip, query.skip + (query.limit ?? found.length)) };
    });

  count: Instance['count'] = async (prepared) => ({
    count: (await this.query(prepared)).documents.length,
    mode: 'fast',
  });

  changeStream() {
    return this.#changes.asObservable();
  }

  /** Nothing to clean up: notes are never deleted one by one. */
  cleanup(): Promise<boolean> {
    return Promise.resolve(true);
  }

  getAttachmentData(): Promise<Blob> {
    return Promise.reject(new AppError('INTERNAL', { reason: 'notes have no attachments' }));
  }

  async remove(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#tables.documents.clear();
      await this.#tables.checkpoints.clear();
    });
    return this.close();
  }

  close(): Promise<void> {
    this.#closed ??= this.#turn.then(() => {
      this.#changes.complete();
      this.#onClose();
    });
    return this.#closed;
  }

  /** One call at a time: each sees what the one before it has written. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (this.#closed !== null) {
      return Promise.reject(new AppError('INTERNAL', { reason: 'notes are closed' }));
    }
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #parts<T>(items: readonly T[], idOf: (item: T) => string): [NoteTable<Note>, T[]][] {
    const { documents, checkpoints } = this.#tables;
    const parts: [NoteTable<Note>, T[]][] = [
      [documents, items.filter((item) => !isCheckpoint(idOf(item)))],
      [checkpoints, items.filter((item) => isCheckpoint(idOf(item)))],
    ];
    return parts.filter(([, part]) => part.length > 0);
  }

  async #write(table: NoteTable<Note>, rows: Rows, context: string) {
    const sort = (there: Map<string, Note>) =>
      categorizeBulkWriteRows<Note>(this, 'id' as never, there as never, rows, context);
    let sorted = sort(new Map());
    await table.change(
      rows.map(({ document }) => document.id),
      (there) => {
        sorted = sort(there);
        return {
          updates: sorted.bulkUpdateDocs.map(({ document }) => document as Note),
          inserts: sorted.bulkInsertDocs.map(({ document }) => document as Note),
        };
      },
    );
    return sorted;
  }

  #tell({ eventBulk, newestRow }: ReturnType<typeof categorizeBulkWriteRows<Note>>): void {
    if (eventBulk.events.length === 0 || newestRow === undefined) return;
    const { id, _meta } = newestRow.document as Note;
    this.#changes.next({ ...eventBulk, checkpoint: { id, lwt: _meta.lwt } } as Events);
  }
}

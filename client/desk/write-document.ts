import type { RxCollection } from 'rxdb';
import type { AnyDocument, CollectionName, Documents } from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import type { Ids } from '../../shared/ports/ids';
import { LIMITS } from '../../shared/protocol/limits';
import type { DeskDatabase } from '../db/database';
import { databaseSettings } from '../db/settings';
import { noteBase } from '../pending/built-on';
import { stampEdit, stampNew } from '../pending/stamp';
import { rejectedId } from '../sync/records';

interface WriteOptions<N extends CollectionName> {
  db: DeskDatabase;
  ids: Ids;
  collection: N;
}

const collectionOf = <N extends CollectionName>(db: DeskDatabase, name: N) =>
  db[name] as unknown as RxCollection<Documents[N]>;

/** The document if it fits its schema and the server's limit, else INVALID_DOCUMENT or DOCUMENT_TOO_LARGE (F7). */
function checked<N extends CollectionName>(collection: N, document: Documents[N]): Documents[N] {
  const parsed = validateDocument(collection, document);
  if (!parsed.ok) {
    throw new AppError('INVALID_DOCUMENT', { collection, path: parsed.path, why: parsed.message });
  }
  if (new TextEncoder().encode(JSON.stringify(document)).length > LIMITS.documentBytes) {
    throw new AppError('DOCUMENT_TOO_LARGE', { collection });
  }
  return document;
}

/** Every way in which a browser says that it could not store: the operator hears one thing, and nothing was issued. */
const storing = async <T>(write: Promise<T>): Promise<T> => {
  try {
    return await write;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('STORAGE_FULL', {}, { cause });
  }
};

/** Stores a new document, pending. The only door through which a terminal makes one (besides a pull). */
export async function insertDocument<N extends CollectionName>(
  { db, ids, collection }: WriteOptions<N>,
  content: Omit<Documents[N], 'ver' | 'edit' | 'pending'>,
): Promise<Documents[N]> {
  const document = checked(collection, stampNew<Documents[N]>(content as never, ids));
  await storing(collectionOf(db, collection).insert(document));
  return document;
}

/** Stores an edit over whatever the document is by then, pending. NOT_FOUND where there is none. */
export async function editDocument<N extends CollectionName>(
  { db, ids, collection }: WriteOptions<N>,
  id: string,
  change: (current: Documents[N]) => Documents[N],
): Promise<Documents[N]> {
  const found = await collectionOf(db, collection).findOne(id).exec();
  if (found === null) throw new AppError('NOT_FOUND', { collection, id });
  await storing(noteBase(databaseSettings(db), collection, found.toMutableJSON() as AnyDocument));
  const written = await storing(
    found.incrementalModify((current) => {
      const { _deleted, _meta, _rev, _attachments, ...content } = current as unknown as Record<
        string,
        unknown
      >;
      const next = stampEdit<AnyDocument>(change(content as never), ids) as Documents[N];
      checked(collection, next);
      return { ...current, ...next };
    }),
  );
  /* What was refused is not what stands there now: the correction is pending like any other edit. */
  await db.rejected.bulkRemove([rejectedId(collection, id)]);
  return written.toMutableJSON() as Documents[N];
}

import type { AnyDocument, CollectionName } from '../../schemas/registry';
import type { DeskDatabase } from '../db/database';

/** Collections that a terminal writes, and that can therefore be pending. */
export const WRITTEN_COLLECTIONS = [
  'clients',
  'products',
  'invoices',
  'movements',
  'shifts',
] as const;
export type WrittenCollection = (typeof WRITTEN_COLLECTIONS)[number];

export const isWritten = (name: CollectionName): name is WrittenCollection =>
  (WRITTEN_COLLECTIONS as readonly string[]).includes(name);

const pendingDocuments = (db: DeskDatabase, collection: WrittenCollection) =>
  db[collection].find({ selector: { pending: { $eq: 1 } }, index: ['pending'] }).exec();

/** Exact number of pending documents, from the index on `pending`: neither a scan nor a clock is involved. */
export function countPending(db: DeskDatabase, collection: WrittenCollection): Promise<number> {
  return db[collection].count({ selector: { pending: { $eq: 1 } }, index: ['pending'] }).exec();
}

/** The same of all collections together. */
export async function countAllPending(db: DeskDatabase): Promise<number> {
  let sum = 0;
  for (const name of WRITTEN_COLLECTIONS) sum += await countPending(db, name);
  return sum;
}

/** The pending documents as they would be pushed, ordered by id: the same content is the same text, whenever it is read. */
export async function pendingStates(
  db: DeskDatabase,
  collection: WrittenCollection,
): Promise<AnyDocument[]> {
  const documents = await pendingDocuments(db, collection);
  return documents
    .map((document): AnyDocument => document.toMutableJSON())
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The pending documents' ids with the version that each builds on. */
export async function pendingVersions(
  db: DeskDatabase,
  collection: WrittenCollection,
): Promise<Map<string, number>> {
  const documents = await pendingDocuments(db, collection);
  return new Map(documents.map((document) => [document.primary, document.ver]));
}

/** The pending documents' ids with the edit of each. */
export async function pendingEdits(
  db: DeskDatabase,
  collection: WrittenCollection,
): Promise<Map<string, string>> {
  const documents = await pendingDocuments(db, collection);
  return new Map(documents.map((document) => [document.primary, document.edit]));
}

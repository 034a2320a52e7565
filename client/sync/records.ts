import type { ConflictRecord } from '../../schemas/local';
import type { AnyDocument, CollectionName } from '../../schemas/registry';
import type { FieldConflict } from '../../shared/conflict/merge-fields';
import { type Clock, instant } from '../../shared/ports/clock';
import type { DeskDatabase } from '../db/database';
import { noteAlerts } from './alerts';
import { titleOf } from './title-of';

/**
 * Writes down what a person must see: refused documents and conflicts. Both ids follow from the document, so writing
 * one again after a crash changes nothing, and both are written before RxDB goes on (nothing is dropped silently).
 */
export interface Records {
  rejected(
    collection: CollectionName,
    document: AnyDocument,
    refusal: { code: string; message: string },
  ): Promise<void>;
  /** The documents were accepted or merged: what was refused of them before is settled. */
  settled(collection: CollectionName, documentIds: readonly string[]): Promise<void>;
  conflict(
    collection: CollectionName,
    mine: AnyDocument,
    fields: readonly FieldConflict[],
  ): Promise<void>;
  /** Documents came from the server, and are about to be stored: what it noticed of them is written down. */
  received(documents: readonly AnyDocument[]): Promise<void>;
  /** Documents of the collection that stand refused as they are. */
  rejectedEdits(collection: CollectionName): Promise<Map<string, string>>;
}

/** Key of a document's refusal. */
export const rejectedId = (collection: CollectionName, id: string): string => `${collection}:${id}`;

export function databaseRecords(db: DeskDatabase, clock: Clock): Records {
  return {
    async rejected(collection, document, { code, message }) {
      await db.rejected.incrementalUpsert({
        id: rejectedId(collection, document.id),
        collectionName: collection,
        documentId: document.id,
        title: titleOf(document).slice(0, 200),
        edit: document.edit,
        code: code.slice(0, 60),
        message: message.slice(0, 500),
        at: instant(clock.now()),
      });
    },
    async settled(collection, documentIds) {
      await db.rejected.bulkRemove(documentIds.map((id) => rejectedId(collection, id)));
    },
    async conflict(collection, mine, fields) {
      const id = `${collection}:${mine.id}:${mine.edit}`;
      await noteConflict(db, {
        id,
        collectionName: collection,
        documentId: mine.id,
        title: titleOf(mine).slice(0, 200),
        at: instant(clock.now()),
        status: 'open',
        decidedAt: '',
        decidedBy: '',
        fields: fields.map(({ field, base, mine: own, theirs }) => ({
          field,
          base: base ?? null,
          mine: own ?? null,
          theirs: theirs ?? null,
        })),
      });
    },
    received: (documents) => noteAlerts(db, clock, documents),
    async rejectedEdits(collection) {
      const records = await db.rejected.find({ selector: { collectionName: collection } }).exec();
      return new Map(records.map((record) => [record.documentId, record.edit]));
    },
  };
}

/**
 * One edit can be in conflict more than once, each time over other fields: what was merged is in conflict after all where
 * the terminal died before it kept the merge, and met another state then. Fields that nobody was told of join the open
 * record; beside one that was decided they make a new one.
 */
async function noteConflict(db: DeskDatabase, record: ConflictRecord): Promise<void> {
  let { fields } = record;
  for (let number = 1; fields.length > 0; number++) {
    const id = number === 1 ? record.id : `${record.id}:${number}`;
    const known = await db.conflicts.findOne(id).exec();
    if (known === null) {
      await db.conflicts.incrementalUpsert({ ...record, id, fields });
      return;
    }
    const told = new Set(known.fields.map(({ field }) => field));
    fields = fields.filter(({ field }) => !told.has(field));
    if (known.status !== 'open' || fields.length === 0) continue;
    const added = fields;
    await known.incrementalModify((stored) => ({
      ...stored,
      fields: [...stored.fields, ...added],
    }));
    return;
  }
}

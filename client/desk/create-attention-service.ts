import type { RxCollection } from 'rxdb';
import { from, merge, type Observable } from 'rxjs';
import { auditTime, map, startWith, switchMap } from 'rxjs/operators';
import { type AnyDocument, type CollectionName, isCollectionName } from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { Permission } from '../../shared/roles';
import type { DeskDatabase } from '../db/database';
import { WRITTEN_COLLECTIONS } from '../pending/pending-counts';
import { stampEdit } from '../pending/stamp';
import type { AttentionService, Refusal } from '../services/attention-service';
import { ALERT_RANGE, attendAlert, type InvoiceAlert, openAlert } from '../sync/alerts';
import { restamp } from '../sync/restamp';
import { authorWho, type CurrentAuthor } from './author';

export interface AttentionOptions {
  db: DeskDatabase;
  clock: Clock;
  ids: Ids;
  /** Who decides, for the record. */
  author: CurrentAuthor;
  /** Told of each decision, for the owner's log. */
  onDecided: (decision: {
    collection: string;
    documentId: string;
    decision: 'applied' | 'kept';
  }) => void;
}

/** Bursts of writes are read together. */
const REREAD_MS = 120;

/** What deciding a conflict of each collection takes; what is not here is immutable, or written by nobody here. */
const EDIT_PERMISSION: Partial<Record<CollectionName, Permission>> = {
  clients: 'editClients',
  products: 'editProducts',
};

export function createAttentionService(options: AttentionOptions): AttentionService {
  const { db, clock, ids, author } = options;
  const collectionOf = (name: string): RxCollection<AnyDocument> => {
    if (!isCollectionName(name)) throw new AppError('UNKNOWN_COLLECTION', { name });
    return db[name] as unknown as RxCollection<AnyDocument>;
  };

  const decide = async (id: string, status: 'applied' | 'kept'): Promise<void> => {
    const record = await db.conflicts.findOne(id).exec();
    if (record === null) return;
    await record.incrementalPatch({
      status,
      decidedAt: instant(clock.now()),
      decidedBy: author().user.displayName.slice(0, 120),
    });
    const { collectionName: collection, documentId } = record;
    options.onDecided({ collection, documentId, decision: status });
  };

  const written = WRITTEN_COLLECTIONS.map((name) => db[name]);

  const document: AttentionService['document'] = async ({ collectionName, documentId }) => {
    const stored = await collectionOf(collectionName).findOne(documentId).exec();
    return stored?.toMutableJSON() ?? null;
  };

  const refusals = async (): Promise<readonly Refusal[]> => {
    const records = (await db.rejected.find().exec()).map((record) => record.toMutableJSON());
    return Promise.all(
      records.map(async (record) => {
        const current = await document(record);
        return { ...record, isWaiting: current !== null && current.edit !== record.edit };
      }),
    );
  };

  const alerts = async (): Promise<readonly InvoiceAlert[]> => {
    const stored = await db.settings.find({ selector: ALERT_RANGE }).exec();
    return stored
      .map((setting) => openAlert(setting.toJSON()))
      .filter((alert) => alert !== null)
      .sort((a, b) => b.at.localeCompare(a.at));
  };

  return {
    runs$: (limit) =>
      db.runs
        .find({ sort: [{ startedAt: 'desc' }], limit })
        .$.pipe(map((records) => records.map((record) => record.toMutableJSON()))),
    conflicts$: () =>
      db.conflicts
        .find({ selector: { status: 'open' } })
        .$.pipe(map((records) => records.map((record) => record.toMutableJSON()))),
    rejected$: () => rereadOn([db.rejected, ...written], refusals),
    alerts$: () => rereadOn([db.settings], alerts),
    document,
    async attend(invoiceId) {
      const { user } = authorWho(author, 'attendAlerts');
      await attendAlert(db, invoiceId, user.displayName);
    },

    async applyMine(conflictId) {
      const record = (await db.conflicts.findOne(conflictId).exec())?.toMutableJSON();
      if (record === undefined || record.status !== 'open') return;
      const needed = isCollectionName(record.collectionName)
        ? EDIT_PERMISSION[record.collectionName]
        : undefined;
      if (needed === undefined) throw new AppError('DOCUMENT_IMMUTABLE', { conflictId });
      const editor = authorWho(author, needed).user;
      const mine = Object.fromEntries(
        record.fields.map(({ field, mine: value }) => [field, value]),
      );
      const stored = await collectionOf(record.collectionName).findOne(record.documentId).exec();
      if (stored === null) throw new AppError('NOT_FOUND', { id: record.documentId });
      const name = record.collectionName;
      await stored.incrementalModify((current) => {
        const next = {
          ...stampEdit(current, ids),
          ...mine,
          ...('editedBy' in current
            ? { editedBy: editor.id, updatedAt: instant(clock.now()) }
            : {}),
        };
        const { _deleted, _meta, _rev, _attachments, ...content } = next as Record<string, unknown>;
        if (isCollectionName(name) && !validateDocument(name, content).ok) {
          throw new AppError('INVALID_DOCUMENT', { id: record.documentId });
        }
        return next as typeof current;
      });
      await decide(conflictId, 'applied');
    },
    keepTheirs: (conflictId) => decide(conflictId, 'kept'),

    async sendAgain(rejectedId) {
      const record = await db.rejected.findOne(rejectedId).exec();
      if (record === null) return;
      /* Under a new edit the document is pending like any other; the record goes when the server has taken it. */
      await restamp(collectionOf(record.collectionName), [record.documentId], ids);
    },
  };
}

/** A list that is read now, and again after anything was written to one of the collections. */
const rereadOn = <T>(
  collections: readonly { readonly eventBulks$: unknown }[],
  read: () => Promise<readonly T[]>,
): Observable<readonly T[]> =>
  merge(...collections.map(({ eventBulks$ }) => eventBulks$ as Observable<unknown>)).pipe(
    auditTime(REREAD_MS),
    startWith(null),
    switchMap(() => from(read())),
  );

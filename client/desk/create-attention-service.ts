import type { RxCollection } from 'rxdb';
import { from, merge, type Observable } from 'rxjs';
import { auditTime, map, startWith, switchMap } from 'rxjs/operators';
import { type AnyDocument, isCollectionName } from '../../schemas/registry';
import { isMerged, type MergedCollection } from '../../shared/conflict/merged-collections';
import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { Permission } from '../../shared/roles';
import type { DeskDatabase } from '../db/database';
import { WRITTEN_COLLECTIONS } from '../pending/pending-counts';
import type { AttentionService, Refusal } from '../services/attention-service';
import { ALERT_RANGE, attendAlert, type InvoiceAlert, openAlert } from '../sync/alerts';
import { restamp } from '../sync/restamp';
import { authorWho, type CurrentAuthor } from './author';
import { editDocument } from './write-document';

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

/** What deciding a conflict of each collection takes. */
const EDIT_PERMISSION: Record<MergedCollection, Permission> = {
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
      const { collectionName: collection, documentId } = record;
      if (!isCollectionName(collection) || !isMerged(collection)) {
        throw new AppError('DOCUMENT_IMMUTABLE', { conflictId });
      }
      const editor = authorWho(author, EDIT_PERMISSION[collection]).user;
      const mine = Object.fromEntries(
        record.fields.map(({ field, mine: value }) => [field, value]),
      );
      const stamp = { editedBy: editor.id, updatedAt: instant(clock.now()) };
      await editDocument<MergedCollection>({ db, ids, collection }, documentId, (current) => ({
        ...current,
        ...mine,
        ...stamp,
      }));
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

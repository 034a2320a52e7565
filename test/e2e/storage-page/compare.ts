import type { BulkWriteRow, RxDocumentData, RxStorageInstance } from 'rxdb';
import { createRevision } from 'rxdb/plugins/core';

/** An instance of RxDB's own storage and one of ours, which must answer alike. */
export interface Pair<T extends { id: string }> {
  theirs: RxStorageInstance<T, unknown, object>;
  ours: RxStorageInstance<T, unknown, object>;
}

/** Throws with both answers where they differ. Key order does not matter, the order of lists does. */
export function same(what: string, ours: unknown, theirs: unknown): void {
  const print = (value: unknown): string =>
    JSON.stringify(value, (_key, held: unknown) =>
      typeof held === 'object' && held !== null && !Array.isArray(held)
        ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
        : held,
    );
  if (print(ours) !== print(theirs)) {
    throw new Error(`${what}\nours:   ${print(ours)}\ntheirs: ${print(theirs)}`);
  }
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

async function outcome<T extends { id: string }>(
  instance: RxStorageInstance<T, unknown, object>,
  rows: BulkWriteRow<T>[],
) {
  const events: { id: string; operation: string }[] = [];
  const subscription = instance.changeStream().subscribe((bulk) => {
    for (const { documentId, operation } of bulk.events) events.push({ id: documentId, operation });
  });
  const { error } = await instance.bulkWrite(rows, 'test');
  subscription.unsubscribe();
  const errors = error.map((refused) => ({
    id: refused.documentId,
    status: refused.status,
    there: 'documentInDb' in refused ? refused.documentInDb : null,
  }));
  return { errors: errors.sort(byId), events: events.sort(byId) };
}

/** Moves on with every third row: in the storage too many have the same time. */
let rows = 0;

/** A row over what is there, over nothing, or over a state that is past. */
export function rowOver<T extends { id: string }>(
  content: T,
  previous: RxDocumentData<T> | undefined,
  deleted: boolean,
): BulkWriteRow<T> {
  rows += 1;
  const document = {
    ...content,
    _deleted: deleted,
    _attachments: {},
    _meta: { lwt: 1_700_000_000_000 + Math.floor(rows / 3) },
    _rev: createRevision('tab', previous as never),
  } as unknown as RxDocumentData<T>;
  return (previous === undefined ? { document } : { previous, document }) as BulkWriteRow<T>;
}

/** Writes the same rows to both: the same refusals, the same events, the same documents after it. */
export async function writeBoth<T extends { id: string }>(
  { theirs, ours }: Pair<T>,
  rows: BulkWriteRow<T>[],
): Promise<void> {
  same('refusals and events', await outcome(ours, rows), await outcome(theirs, rows));
  const ids = rows.map(({ document }) => (document as T).id);
  for (const deleted of [true, false]) {
    same(
      'documents',
      (await ours.findDocumentsById(ids, deleted)).sort(byId),
      (await theirs.findDocumentsById(ids, deleted)).sort(byId),
    );
  }
}

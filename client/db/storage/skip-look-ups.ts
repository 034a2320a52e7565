import type { RxStorageInstance } from 'rxdb';
import { getChangedDocumentsSince } from 'rxdb/plugins/core';
import type { Replications } from './replications';

/** Fewer ids than this are always looked up: screens ask so, and a first sync never does. */
const MANY = 100;

/** What is known of a table since it was seen empty. */
interface Filling {
  turn: number;
  /** Whether the table was empty; null until it has answered. */
  empty: boolean | null;
  /** Every id that may be in the table: written here, told by another tab, or read. */
  ids: Set<string>;
}

/**
 * Spares the look-ups of documents that cannot be there. RxDB looks each received id up before it writes it, which in
 * a first sync finds nothing, a thousand times a page.
 *
 * A table is asked once a sync whether it is empty. If it is, an id that was since neither written by this tab, nor
 * told by another tab, nor read, is not in it: the server cannot send a document that was born on this terminal before
 * this very tab has sent it, that is, before it has read it; and no other tab syncs meanwhile. Should an id be in the
 * table all the same, the write itself refuses to replace it, as with any write that came in between: this only ever
 * saves reading, never decides.
 */
export function skipLookUps<T>(
  instance: RxStorageInstance<T, unknown, unknown>,
  primary: string,
  replications: Replications,
): void {
  let filling: Filling | null = null;
  /** What is known, as long as the sync goes on in which it was learnt. */
  const current = (): Filling | null => {
    if (filling !== null && filling.turn !== replications.turn) filling = null;
    return filling;
  };
  const note = (documents: readonly object[]): void => {
    const known = current();
    if (known === null || known.empty === false) return;
    for (const document of documents) {
      known.ids.add((document as Record<string, string>)[primary] ?? '');
    }
  };
  const subscription = instance.changeStream().subscribe(({ events }) => {
    note(events.map(({ documentData }) => documentData as object));
  });

  const knownIds = async (): Promise<ReadonlySet<string> | null> => {
    const { turn } = replications;
    if (turn === null) return null;
    const known = current();
    if (known !== null) return known.empty === true ? known.ids : null;
    /* Listening comes before asking: what another tab writes after the answer is heard of. */
    const asked: Filling = { turn, empty: null, ids: new Set() };
    filling = asked;
    asked.empty = (await getChangedDocumentsSince(instance, 1)).documents.length === 0;
    return asked.empty ? asked.ids : null;
  };

  const {
    bulkWrite,
    findDocumentsById,
    query,
    getChangedDocumentsSince: changes,
    close,
  } = instance;
  instance.bulkWrite = (rows, context) => {
    note(rows.map(({ document }) => document));
    return bulkWrite.call(instance, rows, context);
  };
  instance.query = async (prepared) => {
    const result = await query.call(instance, prepared);
    note(result.documents);
    return result;
  };
  if (changes !== undefined) {
    instance.getChangedDocumentsSince = async (limit, checkpoint) => {
      const result = await changes.call(instance, limit, checkpoint);
      note(result.documents);
      return result;
    };
  }
  instance.findDocumentsById = async (ids, withDeleted) => {
    const known = ids.length < MANY ? null : await knownIds();
    const asked = known === null ? ids : ids.filter((id) => known.has(id));
    return asked.length === 0 ? [] : findDocumentsById.call(instance, asked, withDeleted);
  };
  instance.close = () => {
    subscription.unsubscribe();
    return close.call(instance);
  };
}

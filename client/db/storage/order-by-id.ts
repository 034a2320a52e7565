import type { RxStorageInstance } from 'rxdb';

/**
 * Writes the rows of a batch in the order of their ids. All rows of one batch carry the same time, and RxDB's push
 * checkpoint is (time, id of the batch's last row): with the ids in any order it would stand in the middle of the batch,
 * and the next run would read, compare and hand over again whatever stands behind it (half of a first sync).
 */
export function orderById<T>(
  instance: RxStorageInstance<T, unknown, unknown>,
  primary: string,
): void {
  const { bulkWrite } = instance;
  const idOf = (document: object): string => (document as Record<string, string>)[primary] ?? '';
  instance.bulkWrite = (rows, context) =>
    bulkWrite.call(
      instance,
      rows.length < 2
        ? rows
        : [...rows].sort((a, b) => (idOf(a.document) < idOf(b.document) ? -1 : 1)),
      context,
    );
}

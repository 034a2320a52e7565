import { LIMITS } from '../../shared/protocol/limits';

/** One row of a push as RxDB hands it over, without its own fields. */
export interface PushRow<T> {
  newDocumentState: T;
  assumedMasterState?: T;
}

/**
 * Cuts rows into batches that the server takes, by number and by bytes (F7). A single row over the byte limit gets a
 * batch of its own: documents are measured when they are saved, so it still fits the server's limit.
 */
export function pushBatches<T>(
  rows: readonly PushRow<T>[],
  { maxRows, maxBytes }: { maxRows: number; maxBytes: number } = {
    maxRows: LIMITS.pushRows,
    maxBytes: LIMITS.pushBytes,
  },
): PushRow<T>[][] {
  const batches: PushRow<T>[][] = [];
  let batch: PushRow<T>[] = [];
  let bytes = 0;
  for (const row of rows) {
    /* Three bytes a UTF-16 unit is the most that UTF-8 takes. */
    const size = JSON.stringify(row).length * 3;
    if (batch.length > 0 && (batch.length >= maxRows || bytes + size > maxBytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(row);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

import type { TracedDocument } from './trace-entry';

/** RxDB's own fields, and what would let somebody log in. */
const LEFT_OUT = new Set(['_deleted', '_meta', '_rev', '_attachments', 'offlineVerifier']);

/** A document as a trace may hold it: without RxDB's bookkeeping, and without any secret. */
export const plainDocument = (document: object): TracedDocument =>
  Object.fromEntries(Object.entries(document).filter(([field]) => !LEFT_OUT.has(field)));

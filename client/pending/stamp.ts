import type { AnyDocument } from '../../schemas/registry';
import type { Ids } from '../../shared/ports/ids';

type Unstamped<T extends AnyDocument> = Omit<T, 'ver' | 'edit' | 'pending'>;

/** A document that is born here: version 0, pending. The only way in which a terminal makes a synced document. */
export const stampNew = <T extends AnyDocument>(document: Unstamped<T>, ids: Ids): T =>
  ({ ...document, ver: 0, edit: ids.newId(), pending: 1 }) as unknown as T;

/** A new local write of a document: pending under an edit id of its own, whatever was pending before. */
export const stampEdit = <T extends AnyDocument>(document: T, ids: Ids): T => ({
  ...document,
  edit: ids.newId(),
  pending: 1,
});

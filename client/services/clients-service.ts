import type { Client } from '../../schemas/clients';
import type { SYNC_FIELD_NAMES } from '../../schemas/fields';

type Bookkeeping = (typeof SYNC_FIELD_NAMES)[number] | 'updatedAt' | 'editedBy';
export type ClientInput = Omit<Client, Bookkeeping>;

/** Creates and edits clients on this terminal; what it writes is pending. FORBIDDEN, INVALID_DOCUMENT, STORAGE_FULL. */
export interface ClientsService {
  create(input: ClientInput): Promise<Client>;
  /** Merges the change into the current document. */
  edit(id: string, change: Partial<ClientInput>): Promise<Client>;
}

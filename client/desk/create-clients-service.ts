import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import type { ClientsService } from '../services/clients-service';
import { authorWho, type CurrentAuthor } from './author';
import { editDocument, insertDocument } from './write-document';

export function createClientsService(options: {
  db: DeskDatabase;
  clock: Clock;
  ids: Ids;
  author: CurrentAuthor;
}): ClientsService {
  const { clock, ids, author } = options;
  const target = { db: options.db, ids, collection: 'clients' } as const;
  const bookkeeping = () => ({
    updatedAt: instant(clock.now()),
    editedBy: authorWho(author, 'editClients').user.id,
  });
  return {
    create: async (input) =>
      insertDocument(target, { ...input, ...bookkeeping(), id: ids.newId() }),
    edit: async (id, change) => {
      const kept = bookkeeping();
      return editDocument(target, id, (current) => ({ ...current, ...change, ...kept }));
    },
  };
}

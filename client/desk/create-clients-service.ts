import { deniedField } from '../../shared/access/denied-field';
import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import type { ClientsService } from '../services/clients-service';
import { type Author, authorWho, type CurrentAuthor } from './author';
import { editDocument, insertDocument } from './write-document';

export function createClientsService(options: {
  db: DeskDatabase;
  clock: Clock;
  ids: Ids;
  author: CurrentAuthor;
}): ClientsService {
  const { clock, ids, author } = options;
  const target = { db: options.db, ids, collection: 'clients' } as const;
  const bookkeeping = (editor: Author) => ({
    updatedAt: instant(clock.now()),
    editedBy: editor.user.id,
  });
  return {
    create: async (input) =>
      insertDocument(target, {
        ...input,
        ...bookkeeping(authorWho(author, 'editClients')),
        id: ids.newId(),
      }),
    edit: async (id, change) => {
      const editor = authorWho(author, 'editClients');
      return editDocument(target, id, (current) => {
        const next = { ...current, ...change, ...bookkeeping(editor) };
        const field = deniedField(editor.user.role, 'clients', { before: current, after: next });
        if (field !== null) throw new AppError('FORBIDDEN', { field });
        return next;
      });
    },
  };
}

import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import type { ProductsService } from '../services/products-service';
import { authorWho, type CurrentAuthor } from './author';
import { editDocument, insertDocument } from './write-document';

export function createProductsService(options: {
  db: DeskDatabase;
  clock: Clock;
  ids: Ids;
  author: CurrentAuthor;
}): ProductsService {
  const { db, clock, ids, author } = options;
  const target = { db, ids, collection: 'products' } as const;
  const bookkeeping = () => ({
    updatedAt: instant(clock.now()),
    editedBy: authorWho(author, 'editProducts').user.id,
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

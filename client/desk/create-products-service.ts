import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import type { ProductInput, ProductsService } from '../services/products-service';
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
  const create = async (input: ProductInput) =>
    insertDocument(target, { ...input, ...bookkeeping(), id: ids.newId() });
  const edit = async (id: string, change: Partial<ProductInput>) => {
    const kept = bookkeeping();
    return editDocument(target, id, (current) => ({ ...current, ...change, ...kept }));
  };
  return {
    create,
    edit,
    async importAll(inputs) {
      authorWho(author, 'importData');
      let created = 0;
      let edited = 0;
      for (const input of inputs) {
        const known = await db.products.findOne({ selector: { code: input.code } }).exec();
        if (known === null) {
          await create(input);
          created += 1;
        } else {
          await edit(known.id, input);
          edited += 1;
        }
      }
      return { created, edited };
    },
  };
}

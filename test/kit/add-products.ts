import { benchProducts } from '../bench/bench-products';
import type { TestServer } from './start-server';

/** Gives the server's store this many products more, as if somebody had imported them. */
export async function addProducts(server: TestServer, count: number): Promise<void> {
  await server.context.store.transaction(server.storeId, (scope) =>
    scope.documents.write(
      'products',
      benchProducts(count).map((product) => ({
        id: product.id,
        ver: product.ver,
        edit: product.edit,
        json: JSON.stringify(product),
      })),
    ),
  );
}

import { randomUUID } from 'node:crypto';
import type { Product } from '../../schemas/products';
import { importProducts } from '../../server/import-products';
import { parseProducts } from '../../shared/import/parse-products';
import { apiTerminal } from '../kit/api';
import { startServer } from '../kit/start-server';

test('an import of prices keeps notes, barcode and a product out of sale', async () => {
  const server = await startServer();
  const owner = await apiTerminal(server, 'duena');
  const [base] = (await owner.pull('products')).documents as unknown as Product[];
  if (base === undefined) throw new Error('no product');
  const retired = { ...base, notes: 'ya no', active: false, edit: randomUUID(), pending: 1 };
  await owner.push('products', [retired], [base]);
  const csv = `codigo,descripcion,precio\n${base.code},Otro nombre,"1.500,00"\n`;
  await importProducts(server.context, server.storeId, parseProducts(csv).accepted);
  const { documents } = await owner.pull('products');
  expect((documents as Product[]).find(({ id }) => id === base.id)).toMatchObject({
    description: 'Otro nombre',
    price: 150_000,
    notes: 'ya no',
    active: false,
    barcode: base.barcode,
    cabys: base.cabys,
  });
  await server.close();
});

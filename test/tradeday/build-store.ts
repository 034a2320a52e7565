import { randomUUID } from 'node:crypto';
import type { Client } from '../../schemas/clients';
import type { Product } from '../../schemas/products';
import type { AnyDocument } from '../../schemas/registry';
import { addUser } from '../../server/auth/users';
import type { ServerContext } from '../../server/context';
import { isValidGtin } from '../../shared/fiscal/gtin';
import { taxCodeFromPercent } from '../../shared/fiscal/tax-rates';
import { isGoodsCode } from '../../shared/import/retail-sales';
import type { TradeData } from './read-data';

export const PASSWORD = 'tradeday-owner';
/** Opening stock of every product, in units. */
export const OPENING = 1000;

const COMMON = {
  ver: 1,
  pending: 0,
  notes: '',
  active: true,
  updatedAt: '',
  editedBy: '',
} as const;

const stored = (document: AnyDocument) => ({
  id: document.id,
  ver: document.ver,
  edit: document.edit,
  json: JSON.stringify(document),
});

/** A store with every product and customer that the file has seen until the end of the date. */
export async function buildStore(context: ServerContext, data: TradeData, date: string) {
  const { store, ports } = context;
  const seen = data.rows.filter(({ row }) => row.at.slice(0, 10) <= date);
  const products = new Map<string, Product>();
  let priceChanges = 0;
  const valid = data.barcodes.filter(isValidGtin);
  for (const { row } of seen) {
    const known = products.get(row.stockCode);
    if (known === undefined) {
      const index = products.size;
      const cabys = data.cabys[index % data.cabys.length];
      products.set(row.stockCode, {
        ...COMMON,
        id: randomUUID(),
        edit: randomUUID(),
        code: row.stockCode,
        description: row.description.slice(0, 200) || `(${row.stockCode})`,
        barcode: valid[index] ?? '',
        cabys: /^\d{13}$/.test(cabys?.code ?? '') ? (cabys?.code ?? '') : '',
        unit: isGoodsCode(row.stockCode) ? 'Unid' : 'Sp',
        price: row.unitPrice,
        taxCode: taxCodeFromPercent(cabys?.rate ?? 13) ?? 'iva13',
        stocked: isGoodsCode(row.stockCode),
      });
    } else if (row.at.slice(0, 10) < date && row.unitPrice > 0 && row.unitPrice !== known.price) {
      priceChanges += 1;
      products.set(row.stockCode, {
        ...known,
        price: row.unitPrice,
        ver: known.ver + 1,
        edit: randomUUID(),
      });
    }
  }
  const clients = new Map<string, Client>();
  for (const { row } of seen) {
    if (row.customerId === '' || clients.has(row.customerId)) continue;
    clients.set(row.customerId, {
      ...COMMON,
      id: randomUUID(),
      edit: randomUUID(),
      name: `Customer ${row.customerId}`,
      identificationType: '05',
      identification: row.customerId,
      email: '',
      phone: '',
      address: '',
    });
  }
  const id = randomUUID();
  const profile = {
    id,
    name: 'Online Retail (UCI)',
    legalName: 'Real sales; barcodes and CABYS codes are joined synthetically',
    issuerId: '3101999999',
    address: '',
    phone: '',
    email: '',
    branch: '001',
    currency: 'GBP',
    fiscalDeadlineHours: 72,
    maxDiscount: 1000,
    timeZone: 'Europe/London',
  };
  await store.addStore({ id, epoch: randomUUID(), profile, demo: false });
  await store.transaction(id, async (scope) => {
    await scope.documents.write('products', [...products.values()].map(stored));
    await scope.documents.write('clients', [...clients.values()].map(stored));
    const goods = [...products.values()].filter(({ stocked }) => stocked);
    await scope.ledger.addMoves(
      goods.map((product) => ({
        sourceId: randomUUID(),
        source: 'opening',
        productId: product.id,
        quantity: OPENING * 1000,
      })),
    );
    await scope.documents.write(
      'stock',
      goods.map((product) =>
        stored({
          id: product.id,
          ver: 1,
          edit: randomUUID(),
          pending: 0,
          onHand: OPENING * 1000,
          seen: [],
        }),
      ),
    );
    await addUser(scope, ports, {
      id: randomUUID(),
      userName: 'owner',
      displayName: 'Owner',
      role: 'owner',
      password: PASSWORD,
    });
  });
  return { storeId: id, products, clients, priceChanges };
}

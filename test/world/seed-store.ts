import { addUser } from '../../server/auth/users';
import type { ServerContext } from '../../server/context';
import type { StoredDocument } from '../../server/store/port';
import type { Random } from './random';
import type { WorldSpec } from './world';

export const passwordOf = (userName: string): string => `clave-de-${userName}`;

const PROFILE = {
  name: 'Sucursal simulada',
  legalName: 'Sucursal simulada S.A.',
  issuerId: '3101654321',
  address: '',
  phone: '',
  email: '',
  branch: '001',
  currency: 'CRC',
  fiscalDeadlineHours: 72,
  maxDiscount: 1000,
  timeZone: 'America/Costa_Rica',
};
const COMMON = { ver: 1, pending: 0, notes: '', active: true, updatedAt: '', editedBy: '' };
const CLIENT = { identificationType: '', identification: '', email: '', phone: '', address: '' };
const PRODUCT = { barcode: '', cabys: '', unit: 'Unid', taxCode: 'iva13' };

/** Fills an empty server with the store that a world begins with; returns the store's id. */
export async function seedStore(
  { store, ports }: ServerContext,
  { spec, random }: { spec: WorldSpec; random: Random },
): Promise<string> {
  const storeId = random.id();
  await store.addStore({
    id: storeId,
    epoch: random.id(),
    profile: { id: storeId, ...PROFILE },
    demo: true,
  });
  const stored = (document: Record<string, unknown> & { id: string }): StoredDocument => {
    const edit = random.id();
    return { id: document.id, ver: 1, edit, json: JSON.stringify({ ...document, edit }) };
  };
  const described = (code: string) => ({ ...COMMON, ...PRODUCT, description: `Producto ${code}` });
  await store.transaction(storeId, async ({ documents, ledger }) => {
    await documents.write(
      'clients',
      spec.clients.map((client) => stored({ ...COMMON, ...CLIENT, ...client })),
    );
    await documents.write(
      'products',
      spec.products.map(({ opening, ...product }) =>
        stored({ ...described(product.code), ...product, stocked: true }),
      ),
    );
    await documents.write(
      'products',
      Array.from({ length: spec.catalogue }, (_, index) => {
        const code = `C${index + 1}`;
        return stored({ ...described(code), id: random.id(), code, price: 100, stocked: false });
      }),
    );
    await ledger.addMoves(
      spec.products.map(({ id: productId, opening }) => ({
        sourceId: random.id(),
        source: 'opening',
        productId,
        quantity: opening,
      })),
    );
    await documents.write(
      'stock',
      spec.products.map(({ id: productId, opening }) =>
        stored({ id: productId, ver: 1, pending: 0, onHand: opening, seen: [] }),
      ),
    );
  });
  await store.transaction(storeId, async (scope) => {
    for (const { userName, role } of spec.users) {
      await addUser(scope, ports, {
        id: random.id(),
        userName,
        displayName: userName,
        role,
        password: passwordOf(userName),
      });
    }
  });
  return storeId;
}

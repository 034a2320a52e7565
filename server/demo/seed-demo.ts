import type { AnyDocument } from '../../schemas/registry';
import type { Role } from '../../schemas/users';
import type { StoreProfile } from '../../shared/protocol/messages';
import { writeAudit } from '../audit/write-audit';
import { addUser } from '../auth/users';
import type { ServerContext } from '../context';
import type { StoredDocument } from '../store/port';
import { demoClients } from './demo-clients';
import { demoProducts } from './demo-products';
import { prng, seededId } from './prng';

/** Logins of the demo store, printed at each start; a store of one's own never has them. */
export const DEMO_LOGINS: readonly {
  userName: string;
  displayName: string;
  role: Role;
  password: string;
}[] = [
  { userName: 'duena', displayName: 'Doña Elena (dueña)', role: 'owner', password: 'demo-duena' },
  {
    userName: 'supervisora',
    displayName: 'Rosa (supervisora)',
    role: 'supervisor',
    password: 'demo-supervisora',
  },
  { userName: 'cajero1', displayName: 'Marco (caja 1)', role: 'cashier', password: 'demo-cajero1' },
  { userName: 'cajero2', displayName: 'Paula (caja 2)', role: 'cashier', password: 'demo-cajero2' },
  { userName: 'calidad', displayName: 'Inés (laboratorio)', role: 'qa', password: 'demo-calidad' },
];

const PROFILE: Omit<StoreProfile, 'id'> = {
  name: 'Pulpería La Esquina',
  legalName: 'Pulpería La Esquina S.A. (demostración)',
  issuerId: '3101123456',
  address: '200 m norte de la plaza, San José',
  phone: '2222-0000',
  email: 'hola@example.com',
  branch: '001',
  currency: 'CRC',
  fiscalDeadlineHours: 72,
  maxDiscount: 1000,
  timeZone: 'America/Costa_Rica',
};

const SEED = 20_261_124;

const toStored = (document: AnyDocument): StoredDocument => ({
  id: document.id,
  ver: document.ver,
  edit: document.edit,
  json: JSON.stringify(document),
});

/**
 * Makes the demo store: always the same products, clients, users and opening stock, once, however many
 * nodes start at the same time. Returns the store's id.
 */
export async function seedDemo({ store, ports }: ServerContext): Promise<string> {
  const next = prng(SEED);
  const id = seededId(next);
  const demo = { id, epoch: ports.ids.newId(), profile: { id, ...PROFILE }, demo: true };
  const products = demoProducts(SEED);
  await store.addStore(demo, async (scope) => {
    await scope.documents.write('clients', demoClients(SEED + 1).map(toStored));
    await scope.documents.write('products', products.map(toStored));
    const stocked = products.filter((product) => product.stocked);
    const quantities = stocked.map(() => (5 + Math.floor(next() * 90)) * 1000);
    await scope.ledger.addMoves(
      stocked.map((product, index) => ({
        sourceId: seededId(next),
        source: 'opening',
        productId: product.id,
        quantity: quantities[index] ?? 0,
      })),
    );
    await scope.documents.write(
      'stock',
      stocked.map((product, index) =>
        toStored({
          id: product.id,
          ver: 1,
          edit: seededId(next),
          pending: 0,
          onHand: quantities[index] ?? 0,
          seen: [],
        }),
      ),
    );
    for (const login of DEMO_LOGINS) await addUser(scope, ports, { id: seededId(next), ...login });
    await writeAudit(scope, ports, { action: 'demoSeeded' });
  });
  return id;
}

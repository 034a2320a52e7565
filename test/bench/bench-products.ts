import type { Product } from '../../schemas/products';
import { prng, seededId } from '../../server/demo/prng';

/** Who logs in at the bench's store. */
export const OWNER = { userName: 'owner', displayName: 'Owner', password: 'bench-owner' };

const WORDS =
  'arroz frijol café azúcar leche queso galleta jabón cloro atún pasta harina aceite sal tornillo brocha pintura papel cuaderno lápiz cable bombillo pila agua jugo refresco pan mantequilla huevo pollo'.split(
    ' ',
  );

/** One product of so many has stock: the first sync is one of products, and a sale moves stock all the same. */
const STOCKED = 100;

/** Products of about 400 bytes, the same for the same seed. Codes `B0…`, and an EAN-13 shaped barcode each. */
export function benchProducts(count: number, seed = 20_260_731): Product[] {
  const next = prng(seed);
  const word = (): string => WORDS[Math.floor(next() * WORDS.length)] ?? '';
  return Array.from({ length: count }, (_, index) => ({
    id: seededId(next),
    ver: 1,
    edit: seededId(next),
    pending: 0,
    code: `B${index}`,
    barcode: String(7_440_000_000_000 + index),
    description: `${word()} ${word()} ${word()} ${index}`,
    cabys: '2349002010000',
    unit: 'Unid',
    price: 10_000 + Math.floor(next() * 900_000),
    taxCode: 'iva13',
    stocked: index % STOCKED === 0,
    notes: '',
    active: true,
    updatedAt: '2026-01-01T00:00:00.000Z',
    editedBy: '',
  }));
}

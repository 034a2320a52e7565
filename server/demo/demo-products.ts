import type { Product, TaxCode } from '../../schemas/products';
import { gtinCheckDigit } from '../../shared/fiscal/gtin';
import { DEMO_FAMILIES } from './demo-families';
import { prng, seededId } from './prng';

const SERVICES = [
  { description: 'Recarga telefónica ₡1 000', price: 88_496, tax: 'iva13' },
  { description: 'Entrega a domicilio', price: 132_743, tax: 'iva13' },
  { description: 'Fotocopia', price: 4_425, tax: 'iva13' },
] as const satisfies readonly { description: string; price: number; tax: TaxCode }[];

const BLANK = { ver: 1, pending: 0, notes: '', active: true, updatedAt: '', editedBy: '' } as const;

/** About 500 plausible groceries with valid GTINs; the same ones each time. CABYS codes are illustrative. */
export function demoProducts(seed: number): Product[] {
  const next = prng(seed);
  const products: Product[] = [];
  for (const family of DEMO_FAMILIES) {
    for (const kind of family.kinds) {
      for (const [size, factor] of family.sizes) {
        const number = products.length + 1;
        const body = `7441${String(10_000_000 + number * 17).slice(0, 8)}`;
        /* Colones end in 0 or 5 on the shelf; the price before tax is what is kept, in céntimos. */
        const shelf = Math.round((family.price * factor * (0.92 + next() * 0.2)) / 5) * 5;
        products.push({
          ...BLANK,
          id: seededId(next),
          edit: seededId(next),
          code: `P${String(number).padStart(4, '0')}`,
          barcode: family.unit === 'kg' ? '' : `${body}${gtinCheckDigit(body)}`,
          description: [family.name, kind, size].filter(Boolean).join(' '),
          cabys: family.cabys,
          unit: family.unit ?? 'Unid',
          price: shelf * 100,
          taxCode: family.tax,
          stocked: true,
        });
      }
    }
  }
  for (const [index, { description, price, tax }] of SERVICES.entries()) {
    products.push({
      ...BLANK,
      id: seededId(next),
      edit: seededId(next),
      code: `S${String(index + 1).padStart(3, '0')}`,
      barcode: '',
      description,
      cabys: '8413001000100',
      unit: 'Sp',
      price,
      taxCode: tax,
      stocked: false,
    });
  }
  return products;
}

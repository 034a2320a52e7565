import type { Product } from '../../schemas/products';

/** A product as it is stored, but for what a test says of it. */
export const aProduct = (change: Partial<Product> = {}): Product => ({
  id: '00000000-0000-4000-8000-000000000001',
  ver: 1,
  edit: 'e',
  pending: 0,
  code: 'A1',
  barcode: '',
  description: 'Café',
  cabys: '',
  unit: 'Unid',
  price: 100_000,
  taxCode: 'iva13',
  stocked: true,
  notes: '',
  active: true,
  updatedAt: '',
  editedBy: '',
  ...change,
});

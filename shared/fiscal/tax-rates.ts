import type { TaxCode } from '../../schemas/products';

/** Basis points of each IVA treatment; 0 % and exempt differ in law, not in amount. */
export const TAX_RATES: Record<TaxCode, number> = {
  iva13: 1300,
  iva8: 800,
  iva4: 400,
  iva2: 200,
  iva1: 100,
  iva0: 0,
  exempt: 0,
};

const BY_PERCENT: Readonly<Record<number, TaxCode>> = {
  13: 'iva13',
  8: 'iva8',
  4: 'iva4',
  2: 'iva2',
  1: 'iva1',
  0: 'iva0',
};

/** The treatment with this rate in per cent, or null: such a rate does not exist. */
export const taxCodeFromPercent = (percent: number): TaxCode | null => BY_PERCENT[percent] ?? null;

import { mulDivRound } from './money';

export interface LineInput {
  /** Thousandths. */
  quantity: number;
  /** Minor units, before tax. */
  unitPrice: number;
  /** Basis points. */
  discountRate: number;
  /** Basis points. */
  taxRate: number;
}

/** Amounts of a line in minor units; each is rounded once, half away from zero, and the next follows from it. */
export interface LineAmounts {
  gross: number;
  discount: number;
  net: number;
  tax: number;
  total: number;
}

export function lineAmounts({
  quantity,
  unitPrice,
  discountRate,
  taxRate,
}: LineInput): LineAmounts {
  const gross = mulDivRound(unitPrice, quantity, 1000);
  const discount = mulDivRound(gross, discountRate, 10_000);
  const net = gross - discount;
  const tax = mulDivRound(net, taxRate, 10_000);
  return { gross, discount, net, tax, total: net + tax };
}

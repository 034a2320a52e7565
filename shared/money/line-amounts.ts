import { type BasisPoints, type Minor, mulDivRound, requireSafe, type Thousandths } from './money';

export interface LineInput {
  quantity: Thousandths;
  /** Before tax. */
  unitPrice: Minor;
  discountRate: BasisPoints;
  taxRate: BasisPoints;
}

/** Amounts of a line in minor units; each is rounded once, half away from zero, and the next follows from it. */
export interface LineAmounts {
  gross: Minor;
  discount: Minor;
  net: Minor;
  tax: Minor;
  total: Minor;
}

/** Throws INVALID_DOCUMENT when an amount is no safe integer. */
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
  return { gross, discount, net, tax, total: requireSafe(net + tax) };
}

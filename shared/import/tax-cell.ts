import type { TaxCode } from '../../schemas/products';
import { taxCodeFromPercent } from '../fiscal/tax-rates';

/** `13`, `13%`, `13,0 %`, `exento` as a tax treatment; null where there is no such one. */
export function parseTaxCell(text: string): TaxCode | null {
  if (/^(exento|exenta|exempt)$/i.test(text)) return 'exempt';
  const percent = /^(\d{1,2})(?:[.,]0+)? ?%?$/.exec(text)?.[1];
  return percent === undefined ? null : taxCodeFromPercent(Number(percent));
}

import type { InvoiceLine } from '../../../schemas/invoices';

/** What was taxed at one rate, and the tax on it, in minor units. */
export interface TaxPart {
  taxCode: InvoiceLine['taxCode'];
  taxRate: number;
  net: number;
  tax: number;
}

/** IVA by treatment, the highest rate first; zero rated and exempt lines are listed too, with their base. */
export function taxBreakdown(lines: readonly InvoiceLine[]): TaxPart[] {
  const parts = new Map<string, TaxPart>();
  for (const { taxCode, taxRate, net, tax } of lines) {
    const known = parts.get(taxCode) ?? { taxCode, taxRate, net: 0, tax: 0 };
    parts.set(taxCode, { ...known, net: known.net + net, tax: known.tax + tax });
  }
  return [...parts.values()].sort((a, b) => b.taxRate - a.taxRate);
}

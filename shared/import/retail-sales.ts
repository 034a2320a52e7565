import Papa from 'papaparse';

/** One line of the sales file (Online Retail): amounts in minor units, quantities in whole units. */
export interface RetailRow {
  /** Line of the file, the header being line 1. */
  line: number;
  invoiceNo: string;
  /** Upper case: the file spells some codes both ways. */
  stockCode: string;
  description: string;
  quantity: number;
  /** `YYYY-MM-DD HH:MM:SS`, the shop's own time. */
  at: string;
  /** Rounded half away from zero where the file has more than two decimals. */
  unitPrice: number;
  /** '' where the file names no customer. */
  customerId: string;
}

/** sale: goes onto an invoice or ticket; cancellation: onto a credit note; adjustment: a movement without a price. */
export type RetailKind = 'sale' | 'cancellation' | 'adjustment';
export interface Refused {
  line: number;
  reason: 'BAD_PRICE' | 'BAD_QUANTITY' | 'BAD_NUMBER' | 'MISSING_CODE' | 'BAD_DATE';
  value: string;
}

type RawRow = Record<string, string | undefined>;

/** Reads the file's text; every line is either a row with its kind or refused with its reason. */
export function parseRetailSales(csv: string): {
  rows: { kind: RetailKind; row: RetailRow }[];
  refused: Refused[];
} {
  const { data } = Papa.parse<RawRow>(csv, { header: true, skipEmptyLines: true });
  const rows: { kind: RetailKind; row: RetailRow }[] = [];
  const refused: Refused[] = [];
  for (const [index, raw] of data.entries()) {
    const row: RetailRow = {
      line: index + 2,
      invoiceNo: raw['InvoiceNo'] ?? '',
      stockCode: (raw['StockCode'] ?? '').trim().toUpperCase(),
      description: (raw['Description'] ?? '').trim(),
      quantity: Number(raw['Quantity']),
      at: raw['InvoiceDate'] ?? '',
      unitPrice: toMinor(raw['UnitPrice'] ?? ''),
      customerId: (raw['CustomerID'] ?? '').replace(/\.0$/, ''),
    };
    const reason = refusalOf(row);
    const kind = kindOf(row);
    if (reason !== null) refused.push({ line: row.line, reason, value: raw['UnitPrice'] ?? '' });
    else if (kind === null)
      refused.push({ line: row.line, reason: 'BAD_NUMBER', value: row.invoiceNo });
    else rows.push({ kind, row });
  }
  return { rows, refused };
}

/** Why a line can be no row at all, or null. */
function refusalOf(row: RetailRow): Refused['reason'] | null {
  if (row.stockCode === '') return 'MISSING_CODE';
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(row.at)) return 'BAD_DATE';
  if (!Number.isInteger(row.quantity) || row.quantity === 0) return 'BAD_QUANTITY';
  return Number.isNaN(row.unitPrice) || row.unitPrice < 0 ? 'BAD_PRICE' : null;
}

/** Minor units of a decimal text, by its digits and not by a double. NaN where it is no number. */
function toMinor(text: string): number {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return Number.NaN;
  const [, sign, whole = '', fraction = ''] = match;
  const cents = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  const rounded = cents + (Number(fraction[2] ?? '0') >= 5 ? 1 : 0);
  return sign === '-' ? -rounded : rounded;
}

function kindOf({ invoiceNo, quantity, unitPrice }: RetailRow): RetailKind | null {
  if (/^C\d+$/.test(invoiceNo)) return quantity < 0 && unitPrice > 0 ? 'cancellation' : null;
  if (!/^\d+$/.test(invoiceNo)) return null;
  if (unitPrice === 0) return 'adjustment';
  return quantity > 0 ? 'sale' : null;
}

import { type Column, readRows } from './read-rows';
import { byLine, type Refusal, type RefusalCode } from './refusal';
import type { TextTable } from './text-table';

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
  /** The file's price had decimals that `unitPrice` has not. */
  rounded: boolean;
  /** '' where the file names no customer. */
  customerId: string;
  country: string;
}

/** sale: goes onto an invoice or ticket; cancellation: onto a credit note; adjustment: a movement without a price. */
export type RetailKind = 'sale' | 'cancellation' | 'adjustment';

type Field =
  | 'InvoiceNo'
  | 'StockCode'
  | 'Description'
  | 'Quantity'
  | 'InvoiceDate'
  | 'UnitPrice'
  | 'CustomerID'
  | 'Country';

const FIELDS: readonly Field[] = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
];
export const SALES_COLUMNS: readonly Column<Field>[] = FIELDS.map((field) => ({
  field,
  headers: [field.toLowerCase()],
  required: true,
}));

/** Reads the table; every line is either a row with its kind or refused with its reason. Throws FILE_HEADER_BAD. */
export function parseRetailSales(table: TextTable): {
  rows: { kind: RetailKind; row: RetailRow }[];
  refused: Refusal[];
  unusedHeaders: readonly string[];
} {
  const read = readRows(table, SALES_COLUMNS);
  const rows: { kind: RetailKind; row: RetailRow }[] = [];
  const refused: Refusal[] = [...read.refused];
  for (const line of read.rows) {
    const price = line.cell('UnitPrice');
    const quantity = line.cell('Quantity');
    const row: RetailRow = {
      line: line.line,
      invoiceNo: line.cell('InvoiceNo'),
      stockCode: line.cell('StockCode').toUpperCase(),
      description: line.cell('Description'),
      quantity: /^-?\d+$/.test(quantity) ? Number(quantity) : Number.NaN,
      at: line.cell('InvoiceDate'),
      unitPrice: toMinor(price),
      rounded: /\.\d\d\d*[1-9]/.test(price),
      customerId: line.cell('CustomerID').replace(/\.0$/, ''),
      country: line.cell('Country'),
    };
    const result = classifyRow(row);
    if (typeof result === 'string') rows.push({ kind: result, row });
    else refused.push(line.refuse(result.field, result.code));
  }
  return { rows, refused: refused.sort(byLine), unusedHeaders: read.unusedHeaders };
}

/** What a line is, or why it can be nothing and which cell says so. A price that rounds to nothing counts as none. */
export function classifyRow(
  row: Pick<RetailRow, 'invoiceNo' | 'stockCode' | 'quantity' | 'at' | 'unitPrice'>,
): RetailKind | { code: RefusalCode; field: Field } {
  const { invoiceNo, quantity, unitPrice } = row;
  if (row.stockCode === '') return { code: 'MISSING_CODE', field: 'StockCode' };
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(row.at)) {
    return { code: 'BAD_DATE', field: 'InvoiceDate' };
  }
  if (!Number.isSafeInteger(quantity) || quantity === 0) {
    return { code: 'BAD_QUANTITY', field: 'Quantity' };
  }
  if (!Number.isSafeInteger(unitPrice) || unitPrice < 0) {
    return { code: 'BAD_PRICE', field: 'UnitPrice' };
  }
  if (!/^C?\d+$/.test(invoiceNo)) return { code: 'BAD_INVOICE_NUMBER', field: 'InvoiceNo' };
  const isCancellation = invoiceNo.startsWith('C');
  if (unitPrice === 0) {
    return isCancellation ? { code: 'BAD_PRICE', field: 'UnitPrice' } : 'adjustment';
  }
  if (isCancellation !== quantity < 0) return { code: 'BAD_QUANTITY', field: 'Quantity' };
  return isCancellation ? 'cancellation' : 'sale';
}

/** Codes of goods begin with five digits; POST, D, M, BANK CHARGES and the like are services without stock. */
export const isGoodsCode = (code: string): boolean => /^\d{5}/.test(code);

/** Minor units of a decimal text, by its digits and not by a double. NaN where it is no number, or below nothing. */
function toMinor(text: string): number {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return Number.NaN;
  const [, whole = '', fraction = ''] = match;
  const cents = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  return cents + (Number(fraction[2] ?? '0') >= 5 ? 1 : 0);
}

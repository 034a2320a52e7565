import { type Html, html } from '../page/html';

/** Fields that hold minor units, and those that hold thousandths. */
const MONEY = new Set([
  'price',
  'total',
  'openingCash',
  'countedCash',
  'expectedCash',
  'difference',
]);
const QUANTITY = new Set(['onHand', 'quantity']);

/** A value of a document as people read it: money and quantities in units. */
export function valueText(field: string, value: unknown): string {
  if (value === undefined) return 'not there';
  if (value === null) return '—';
  if (typeof value === 'number' && MONEY.has(field)) return (value / 100).toFixed(2);
  if (typeof value === 'number' && QUANTITY.has(field)) return String(value / 1000);
  if (value === '') return '(empty)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The same, cut where it would fill the page; the whole of it when pointed at. */
export function valueCell(field: string, value: unknown, limit = 90): Html {
  const text = valueText(field, value);
  if (text.length <= limit) return html`<span class="value">${text}</span>`;
  return html`<span class="value" title="${text.slice(0, 2000)}">${text.slice(0, limit)}…</span>`;
}

/** Thousandths as units, always with a sign where one is asked for. */
export function units(thousandths: number | null, signed = false): string {
  if (thousandths === null) return 'unknown';
  const text = String(Math.abs(thousandths) / 1000);
  if (thousandths < 0) return `−${text}`;
  return signed && thousandths > 0 ? `+${text}` : text;
}

/** `1 document`, `2 documents`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

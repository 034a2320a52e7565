import { AppError } from '../errors/app-error';

/* Money is an integer in minor units, quantity an integer in thousandths, rates in basis points. */

/**
 * a * b / divisor, exact, rounded half away from zero. Prices times quantities pass 2^53 long before they are absurd,
 * hence BigInt. Throws INVALID_DOCUMENT when the result is no safe integer.
 */
export function mulDivRound(a: number, b: number, divisor: number): number {
  const product = BigInt(a) * BigInt(b);
  const d = BigInt(divisor);
  const magnitude = product < 0n ? -product : product;
  const rounded = (magnitude * 2n + d) / (d * 2n);
  const result = Number(product < 0n ? -rounded : rounded);
  if (!Number.isSafeInteger(result)) throw new AppError('INVALID_DOCUMENT', { overflow: true });
  return result;
}

/** Digits grouped and two decimals, with the currency's own sign: `₡1 234,50` in Spanish. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(minor / 100);
}

/** Up to three decimals, none that say nothing: `2`, `0,75`. */
export function formatQuantity(thousandths: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(thousandths / 1000);
}

/**
 * A decimal number as people type it, in units of 10^-decimals: `1 234,50`, `1.234,50`, `1,234.50` and `1234.5` are the
 * same amount. The last comma or point is the decimal mark unless it is followed by exactly three digits and no more
 * than that is expected of it. Null where it is no number, or has more decimals than there are.
 */
function parseDecimal(text: string, decimals: number): number | null {
  const compact = text.replaceAll(/[\s₡$£€\u00a0\u202f]/g, '');
  if (!/^-?[\d.,]+$/.test(compact)) return null;
  const negative = compact.startsWith('-');
  const digits = negative ? compact.slice(1) : compact;
  const lastMark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  let whole = digits;
  let fraction = '';
  if (lastMark >= 0) {
    const mark = digits[lastMark];
    const after = digits.slice(lastMark + 1);
    const marks = digits.split(mark ?? '').length - 1;
    const other = mark === '.' ? ',' : '.';
    const isGrouping =
      marks > 1 ||
      (after.length === 3 && decimals < 3 && !digits.slice(0, lastMark).includes(other));
    if (!isGrouping) {
      whole = digits.slice(0, lastMark);
      fraction = after;
    }
  }
  whole = whole.replaceAll(/[.,]/g, '');
  if (fraction.length > decimals || /[.,]/.test(fraction) || (whole === '' && fraction === ''))
    return null;
  const value = Number(`${whole}${fraction.padEnd(decimals, '0')}`);
  if (!Number.isSafeInteger(value)) return null;
  return negative ? -value : value;
}

/** Minor units of an amount as typed, or null. */
export const parseMoney = (text: string): number | null => parseDecimal(text, 2);

/** Thousandths of a quantity as typed, or null. */
export const parseQuantity = (text: string): number | null => parseDecimal(text, 3);

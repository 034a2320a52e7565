import { AppError } from '../errors/app-error';

/*
 * Money is an integer in minor units, quantity an integer in thousandths, rates in basis points. The names below tell
 * the compiler which is which: a plain number (from a schema) passes as any, a price does not pass as a quantity.
 */
export type Minor = number & { readonly unit?: 'minor' };
export type Thousandths = number & { readonly unit?: 'thousandths' };
export type BasisPoints = number & { readonly unit?: 'basis points' };

/** The same integer where JSON, SQLite and a double all hold it exactly; else throws INVALID_DOCUMENT. */
export function requireSafe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new AppError('INVALID_DOCUMENT', { unsafe: value });
  return value;
}

/**
 * a * b / divisor, exact, rounded half away from zero. Prices times quantities pass 2^53 long before they are absurd,
 * hence BigInt. Throws INVALID_DOCUMENT when an operand or the result is no safe integer.
 */
export function mulDivRound(a: number, b: number, divisor: number): number {
  const product = BigInt(requireSafe(a)) * BigInt(requireSafe(b));
  const d = BigInt(requireSafe(divisor));
  const magnitude = product < 0n ? -product : product;
  const rounded = (magnitude * 2n + d) / (d * 2n);
  return requireSafe(Number(product < 0n ? -rounded : rounded));
}

/** Making a formatter costs far more than using it, and a list formats thousands of numbers. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(key: string, make: () => Intl.NumberFormat): Intl.NumberFormat {
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = make();
  formatters.set(key, made);
  return made;
}

/**
 * Digits grouped and two decimals, with the currency's own sign: `₡1 234,50` in Spanish. Exact to the last digit below
 * 7 * 10^15 minor units.
 */
export function formatMoney(minor: Minor, currency: string, locale: string): string {
  const style = (): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
  return formatter(`${locale} ${currency}`, style).format(minor / 100);
}

/** The same without the currency's sign, as it stands in a field that is typed into: `1 234,50`. */
export function formatAmount(minor: Minor, locale: string): string {
  const style = (): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return formatter(`${locale} amount`, style).format(minor / 100);
}

/** Up to three decimals, none that say nothing: `2`, `0,75`. */
export function formatQuantity(thousandths: Thousandths, locale: string): string {
  const style = (): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  return formatter(locale, style).format(thousandths / 1000);
}

/** Digits, plain or in groups of three with one separator throughout, then perhaps a decimal mark and digits. */
const DECIMAL = /^(\d+|\d{1,3}(?:([ .,'])\d{3})(?:\2\d{3})*)?(?:([.,])(\d*))?$/;

/**
 * A decimal number as people type it, in units of 10^-decimals: `1 234,50`, `1.234,50`, `1,234.50` and `1234.5` are the
 * same amount. A single mark before exactly three digits groups them where so many decimals are not possible (`1.500` is
 * fifteen hundred colones), else it is the decimal mark (`1.500` kg is one and a half). Null where it is no number, the
 * groups are not of three, or there are more decimals than there may be: nothing is rounded or guessed.
 */
function parseDecimal(text: string, decimals: number): number | null {
  const plain = text.replaceAll(/[\u00a0\u2009\u202f]/g, ' ').trim();
  const [, sign = '', body = ''] = /^(-?)[₡$£€]? ?(.*)$/.exec(plain) ?? [];
  const match = DECIMAL.exec(body);
  if (match === null) return null;
  const [, whole = '', separator, mark, fraction = ''] = match;
  if (separator !== undefined && separator === mark) return null;
  if (whole === '' && fraction === '') return null;
  const isGroup = fraction.length === 3 && decimals < 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (!isGroup && fraction.length > decimals) return null;
  const digits = whole.replaceAll(/[ .,']/g, '');
  const value = Number(digits + fraction.padEnd(isGroup ? 3 + decimals : decimals, '0'));
  if (!Number.isSafeInteger(value)) return null;
  return sign === '-' ? 0 - value : value;
}

/** Minor units of an amount as typed, or null. */
export const parseMoney = (text: string): Minor | null => parseDecimal(text, 2);

/** Thousandths of a quantity as typed, or null. */
export const parseQuantity = (text: string): Thousandths | null => parseDecimal(text, 3);
